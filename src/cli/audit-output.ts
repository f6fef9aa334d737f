import { stringify } from 'csv-stringify/sync';
import { renderTable } from './table.ts';

/** A row by the names of its members; what it does not have is left out. */
export type AuditOutputRow = Readonly<Record<string, string | number>>;

export type AuditFormat = 'table' | 'csv' | 'json' | 'ndjson';

const COLUMNS = [
  'sequence',
  'at',
  'what',
  'integratorId',
  'mode',
  'queryId',
  'catalogue',
  'outcome',
  'errorType',
  'errorCode',
  'why',
  'rows',
  'rowsAffected',
  'bytes',
  'durationMs',
  'statementHash',
  'statement',
] as const;

const TABLE_COLUMNS = [
  'at',
  'what',
  'integratorId',
  'mode',
  'outcome',
  'rows',
  'durationMs',
  'statementHash',
] as const;

const HASH_CHARACTERS = 12;

/** Writes rows of an audit trail as they come; a table needs them all. */
export async function* formatAudit(
  rows: AsyncIterable<AuditOutputRow>,
  format: AuditFormat,
  maxColumns?: number,
): AsyncGenerator<string, void, void> {
  switch (format) {
    case 'table':
      return yield* asTable(rows, maxColumns);
    case 'csv':
      yield csvLine(COLUMNS);
      for await (const row of rows) yield csvLine(COLUMNS.map((name) => row[name] ?? null));
      return;
    case 'json': {
      let before = '[\n';
      for await (const row of rows) {
        yield `${before}${JSON.stringify(row)}`;
        before = ',\n';
      }
      yield before === '[\n' ? '[]\n' : '\n]\n';
      return;
    }
    case 'ndjson':
      for await (const row of rows) yield `${JSON.stringify(row)}\n`;
  }
}

async function* asTable(rows: AsyncIterable<AuditOutputRow>, maxColumns: number | undefined) {
  const cells: string[][] = [];
  for await (const row of rows) {
    cells.push(
      TABLE_COLUMNS.map((name) => {
        const text = String(row[name] ?? '');
        return name === 'statementHash' ? text.slice(0, HASH_CHARACTERS) : text;
      }),
    );
  }
  const isNumeric = TABLE_COLUMNS.map((name) => name === 'rows' || name === 'durationMs');
  yield renderTable({ head: TABLE_COLUMNS, rows: cells, isNumeric }, maxColumns);
}

/** Quoted where a spreadsheet would take the text for a formula. */
function csvLine(cells: readonly (string | number | null)[]): string {
  const safe = cells.map((cell) =>
    typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell,
  );
  return stringify([safe], { record_delimiter: 'windows', quote_record_delimiter: true });
}

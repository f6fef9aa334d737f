import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { toCsv } from '../csv.ts';
import { failure } from '../failure.ts';
import { type Answer, refusal } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import { printData, printJson, printNote, printTable } from '../output.ts';
import { cellText, numericColumns, parseRows, type Rows } from '../rows.ts';

const OutputParameter = Type.Object({
  name: Type.String(),
  value: Type.Union([Type.String(), Type.Null()]),
});

const Result = Type.Object({
  rows: Type.Optional(Type.Number()),
  rowsAffected: Type.Optional(Type.Number()),
  data: Type.Optional(Type.String()),
  parameters: Type.Optional(Type.Array(OutputParameter)),
});

/** The part of a successful query that is printed. */
export const QueryAnswer = Type.Object({
  result: Result,
  metrics: Type.Optional(Type.Object({ sqlExecutionDuration: Type.Optional(Type.Number()) })),
});
export type QueryAnswer = Type.Static<typeof QueryAnswer>;

const FailedQuery = Type.Object({
  errorDetails: Type.Object({
    errorType: Type.String(),
    errorCode: Type.Number(),
    errorMessage: Type.String(),
  }),
});

/** How results are shown. */
export type Format = 'table' | 'json' | 'csv';

// A bare word could be mistaken for a text that reads the same.
const NULL = '<NULL>';

const DATABASE_ERRORS: Record<string, string> = { mssql: 'Msg', fbsql: 'Firebird' };

/** The failure of a query, a database's error with its number as the database's own tools write it. */
export function queryFailure(answer: Answer): Error {
  if (!Value.Check(FailedQuery, answer.body)) return refusal(answer);
  const { errorType, errorCode, errorMessage } = answer.body.errorDetails;
  const label = DATABASE_ERRORS[errorType];
  return failure(label ? `${label} ${errorCode}: ${errorMessage}` : errorMessage);
}

function decodeData(data: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(data, 'base64'),
    );
  } catch {
    throw failure('The gateway sent rows that are not UTF-8.');
  }
}

function readRows(json: string): Rows {
  try {
    return parseRows(json);
  } catch {
    throw failure('The gateway sent rows that cannot be read; --json shows them as they came.');
  }
}

function printRows(io: CliIo, json: string, format: Format): void {
  // JSON is not even read: it must come out as it came, whatever it is.
  if (format === 'json') return printData(io, json);
  const rows = readRows(json);
  if (format === 'csv') printData(io, toCsv(rows));
  else if (rows.names.length > 0) {
    printTable(io, {
      head: rows.names,
      rows: rows.cells.map((row) => row.map((cell) => (cell === null ? NULL : cellText(cell)))),
      isNumeric: numericColumns(rows),
    });
  }
}

/** Prints output parameters: below a table as another one, else on stderr, where they leave the data alone. */
export function printParameters(
  io: CliIo,
  parameters: QueryAnswer['result']['parameters'],
  format: Format | 'ndjson',
): void {
  if (!parameters || parameters.length === 0) return;
  const rows = parameters.map(({ name, value }) => [name, value ?? NULL]);
  if (format === 'table') return printTable(io, { head: ['Parameter', 'Value'], rows });
  for (const [name, value] of rows) printNote(io, `${name} = ${value}`);
}

export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Says on stderr what came of a query, and how long it took. */
export function printSummary(
  io: CliIo,
  what: string,
  elapsedMs: number,
  metrics: QueryAnswer['metrics'],
): void {
  const database = metrics?.sqlExecutionDuration;
  const inDatabase = database === undefined ? '' : ` (database ${Math.round(database)} ms)`;
  printNote(io, `${what} in ${Math.round(elapsedMs)} ms${inDatabase}`);
}

/** Prints what a query yielded, data on stdout, and answers how much it was. */
export function printResult(io: CliIo, result: QueryAnswer['result'], format: Format): string {
  if (result.data !== undefined) {
    printRows(io, decodeData(result.data), format);
    printParameters(io, result.parameters, format);
    return counted(result.rows ?? 0, 'row');
  }
  if (format === 'json') printJson(io, result);
  else printParameters(io, result.parameters, format);
  return `${counted(result.rowsAffected ?? 0, 'row')} affected`;
}

/** Prints a successful query: data on stdout, count and times on stderr. */
export function printQueryAnswer(
  io: CliIo,
  { result, metrics }: QueryAnswer,
  format: Format,
  elapsedMs: number,
): void {
  printSummary(io, printResult(io, result, format), elapsedMs, metrics);
}

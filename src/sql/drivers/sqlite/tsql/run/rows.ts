import type { Value } from '../../../../../protocol/values.ts';
import type { ResultEvent } from '../../../../driver.ts';
import type { OutputColumn } from '../bind/environment.ts';
import type { SqliteStatement, Stored } from '../database.ts';
import { columnTypeOf } from '../types/sql-type.ts';
import { decoderOf } from './values.ts';

const MAX_BATCH_ROWS = 256;
const MAX_BATCH_CHARACTERS = 65_536;

/** A statement with the values of its parameters. */
export interface PreparedStatement {
  readonly statement: SqliteStatement;
  readonly args: readonly Stored[];
}

function sizeOf(value: Value): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
}

/** A result set as its consumer pulls it; returns the number of rows. */
export function* resultEvents(
  { statement, args }: PreparedStatement,
  columns: readonly OutputColumn[],
): Generator<ResultEvent, number> {
  yield {
    kind: 'columns',
    columns: columns.map(({ name, type }) => ({ name, type: columnTypeOf(type) })),
  };
  const decoders = columns.map(({ type }) => decoderOf(type));
  const rows = statement.raw(true).safeIntegers(false).iterate(args);
  let count = 0;
  let batch: Value[][] = [];
  let characters = 0;
  let isFinished = false;
  try {
    for (;;) {
      const next = rows.next();
      if (next.done === true) break;
      const row = (next.value as Stored[])
        .slice(0, decoders.length)
        .map((value, index) => decoders[index]?.(value) ?? null);
      batch.push(row);
      count += 1;
      for (const value of row) characters += sizeOf(value);
      if (batch.length >= MAX_BATCH_ROWS || characters >= MAX_BATCH_CHARACTERS) {
        yield { kind: 'rows', rows: batch };
        batch = [];
        characters = 0;
      }
    }
    isFinished = true;
  } finally {
    // libsql's iterator has no return(): an abandoned one would keep its read transaction.
    if (!isFinished) abandon(statement, rows);
  }
  if (batch.length > 0) yield { kind: 'rows', rows: batch };
  return count;
}

function abandon(statement: { interrupt(): void }, rows: Iterator<unknown>): void {
  try {
    statement.interrupt();
    while (rows.next().done !== true);
  } catch {
    // The interruption itself, or the error that ended the rows.
  }
}

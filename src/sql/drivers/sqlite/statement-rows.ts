import type Database from 'libsql';

const BATCH_ROWS = 100;

/** The rows of a prepared statement in batches. */
export function* rowsOf<T>(
  statement: Database.Statement,
  bound: Record<string, unknown>,
): Generator<T[], void, void> {
  let batch: T[] = [];
  for (const row of statement.raw(true).iterate(bound)) {
    batch.push(row as T);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

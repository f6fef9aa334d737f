import type Database from 'libsql';

/** libsql reads this many rows ahead in any case. */
const BATCH_ROWS = 100;

/** What libsql's statements can do beyond the types of better-sqlite3 that it ships. */
type Interruptible = Database.Statement & { interrupt(): void };

/**
 * The rows of a prepared statement in batches. Leaving early ends the statement at once: libsql alone would hold its
 * read transaction until the garbage collector comes by.
 */
export function* rowsOf<T>(
  statement: Database.Statement,
  bound: Record<string, unknown>,
): Generator<T[][], void, void> {
  const rows = statement.raw(true).iterate(bound) as Iterator<T[]>;
  let isOver = false;
  try {
    while (!isOver) {
      const batch: T[][] = [];
      while (batch.length < BATCH_ROWS) {
        const next = rows.next();
        if (next.done) {
          isOver = true;
          break;
        }
        batch.push(next.value);
      }
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    if (!isOver) interrupt(statement as Interruptible, rows);
  }
}

function interrupt(statement: Interruptible, rows: Iterator<unknown>): void {
  statement.interrupt();
  try {
    // Rows that libsql had read ahead come first; the step after them fails and frees the statement.
    for (let left = BATCH_ROWS; left >= 0 && !rows.next().done; left -= 1);
  } catch {
    // The interrupt itself.
  }
}

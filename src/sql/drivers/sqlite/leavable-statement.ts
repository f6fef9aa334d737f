import type Database from 'libsql';

/** What libsql's statements can do beyond the types of better-sqlite3 that it ships. */
type Interruptible = Database.Statement & { interrupt(): void };

/** Rows that libsql reads ahead of the iterator. */
const ROWS_AHEAD = 100;

/** Ends the statement behind an iterator: the next step that really runs fails, and frees it. */
function endStatement(statement: Interruptible, rows: Iterator<unknown>): void {
  statement.interrupt();
  try {
    for (let left = ROWS_AHEAD; left >= 0; left -= 1) if (rows.next().done) return;
  } catch {
    // The interrupt itself.
  }
}

/**
 * Lets a loop over the rows of a statement be left early. libsql's iterators know no `return`: the statement would
 * hold its read transaction until the garbage collector comes by.
 */
export function leavable<T extends Database.Statement>(statement: T): T {
  const iterate = statement.iterate.bind(statement);
  statement.iterate = (...bound) => {
    const rows = iterate(...bound);
    rows.return = () => {
      endStatement(statement as unknown as Interruptible, rows);
      return { done: true, value: undefined };
    };
    return rows;
  };
  return statement;
}

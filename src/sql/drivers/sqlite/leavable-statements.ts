import type Database from 'libsql';

type Rows = IterableIterator<unknown>;

/** What libsql's connections can do beyond the types of better-sqlite3 that it ships. */
type Interruptible = Database.Database & { interrupt(): void };

/**
 * Makes every loop over the rows of a statement of this connection one that can be left early. libsql's iterators know
 * no `return`: the statement would hold its read transaction until the garbage collector comes by.
 */
export function makeStatementsLeavable(database: Database.Database): void {
  const open = new Set<Rows>();
  const prepare = database.prepare.bind(database);
  database.prepare = ((sql: string) => {
    const statement = prepare(sql);
    const iterate = statement.iterate.bind(statement);
    statement.iterate = (...bound) => {
      const rows = iterate(...bound);
      open.add(rows);
      endWithLoop(rows, open, database as Interruptible);
      return rows;
    };
    return statement;
  }) as typeof database.prepare;
}

function endWithLoop(rows: Rows, open: Set<Rows>, database: Interruptible): void {
  const next = rows.next.bind(rows);
  rows.next = () => {
    try {
      const step = next();
      if (step.done) open.delete(rows);
      return step;
    } catch (error) {
      open.delete(rows);
      throw error;
    }
  };
  rows.return = () => {
    // An interrupt stops everything on the connection: beside another open loop the rows are read to their end.
    if (open.size === 1) database.interrupt();
    try {
      // Rows that libsql had read ahead come first; the step after them fails, and that frees the statement.
      while (!rows.next().done);
    } catch {
      // The interrupt itself.
    }
    return { done: true, value: undefined };
  };
}

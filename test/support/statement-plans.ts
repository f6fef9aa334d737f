import type { Database, SqlValue } from '../../src/gateway/store/index.ts';

/** A database that asks SQLite how it would run each statement, before it does. */
export interface PlannedDatabase {
  readonly database: Database;
  /** What SQLite said, a line for each table of each statement. */
  readonly plans: string[];
}

/** @param planner another connection to the same store: an explanation leaves its own one occupied */
export function recordPlans(database: Database, planner: Database): PlannedDatabase {
  const plans: string[] = [];
  const explain = async (sql: string, params: readonly SqlValue[] = []) => {
    const lines = await planner.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params);
    plans.push(...lines.map(({ detail }) => detail));
  };
  return {
    plans,
    database: {
      async all<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> {
        await explain(sql, params);
        return await database.all<Row>(sql, params);
      },
      async run(sql, params) {
        await explain(sql, params);
        return await database.run(sql, params);
      },
      insertMany: (insert, rows) => database.insertMany(insert, rows),
      transaction: (fn) => database.transaction(fn),
      eraseTraces: () => database.eraseTraces(),
      migrate: (migrations) => database.migrate(migrations),
      [Symbol.asyncDispose]: async () => {},
    },
  };
}

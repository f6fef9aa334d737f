import type { Database, SqlValue } from './database.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

interface Update {
  readonly sql: string;
  readonly params: readonly SqlValue[];
  changes: number;
}

/** Runs conditional updates that arrive together in one commit: each costs a statement, and all together one sync. */
export class GroupedUpdates implements AsyncDisposable {
  readonly #updates: GroupCommit<Update>;

  constructor(database: Database) {
    this.#updates = createGroupCommit<Update>({
      commit: (batch) =>
        database.transaction(async (session) => {
          for (const update of batch) update.changes = await session.run(update.sql, update.params);
        }),
      maxBatch: 200,
    });
  }

  /** Resolves, once durable, to the number of rows that this update has changed. */
  async run(sql: string, params: readonly SqlValue[]): Promise<number> {
    const update: Update = { sql, params, changes: 0 };
    await this.#updates.add(update);
    return update.changes;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#updates[Symbol.asyncDispose]());
  }
}

import type Database from 'libsql';
import { transactionEnded } from '../../open-transaction.ts';
import type { TransactionStep } from './messages.ts';

/** The transaction of a session that outlives its commands. Throws SQLite's own errors. */
export class SessionTransaction {
  readonly #database: Database.Database;
  #isOpen = false;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Whether it was begun and not ended by {@link take}. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** SQLite ends a transaction by itself after some errors, and a command may. @throws SqlError */
  requireAlive(): void {
    if (this.#isOpen && !this.#database.inTransaction) throw transactionEnded();
  }

  take(step: TransactionStep): void {
    switch (step) {
      case 'begin':
        // Writers wait for each other here: one that began to read could not wait, and would fail instead.
        this.#database.exec('BEGIN IMMEDIATE');
        this.#isOpen = true;
        return;
      case 'commit':
        this.requireAlive();
        this.#database.exec('COMMIT');
        this.#isOpen = false;
        return;
      case 'rollback':
        this.#isOpen = false;
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    }
  }
}

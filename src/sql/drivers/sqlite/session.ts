import type { ResultEvent, SqlCommand } from '../../driver.ts';
import type { TransactionStep } from './messages.ts';

/** One open database inside the connection's own process, where everything is synchronous. */
export interface SqliteSession {
  /** Whether what is run from now on may change nothing. */
  setReadOnly(isReadOnly: boolean): void;
  /** Runs a command; leaving the iteration early frees its statement. @throws SqlError */
  run(command: SqlCommand): Iterable<ResultEvent>;
  /** Begins the transaction that commands run in from now on, or ends it. @throws SqlError */
  step(step: TransactionStep): void;
  close(): void;
}

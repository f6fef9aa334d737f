import type { ResultEvent, SqlCommand } from '../../driver.ts';

/** One open database inside the connection's own process, where everything is synchronous. */
export interface SqliteSession {
  /** Whether what is run from now on may change nothing. */
  setReadOnly(isReadOnly: boolean): void;
  /** Runs a command; leaving the iteration early frees its statement. @throws SqlError */
  run(command: SqlCommand): Iterable<ResultEvent>;
  close(): void;
}

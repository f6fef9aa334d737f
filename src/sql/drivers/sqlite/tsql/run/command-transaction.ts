import type { SessionState } from '../bind/statement-context.ts';
import { sqlServerError } from '../errors.ts';

/** BEGIN, COMMIT and ROLLBACK of a command, which may itself run in a transaction that was open before it. */
export class CommandTransaction {
  readonly #session: SessionState;
  readonly #exec: (sql: string) => void;
  /** Whether the open transaction is the one from before the command. */
  #isFromBefore: boolean;

  constructor(session: SessionState, exec: (sql: string) => void) {
    this.#session = session;
    this.#exec = exec;
    this.#isFromBefore = session.transactionDepth > 0;
  }

  take(action: 'begin' | 'commit' | 'rollback'): void {
    const { transactionDepth } = this.#session;
    if (action === 'begin') {
      if (transactionDepth === 0) this.#exec('BEGIN');
      this.#session.transactionDepth += 1;
      return;
    }
    if (transactionDepth === 0) throw sqlServerError(action === 'commit' ? 3902 : 3903);
    if (action === 'rollback') this.#end('ROLLBACK');
    else if (transactionDepth === 1) this.#end('COMMIT');
    else this.#session.transactionDepth -= 1;
  }

  /** Undoes the transaction that the command has begun and left open, if it has. */
  endOwn(): void {
    if (this.#session.transactionDepth > 0 && !this.#isFromBefore) this.#end('ROLLBACK');
  }

  /** A COMMIT that fails leaves the transaction open. */
  #end(how: 'COMMIT' | 'ROLLBACK'): void {
    if (how === 'COMMIT') this.#exec(how);
    this.#session.transactionDepth = 0;
    this.#isFromBefore = false;
    if (how === 'ROLLBACK') this.#exec(how);
  }
}

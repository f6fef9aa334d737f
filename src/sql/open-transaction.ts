import { pause } from '../lib/waiting.ts';
import type { Transaction } from './driver.ts';
import { SqlError } from './sql-error.ts';

/** How long the ends of a transaction may take. */
interface TransactionLimits {
  /** Then the answer to the commit counts as lost. */
  readonly commitMs: number;
  /** Then the session is ended, which rolls back too. */
  readonly rollbackMs: number;
}

const LIMITS: TransactionLimits = { commitMs: 30_000, rollbackMs: 10_000 };

const UNEXPECTED = 1000;
const UNREACHABLE = 1004;

/** A session of a driver that has a transaction open. */
export interface TransactionSession {
  /** Whether the session can still be asked for anything. */
  isUsable(): boolean;
  /** Asks for the commit. @throws SqlError `connection` when the answer was lost, `statement` when it was refused */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Ends the session, in whatever state it is. Never throws. */
  end(): Promise<void>;
}

/** The transaction is no more, though nobody has ended it here: the database or a command has. */
export function transactionEnded(): SqlError {
  const message =
    'The transaction is over: the database, or a command inside it, has ended it. Roll back and begin again.';
  return new SqlError('statement', 'haloLink', UNEXPECTED, message);
}

function lostBefore(): SqlError {
  const message =
    'The connection to the database was lost before the commit: nothing of the transaction stands.';
  return new SqlError('statement', 'haloLink', UNREACHABLE, message);
}

function unanswered(): SqlError {
  const message =
    'The database did not say in time whether it has committed: the outcome is unknown.';
  return new SqlError('connection', 'haloLink', UNREACHABLE, message);
}

/** Waits for the promise, but not longer. @throws what `late` makes */
async function within<T>(promise: Promise<T>, limitMs: number, late: () => Error): Promise<T> {
  const timer = new AbortController();
  const limit = pause(limitMs, timer.signal).then((isOver): Promise<T> | T => {
    if (isOver) throw late();
    return promise;
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    timer.abort();
    limit.catch(() => {});
  }
}

/** A transaction that was begun, for every driver alike: it ends once, and a session in doubt is ended with it. */
export class OpenTransaction implements Transaction {
  readonly #session: TransactionSession;
  readonly #limits: TransactionLimits;
  #isOver = false;

  constructor(session: TransactionSession, limits: TransactionLimits = LIMITS) {
    this.#session = session;
    this.#limits = limits;
  }

  async commit(): Promise<void> {
    if (this.#isOver) throw new Error('The transaction is over.');
    this.#isOver = true;
    try {
      if (!this.#session.isUsable()) throw lostBefore();
      await within(this.#session.commit(), this.#limits.commitMs, unanswered);
    } catch (error) {
      await this.#session.end();
      throw error;
    }
  }

  async rollback(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      if (!this.#session.isUsable()) throw lostBefore();
      await within(this.#session.rollback(), this.#limits.rollbackMs, unanswered);
    } catch {
      // What cannot be asked to roll back does so when its session ends.
      await this.#session.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rollback();
  }
}

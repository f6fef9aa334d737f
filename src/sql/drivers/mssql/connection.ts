import { ISOLATION_LEVEL } from 'tedious';
import { deferred } from '../../../lib/deferred.ts';
import { orAborted } from '../../../lib/waiting.ts';
import type {
  BeginOptions,
  Connection,
  ExecuteOptions,
  ResultEvent,
  SqlCommand,
  Transaction,
} from '../../driver.ts';
import { OpenTransaction, transactionEnded } from '../../open-transaction.ts';
import { requireProvenRead } from '../../reads-only.ts';
import { cancelled, lost, requestFailure } from './errors.ts';
import { Execution } from './execute.ts';
import { openTediousConnection } from './open-connection.ts';
import type { MssqlOptions } from './options.ts';
import type { TediousConnection } from './tedious-connection.ts';

/**
 * A session with SQL Server. What a command leaves behind (settings, temporary tables) is gone before the next one, or
 * at the end of the transaction that it ran in.
 */
export class MssqlConnection implements Connection {
  readonly #tedious: TediousConnection;
  readonly #ended = deferred<void>();
  #isUsable = true;
  #isBusy = false;
  #isInTransaction = false;
  /** The session is being made clean. */
  #cleaned: Promise<void> = Promise.resolve();

  private constructor(tedious: TediousConnection) {
    this.#tedious = tedious;
    tedious.once('end', () => {
      this.#isUsable = false;
      this.#ended.resolve();
    });
  }

  /** @throws SqlError `connection`, or `cancelled` by the signal */
  static async open(
    options: MssqlOptions,
    database: string,
    signal: AbortSignal,
  ): Promise<MssqlConnection> {
    return new MssqlConnection(await openTediousConnection(options, database, signal));
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  get isInTransaction(): boolean {
    return this.#isInTransaction;
  }

  async *execute(
    command: SqlCommand,
    { signal, isReadOnly = false }: ExecuteOptions,
  ): AsyncGenerator<ResultEvent, void, void> {
    if (this.#isBusy) throw new Error('A connection runs one command at a time.');
    if (signal.aborted) throw cancelled(signal);
    // SQL Server has no session that may only read: what is not proved to read is not sent.
    if (isReadOnly) requireProvenRead(command);
    this.#isBusy = true;
    try {
      await this.#untilClean(signal);
      if (!this.#isUsable) throw lost();
      if (this.#isInTransaction && !this.#tedious.inTransaction) throw transactionEnded();
      const execution = new Execution(this.#tedious, command);
      try {
        yield* execution.run(signal);
      } finally {
        await this.#finish(execution);
      }
    } finally {
      this.#isBusy = false;
    }
  }

  async begin({ signal }: BeginOptions): Promise<Transaction> {
    if (this.#isInTransaction) throw new Error('A connection has one transaction at a time.');
    if (signal.aborted) throw cancelled(signal);
    await this.#untilClean(signal);
    const { READ_COMMITTED } = ISOLATION_LEVEL;
    const beginning = this.#manage((done) =>
      this.#tedious.beginTransaction(done, '', READ_COMMITTED),
    );
    try {
      await orAborted(beginning, signal);
    } catch (error) {
      await this.#close();
      throw signal.aborted ? cancelled(signal) : error;
    }
    this.#isInTransaction = true;
    return new OpenTransaction({
      isUsable: () => this.#isUsable,
      commit: () => this.#commit(),
      rollback: () => this.#rollback(),
      end: () => this.#close(),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  async #commit(): Promise<void> {
    this.#isInTransaction = false;
    if (!this.#tedious.inTransaction) throw transactionEnded();
    await this.#manage((done) => this.#tedious.commitTransaction(done));
    // A transaction that a command has begun inside and left open: only that one is over.
    if (this.#tedious.inTransaction) throw transactionEnded();
    this.#cleaned = this.#clean();
  }

  async #rollback(): Promise<void> {
    this.#isInTransaction = false;
    if (this.#tedious.inTransaction) {
      await this.#manage((done) => this.#tedious.rollbackTransaction(done));
    }
    this.#cleaned = this.#clean();
  }

  /** Sends a request of the transaction manager. */
  async #manage(send: (done: (error?: Error | null) => void) => void): Promise<void> {
    if (this.#isBusy) throw new Error('A connection runs one command at a time.');
    if (!this.#isUsable) throw lost();
    this.#isBusy = true;
    const answered = deferred<void>();
    send((error) => (error ? answered.reject(requestFailure(error)) : answered.resolve()));
    try {
      await answered.promise;
    } finally {
      this.#isBusy = false;
    }
  }

  async #finish(execution: Execution): Promise<void> {
    if (!execution.isOver) {
      this.#isUsable = false;
      await execution.cancel();
      await this.#close();
    } else if (this.#isInTransaction) {
      // Its end makes the session clean.
    } else if (this.#tedious.inTransaction) {
      // Only the end of the session surely ends a transaction that a command has left open.
      await this.#close();
    } else if (this.#isUsable) {
      this.#cleaned = this.#clean();
    }
  }

  async #untilClean(signal: AbortSignal): Promise<void> {
    try {
      await orAborted(this.#cleaned, signal);
    } catch {
      await this.#close();
      throw cancelled(signal);
    }
  }

  #clean(): Promise<void> {
    return new Promise((resolve) => {
      this.#tedious.reset((error) => {
        if (error) this.#isUsable = false;
        resolve();
      });
    });
  }

  async #close(): Promise<void> {
    this.#isUsable = false;
    this.#tedious.close();
    await this.#ended.promise;
  }
}

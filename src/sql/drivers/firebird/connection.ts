import type WireTransaction from 'node-firebird/lib/wire/transaction.js';
import { orAborted } from '../../../lib/waiting.ts';
import type {
  BeginOptions,
  Connection,
  ExecuteOptions,
  ResultEvent,
  SqlCommand,
  Transaction,
} from '../../driver.ts';
import { OpenTransaction } from '../../open-transaction.ts';
import { requireProvenRead } from '../../reads-only.ts';
import { SqlError } from '../../sql-error.ts';
import type { Attachment } from './attachment.ts';
import { cancelled } from './errors.ts';
import { type Execution, execute, LOCK_TIMEOUT_S } from './execute.ts';

/** A session with a Firebird database. */
export class FirebirdConnection implements Connection {
  readonly #attachment: Attachment;
  #isRunning = false;
  #transaction: WireTransaction | undefined;

  constructor(attachment: Attachment) {
    this.#attachment = attachment;
  }

  get isUsable(): boolean {
    return this.#attachment.isOpen;
  }

  get isInTransaction(): boolean {
    return this.#transaction !== undefined;
  }

  async *execute(
    command: SqlCommand,
    { signal, isReadOnly = false }: ExecuteOptions,
  ): AsyncGenerator<ResultEvent, void, void> {
    this.#requireFree(signal);
    const attachment = this.#attachment;
    const transaction = this.#transaction;
    // A transaction that may write cannot be made one that may not.
    if (transaction && isReadOnly) requireProvenRead(command);
    const execution: Execution = {
      attachment,
      signal,
      isReadOnly,
      transaction,
      isCommitting: false,
    };
    const onAbort = (): void => {
      if (execution.isCommitting) return;
      if (attachment.isBusy || transaction) attachment.cancel();
    };
    this.#isRunning = true;
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      yield* execute(execution, command);
    } catch (error) {
      throw signal.aborted && !execution.isCommitting ? cancelled(signal) : error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#isRunning = false;
    }
  }

  async begin({ signal }: BeginOptions): Promise<Transaction> {
    if (this.#transaction) throw new Error('A connection has one transaction at a time.');
    this.#requireFree(signal);
    const attachment = this.#attachment;
    this.#isRunning = true;
    try {
      const beginning = attachment.startTransaction(false, LOCK_TIMEOUT_S);
      this.#transaction = await orAborted(beginning, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      await attachment.close();
      throw cancelled(signal);
    } finally {
      this.#isRunning = false;
    }
    return new OpenTransaction({
      isUsable: () => this.isUsable,
      commit: () => this.#end((transaction) => attachment.commit(transaction)),
      rollback: () => this.#end((transaction) => attachment.abandon(transaction)),
      end: () => attachment.close(),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#attachment.close();
  }

  #requireFree(signal: AbortSignal): void {
    if (this.#isRunning) throw new Error('A connection runs one command at a time.');
    if (signal.aborted) throw cancelled(signal);
    if (this.isUsable) return;
    const message = 'The connection to the database was lost before the command was sent.';
    throw new SqlError('connection', 'haloLink', 1004, message);
  }

  async #end(ask: (transaction: WireTransaction) => Promise<void>): Promise<void> {
    if (this.#isRunning) throw new Error('A connection runs one command at a time.');
    const transaction = this.#transaction as WireTransaction;
    this.#transaction = undefined;
    this.#isRunning = true;
    try {
      await ask(transaction);
    } finally {
      this.#isRunning = false;
    }
  }
}

import type { Connection, ExecuteOptions, ResultEvent, SqlCommand } from '../../driver.ts';
import { SqlError } from '../../sql-error.ts';
import type { Attachment } from './attachment.ts';
import { cancelled } from './errors.ts';
import { type Execution, execute } from './execute.ts';

/** A session with a Firebird database. */
export class FirebirdConnection implements Connection {
  readonly #attachment: Attachment;
  #isRunning = false;

  constructor(attachment: Attachment) {
    this.#attachment = attachment;
  }

  get isUsable(): boolean {
    return this.#attachment.isOpen;
  }

  async *execute(
    command: SqlCommand,
    { signal, isReadOnly = false }: ExecuteOptions,
  ): AsyncGenerator<ResultEvent, void, void> {
    if (this.#isRunning) throw new Error('A connection runs one command at a time.');
    if (signal.aborted) throw cancelled(signal);
    if (!this.isUsable) {
      const message = 'The connection to the database was lost before the command was sent.';
      throw new SqlError('connection', 'haloLink', 1004, message);
    }
    const attachment = this.#attachment;
    const execution: Execution = { attachment, signal, isReadOnly, isCommitting: false };
    const onAbort = (): void => {
      if (attachment.isBusy && !execution.isCommitting) attachment.cancel();
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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#attachment.close();
  }
}

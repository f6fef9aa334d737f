import { deferred } from '../../../lib/deferred.ts';
import { orAborted } from '../../../lib/waiting.ts';
import { HALO_LINK_CODES } from '../../../protocol/error-details.ts';
import type { Connection, ExecuteOptions, ResultEvent, SqlCommand } from '../../driver.ts';
import { provesReadOnly } from '../../reads-only.ts';
import { SqlError } from '../../sql-error.ts';
import { cancelled, lost } from './errors.ts';
import { Execution } from './execute.ts';
import { openTediousConnection } from './open-connection.ts';
import type { MssqlOptions } from './options.ts';
import type { TediousConnection } from './tedious-connection.ts';

/** SQL Server has no session that may only read: what is not proved to read is not sent. */
function requireRead({ type, text }: SqlCommand): void {
  if (type === 'text' && provesReadOnly(text)) return;
  const message = 'The command is not proved to read only: a single SELECT without calls is.';
  throw new SqlError('readOnly', 'haloLink', HALO_LINK_CODES.refusedByPractice, message);
}

/** A session with SQL Server. What a command leaves behind (settings, temporary tables) is gone before the next one. */
export class MssqlConnection implements Connection {
  readonly #tedious: TediousConnection;
  readonly #ended = deferred<void>();
  #isUsable = true;
  #isBusy = false;
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

  async *execute(
    command: SqlCommand,
    { signal, isReadOnly = false }: ExecuteOptions,
  ): AsyncGenerator<ResultEvent, void, void> {
    if (this.#isBusy) throw new Error('A connection runs one command at a time.');
    if (signal.aborted) throw cancelled(signal);
    if (isReadOnly) requireRead(command);
    this.#isBusy = true;
    try {
      await this.#untilClean(signal);
      if (!this.#isUsable) throw lost();
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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  async #finish(execution: Execution): Promise<void> {
    if (!execution.isOver) {
      this.#isUsable = false;
      await execution.cancel();
      await this.#close();
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

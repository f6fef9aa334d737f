import { deferred } from '../../src/lib/deferred.ts';
import { orAborted } from '../../src/lib/waiting.ts';
import type {
  Connection,
  ConnectOptions,
  Driver,
  ResultEvent,
  SqlCommand,
} from '../../src/sql/driver.ts';
import { SqlError } from '../../src/sql/sql-error.ts';

/** What one statement of a scripted database does. Throwing is the database's error. */
export type Script = (command: SqlCommand, wait: () => Promise<void>) => AsyncIterable<ResultEvent>;

/** A database whose statements are scripts, found by the text of the command. */
export class ScriptedDatabase implements Driver {
  readonly engine = 'sqlite';
  /** Texts whose script ran to its end. */
  readonly finished: string[] = [];
  /** Texts that were stopped in the database. */
  readonly stopped: string[] = [];
  readonly started: string[] = [];
  /** Catalogue and text of every statement. */
  readonly ran: string[] = [];
  openConnections = 0;
  readonly #scripts: Record<string, Script>;
  #gate = deferred<void>();
  #change = deferred<void>();

  constructor(scripts: Record<string, Script>) {
    this.#scripts = scripts;
  }

  /** Lets every script go on that waits. */
  open(): void {
    this.#gate.resolve();
  }

  /** Settles once the condition holds; looked at after each change. */
  async until(condition: (database: this) => boolean): Promise<void> {
    while (!condition(this)) await this.#change.promise;
  }

  async connect({ catalogue = 'default' }: ConnectOptions): Promise<Connection> {
    if (catalogue === 'Broken') {
      throw new SqlError('connection', 'haloLink', 1004, 'secret.host refused the connection');
    }
    this.openConnections += 1;
    return {
      isUsable: true,
      isInTransaction: false,
      begin: () => Promise.reject(new Error('This database of the tests has no transactions.')),
      execute: (command, { signal }) => {
        this.ran.push(`${catalogue}: ${command.text}`);
        return this.#execute(command, signal);
      },
      [Symbol.asyncDispose]: async () => {
        this.openConnections -= 1;
      },
    };
  }

  async *#execute(command: SqlCommand, signal: AbortSignal): AsyncGenerator<ResultEvent> {
    this.started.push(command.text);
    this.#changed();
    const script = this.#scripts[command.text];
    if (!script) throw new SqlError('statement', 'mssql', 208, 'Invalid object name.');
    let isFinished = false;
    try {
      const wait = () => orAborted(this.#gate.promise, signal);
      for await (const event of script(command, wait)) {
        if (signal.aborted) throw new Error('aborted');
        if (event.kind === 'done') isFinished = true;
        yield event;
      }
    } catch (error) {
      if (signal.aborted) throw new SqlError('cancelled', 'mssql', 0, 'Cancelled.');
      throw error;
    } finally {
      (isFinished ? this.finished : this.stopped).push(command.text);
      this.#changed();
    }
  }

  #changed(): void {
    const change = this.#change;
    this.#change = deferred();
    change.resolve();
  }
}

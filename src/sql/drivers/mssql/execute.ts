import { Request } from 'tedious';
import { type Deferred, deferred } from '../../../lib/deferred.ts';
import { pause } from '../../../lib/waiting.ts';
import type { Value } from '../../../protocol/values.ts';
import type { OutputParameter, ResultEvent, SqlCommand } from '../../driver.ts';
import type { SqlError } from '../../sql-error.ts';
import { columnType, toColumns } from './columns.ts';
import { cancelled, requestFailure } from './errors.ts';
import { addParameters } from './parameters.ts';
import type { TediousConnection } from './tedious-connection.ts';
import type { ColumnMetadata } from './tedious-internals.ts';

/** Events that may wait for the consumer before reading pauses; each holds about one packet. */
const MAX_WAITING_EVENTS = 4;

/** How long SQL Server may take to say that it has stopped a statement. */
const CANCEL_LIMIT_MS = 2_000;

/** One command that runs on a connection. */
export class Execution {
  readonly #connection: TediousConnection;
  readonly #request: Request;
  readonly #command: SqlCommand;
  readonly #events: ResultEvent[] = [];
  readonly #outputs: OutputParameter[] = [];
  readonly #over = deferred<void>();
  #isOver = false;
  #waiting: Deferred<void> | undefined;
  #failure: SqlError | undefined;
  #returnStatus: number | undefined;

  /** @throws SqlError for a parameter that cannot be sent */
  constructor(connection: TediousConnection, command: SqlCommand) {
    this.#connection = connection;
    this.#command = command;
    this.#request = new Request(command.text, (error, rowCount) => this.#end(error, rowCount));
    addParameters(this.#request, command);
    this.#listen();
  }

  /** Whether SQL Server has nothing more to do or to send. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Sends the command and yields its result. Left early, or aborted, it has not stopped: see {@link cancel}. */
  async *run(signal: AbortSignal): AsyncGenerator<ResultEvent, void, void> {
    this.#send();
    const wake = (): void => this.#waiting?.resolve();
    signal.addEventListener('abort', wake, { once: true });
    try {
      for (;;) {
        if (signal.aborted) throw cancelled(signal);
        const event = this.#events.shift();
        if (event) {
          if (this.#events.length === 0) this.#request.resume();
          yield event;
        } else if (this.#isOver) {
          if (this.#failure) throw this.#failure;
          return;
        } else {
          this.#waiting = deferred();
          await this.#waiting.promise;
        }
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  /** Tells SQL Server to stop, and waits until it has, but not for ever. */
  async cancel(): Promise<void> {
    const limit = new AbortController();
    this.#request.cancel();
    await Promise.race([this.#over.promise, pause(CANCEL_LIMIT_MS, limit.signal)]);
    limit.abort();
  }

  #send(): void {
    const { type, parameters } = this.#command;
    if (type === 'storedProcedure') this.#connection.callProcedure(this.#request);
    else if (parameters.length > 0) this.#connection.execSql(this.#request);
    else this.#connection.execSqlBatch(this.#request);
  }

  #listen(): void {
    const request = this.#request;
    request.on('columnMetadata', (columns) => {
      this.#push({ kind: 'columns', columns: toColumns(columns as unknown as ColumnMetadata[]) });
    });
    // The rows of one packet at a time: see TokenStream.
    request.on('row', (rows: unknown) => {
      this.#push({ kind: 'rows', rows: rows as readonly (readonly Value[])[] });
    });
    request.on('returnValue', (name, value, metadata) => {
      const type = columnType(metadata);
      this.#outputs.push({ name, type, value: value as Value });
    });
    request.on('doneProc', (_rowCount, _more, status) => {
      if (status !== undefined) this.#returnStatus = status;
    });
  }

  #push(event: ResultEvent): void {
    // What follows an error of the batch is read, so that the batch runs to its end, but not handed on.
    if (this.#request.error) return;
    this.#events.push(event);
    if (this.#events.length >= MAX_WAITING_EVENTS) this.#request.pause();
    this.#waiting?.resolve();
  }

  #end(error: Error | null | undefined, rowsAffected: number | undefined): void {
    this.#isOver = true;
    if (error) {
      this.#failure = requestFailure(error, this.#request.error);
    } else {
      this.#events.push({
        kind: 'done',
        rowsAffected: rowsAffected ?? 0,
        outputParameters: [...this.#outputs, ...this.#returnValues()],
      });
    }
    this.#over.resolve();
    this.#waiting?.resolve();
  }

  #returnValues(): OutputParameter[] {
    const value = this.#returnStatus ?? null;
    return this.#command.parameters
      .filter(({ direction }) => direction === 'returnValue')
      .map(({ name }) => ({ name, type: 'integer', value }));
  }
}

import type { Socket } from 'node:net';
import Wire from 'node-firebird/lib/wire/connection.js';
import Const from 'node-firebird/lib/wire/const.js';
import type Statement from 'node-firebird/lib/wire/statement.js';
import type Transaction from 'node-firebird/lib/wire/transaction.js';
import type { FetchResult, Quad, WireResponse } from 'node-firebird/lib/wire/wire-types.js';
import { parseRecordCounts } from 'node-firebird/lib/wire/xsqlvar.js';
import { type Deferred, deferred } from '../../../lib/deferred.ts';
import { pause } from '../../../lib/waiting.ts';
import { SqlError } from '../../sql-error.ts';
import { type Charset, encodeText } from './charsets.ts';
import { cancelled, refused, toSqlError, unreachable } from './errors.ts';
import type { WireParameter } from './parameters.ts';

/** Largest piece of a blob that the protocol carries. */
const SEGMENT_BYTES = 65_535;

/** What the server says with the last piece of a blob. */
const END_OF_BLOB = 2;

/** How long the server may take to stop a statement, or to say good-bye, before the socket is cut. */
const GRACE_MS = 2_000;

/** How long a request may go on whose answer nobody wants any more. */
const PATIENCE_MS = 250;

/** Where a database is and who asks. */
export interface AttachOptions {
  readonly host: string;
  readonly port: number;
  readonly file: string;
  readonly user: string;
  readonly password: string;
  readonly charset: Charset;
  readonly wireCrypt: 'required' | 'enabled' | 'disabled';
  readonly connectTimeoutMs: number;
}

const WIRE_CRYPT = { disabled: 0, enabled: 1, required: 2 } as const;

type Callback<T> = (error?: unknown, result?: T) => void;

/** One row or more of a cursor. */
export interface Fetched {
  readonly rows: unknown[][];
  readonly isLast: boolean;
}

function wireOptions(options: AttachOptions): Record<string, unknown> {
  return {
    host: options.host,
    port: options.port,
    database: options.file,
    user: options.user,
    password: options.password,
    encoding: options.charset,
    wireCrypt: WIRE_CRYPT[options.wireCrypt],
    // Only connections of a pool are left closed once they are lost.
    isPool: true,
    blobReadChunkSize: SEGMENT_BYTES,
    blobChunkSize: SEGMENT_BYTES >> 1,
  };
}

/**
 * One session with a Firebird server: the library's wire layer as promises. Its upper layer would turn dates into
 * `Date`, keep the first code of an error alone, and end the process when the connection is lost beneath a blob.
 */
export class Attachment {
  readonly charset: Charset;
  readonly #wire: Wire;
  /** Requests that the server has not answered. */
  readonly #unanswered = new Set<Deferred<unknown>>();
  #idle: Deferred<void> | undefined;
  #failure: SqlError | undefined;
  #isClosing = false;

  private constructor(wire: Wire, charset: Charset) {
    this.#wire = wire;
    this.charset = charset;
  }

  /** Connects and logs in. @throws SqlError `connection`; `cancelled` by the signal */
  static async open(options: AttachOptions, signal: AbortSignal): Promise<Attachment> {
    if (signal.aborted) throw cancelled(signal);
    const { host, port, connectTimeoutMs } = options;
    const opened = deferred<Attachment>();
    const settings = wireOptions(options);
    let isConnected = false;
    const fail = (error: unknown): void => {
      const reason = toSqlError(error, 'connection');
      const isDatabases = reason.errorType === 'fbsql';
      opened.reject(isDatabases ? reason : unreachable(host, port, reason.message, error));
    };
    const wire = new Wire(
      host,
      port,
      (error?: unknown) => {
        if (error || isConnected) {
          const why = error instanceof Error ? error.message : 'it closed the connection';
          return opened.reject(unreachable(host, port, why, error));
        }
        isConnected = true;
        wire.connect(settings, (connectError) => {
          if (connectError) return fail(connectError);
          wire.attach(settings, (attachError) => {
            if (attachError) return fail(attachError);
            opened.resolve(new Attachment(wire, options.charset));
          });
        });
      },
      settings,
    );
    const onAbort = (): void => opened.reject(cancelled(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    const limit = setTimeout(
      () => opened.reject(unreachable(host, port, 'it did not answer in time')),
      connectTimeoutMs,
    );
    const guard = guardReceiver(wire, fail);
    try {
      const attachment = await opened.promise;
      guard.onFailure = (error) => attachment.#fail(error);
      if (options.wireCrypt === 'required' && !isEncrypted(wire)) {
        throw unreachable(host, port, 'it does not encrypt, which the configuration requires');
      }
      return attachment;
    } catch (error) {
      socketOf(wire).destroy();
      throw error;
    } finally {
      clearTimeout(limit);
      signal.removeEventListener('abort', onAbort);
    }
  }

  get isOpen(): boolean {
    return !this.#wire._isClosed && !this.#isClosing && !this.#failure;
  }

  /** Whether the server is Firebird 3 or later. */
  get hasPackages(): boolean {
    return this.#wire.accept.protocolVersion >= Const.PROTOCOL_VERSION13;
  }

  /** Whether the server owes an answer. */
  get isBusy(): boolean {
    return this.#unanswered.size > 0;
  }

  /** @param waitTimeout how long a statement waits for another transaction's row, in seconds; for ever when left out */
  startTransaction(readOnly: boolean, waitTimeout = 0): Promise<Transaction> {
    const isolation = [Const.isc_tpb_read_committed, Const.isc_tpb_rec_version];
    return this.#call((callback) =>
      this.#wire.startTransaction({ isolation, readOnly, waitTimeout }, callback),
    );
  }

  /** @throws SqlError for a text that the connection's character set cannot hold, and what the database refuses */
  async prepare(transaction: Transaction, text: string): Promise<Statement> {
    if (!encodeText(this.charset, text)) {
      throw refused(`The text holds a character that ${this.charset} does not have.`);
    }
    return this.#call((callback) => this.#wire.prepare(transaction, text, false, callback));
  }

  /** Runs a statement. Gives the one row of a statement that has no cursor but columns. */
  async execute(
    transaction: Transaction,
    statement: Statement,
    parameters: readonly WireParameter[],
  ): Promise<unknown[] | undefined> {
    const isSingleton =
      statement.type === Const.isc_info_sql_stmt_exec_procedure && statement.output.length > 0;
    const operation = isSingleton ? Const.op_execute2 : Const.op_execute;
    const result = await this.#call<Partial<FetchResult>>((callback) =>
      this.#wire.sendExecute(operation, statement, transaction, callback, [...parameters]),
    );
    return isSingleton ? (result.data?.[0] as unknown[] | undefined) : undefined;
  }

  async fetch(transaction: Transaction, statement: Statement, count: number): Promise<Fetched> {
    const { data, fetched } = await this.#call<FetchResult>((callback) =>
      this.#wire.fetch(statement, transaction, count, callback),
    );
    return { rows: data as unknown[][], isLast: fetched };
  }

  /** Rows that the statement has inserted, updated or deleted. */
  async changedRows(statement: Statement): Promise<number> {
    const { buffer } = await this.#call<WireResponse>((callback) =>
      this.#wire.statementInfo(statement, Const.RECORDS_INFO, callback),
    );
    const { insertCount, updateCount, deleteCount } = parseRecordCounts(buffer);
    return insertCount + updateCount + deleteCount;
  }

  async readBlob(transaction: Transaction, id: Quad): Promise<Buffer> {
    const blob = await this.#call<WireResponse>((callback) =>
      this.#wire.openBlob(id, transaction, callback),
    );
    const pieces: Buffer[] = [];
    for (let isLast = false; !isLast; ) {
      const { handle, buffer } = await this.#call<WireResponse>((callback) =>
        this.#wire.getSegment(blob, callback),
      );
      if (buffer) pieces.push(...segmentsOf(buffer));
      isLast = handle === END_OF_BLOB;
    }
    this.#wire.closeBlob(blob);
    return Buffer.concat(pieces);
  }

  writeBlob(transaction: Transaction, bytes: Buffer): Promise<Quad> {
    return this.#call((callback) => this.#wire.uploadBlob(transaction, bytes, callback));
  }

  /** Forgets a statement. Nothing waits for it: the request goes out with the next one. */
  drop(statement: Statement): void {
    if (this.isOpen) this.#wire.dropStatement(statement, undefined);
  }

  commit(transaction: Transaction): Promise<void> {
    return this.#call((callback) => this.#wire.commit(transaction, callback));
  }

  /** Waits shortly for a request that is still under way, and then stops it together with the session. */
  async quieten(): Promise<void> {
    if (!this.isBusy) return;
    const timer = new AbortController();
    await Promise.race([this.settled(), pause(PATIENCE_MS, timer.signal)]);
    timer.abort();
    if (this.isBusy) this.cancel();
    await this.settled();
  }

  /** Rolls back, once nothing is under way. */
  async abandon(transaction: Transaction): Promise<void> {
    await this.quieten();
    if (!this.isOpen) return;
    try {
      await this.#call<void>((callback) => this.#wire.rollback(transaction, callback));
    } catch {
      // What cannot be rolled back any more is gone with its session.
      this.cancel();
    }
  }

  /**
   * Stops what the server is doing for this session, and ends the session: a request to stop that comes late would
   * stop the next statement instead.
   */
  cancel(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    if (!this.#wire._isClosed) this.#wire.cancelOperation(Const.fb_cancel_raise, () => {});
    void this.#cutUnlessIdle();
  }

  /** Settles when the server owes no answer any more. */
  async settled(): Promise<void> {
    if (!this.isBusy) return;
    this.#idle ??= deferred();
    await this.#idle.promise;
  }

  /** Ends the session. */
  async close(): Promise<void> {
    if (this.isBusy) this.cancel();
    this.#isClosing = true;
    await this.settled();
    if (this.#wire._isClosed || this.#failure) return;
    const detached = deferred<void>();
    const timer = new AbortController();
    this.#wire.detach(() => detached.resolve());
    await Promise.race([detached.promise, pause(GRACE_MS, timer.signal)]);
    timer.abort();
    socketOf(this.#wire).destroy();
  }

  async #cutUnlessIdle(): Promise<void> {
    const timer = new AbortController();
    const isIdle = this.settled().then(() => true);
    await Promise.race([isIdle, pause(GRACE_MS, timer.signal)]);
    timer.abort();
    if (this.isBusy) socketOf(this.#wire).destroy();
  }

  #fail(error: SqlError): void {
    this.#failure ??= error;
    for (const answer of this.#unanswered) answer.reject(error);
    socketOf(this.#wire).destroy();
  }

  async #call<T>(send: (callback: Callback<T>) => void): Promise<T> {
    const answer = deferred<unknown>();
    this.#unanswered.add(answer);
    try {
      send((error, result) => {
        if (error) answer.reject(error);
        else answer.resolve(result);
      });
      return (await answer.promise) as T;
    } catch (error) {
      throw this.#failure ?? toSqlError(error, 'statement');
    } finally {
      this.#unanswered.delete(answer);
      if (!this.isBusy) {
        this.#idle?.resolve();
        this.#idle = undefined;
      }
    }
  }
}

/** The segments of one answer, empty ones among them: the library's own reading stops at those. */
function* segmentsOf(answer: Buffer): Generator<Buffer, void, void> {
  for (let at = 0; at + 2 <= answer.length; ) {
    const end = at + 2 + answer.readUInt16LE(at);
    yield answer.subarray(at + 2, end);
    at = end;
  }
}

const socketOf = (wire: Wire): Socket => wire._socket as unknown as Socket;

function isEncrypted({ accept }: Wire): boolean {
  return Boolean(accept.sessionKey) && accept.protocolVersion >= Const.PROTOCOL_VERSION13;
}

/** What becomes of an answer that the library cannot read. */
interface Guard {
  onFailure: (error: SqlError) => void;
}

/** Without it an exception of the library, at more columns than it can take in for one, would end the process. */
function guardReceiver(wire: Wire, onFailure: (error: SqlError) => void): Guard {
  const guard: Guard = { onFailure };
  const socket = socketOf(wire);
  const [receive] = socket.listeners('data') as ((data: Buffer) => void)[];
  if (!receive) throw new Error('The library does not listen to its socket.');
  socket.removeListener('data', receive);
  socket.addListener('data', (data: Buffer) => {
    try {
      receive(data);
    } catch (error) {
      guard.onFailure(
        new SqlError(
          'statement',
          'haloLink',
          1000,
          `The answer of the database could not be read (${(error as Error).message}). More than about 800 columns are one cause.`,
          { cause: error },
        ),
      );
      socket.destroy();
    }
  });
  return guard;
}

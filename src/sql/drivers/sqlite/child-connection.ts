import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type Deferred, deferred } from '../../../lib/deferred.ts';
import { pause } from '../../../lib/waiting.ts';
import type {
  BeginOptions,
  Connection,
  ExecuteOptions,
  ResultEvent,
  SqlCommand,
  Transaction,
} from '../../driver.ts';
import { OpenTransaction } from '../../open-transaction.ts';
import { SqlError } from '../../sql-error.ts';
import { encodeFrame, FrameReader } from './message-frames.ts';
import type { FromChild, OpenOptions, ToChild, TransactionStep, WireError } from './messages.ts';

/** How long a process may take to stop a statement, or itself, before it is killed. */
const GRACE_MS = 250;

/** The program that serves a connection, and what starts it. */
export interface ChildProgram {
  /** Path of the built `sqlite-connection` program. */
  readonly entryPoint: string;
  /** Path of the Node executable. */
  readonly nodePath: string;
  /** Environment of the child. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A small young generation: large rows would otherwise let it grow, and with it the memory of the process. */
const NODE_FLAGS = ['--max-semi-space-size=4'];

/** The execution that is under way. */
interface Run {
  readonly number: number;
  /** Batches that have arrived and wait for the consumer. */
  readonly batches: (readonly ResultEvent[])[];
  failure: SqlError | undefined;
  /** The child works no more on this run. */
  isOver: boolean;
  waiting: Deferred<void> | undefined;
}

function fromWire({ kind, errorType, errorCode, message, constraint }: WireError): SqlError {
  return new SqlError(kind, errorType, errorCode, message, { constraint });
}

function lost(how: string): SqlError {
  return new SqlError('connection', 'haloLink', 1004, `The database's process ended ${how}.`);
}

function cancelled(signal: AbortSignal): SqlError {
  const message = 'The statement was cancelled.';
  return new SqlError('cancelled', 'haloLink', 1000, message, { cause: signal.reason });
}

/** Settles once the child works no more on the run. */
async function over(run: Run): Promise<void> {
  while (!run.isOver) {
    run.waiting = deferred();
    await run.waiting.promise;
  }
}

/** Waits for the promise, but not longer; tells whether it came in time. */
async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const isInTime = await Promise.race([
    promise.then(() => true),
    pause(ms, timer.signal).then(() => false),
  ]);
  timer.abort();
  return isInTime;
}

/** A connection that lives in a child process, which is killed to cancel what it runs. */
export class ChildConnection implements Connection {
  readonly #child: ChildProcess;
  readonly #reader = new FrameReader();
  readonly #opened = deferred<void>();
  readonly #closed = deferred<void>();
  #run: Run | undefined;
  #runs = 0;
  #isUsable = true;
  #isInTransaction = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#opened.promise.catch(() => {});
    child.once('error', (error) => this.#end(`before it started (${error.message})`));
    child.once('close', (code, signal) => this.#end(`unexpectedly (${signal ?? `code ${code}`})`));
    (child.stdin as Writable).on('error', () => child.kill('SIGKILL'));
    (child.stdout as Readable).on('data', (chunk: Buffer) => {
      for (const message of this.#reader.read(chunk)) this.#take(message as FromChild);
    });
  }

  /** Starts a process and opens the catalogues in it. @throws SqlError, also when the signal aborts */
  static async open(
    { nodePath, entryPoint, env }: ChildProgram,
    options: OpenOptions,
    signal: AbortSignal,
  ): Promise<ChildConnection> {
    if (signal.aborted) throw cancelled(signal);
    const child = spawn(nodePath, [...NODE_FLAGS, entryPoint], {
      env: { ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const connection = new ChildConnection(child);
    const kill = (): void => connection.#kill();
    signal.addEventListener('abort', kill, { once: true });
    try {
      connection.#send({ kind: 'open', options });
      await connection.#opened.promise;
      return connection;
    } catch (error) {
      connection.#kill();
      await connection.#closed.promise;
      throw signal.aborted ? cancelled(signal) : error;
    } finally {
      signal.removeEventListener('abort', kill);
    }
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  get isInTransaction(): boolean {
    return this.#isInTransaction;
  }

  /** Id of the process behind this connection; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  async *execute(
    command: SqlCommand,
    { signal, isReadOnly = false }: ExecuteOptions,
  ): AsyncGenerator<ResultEvent, void, void> {
    const run = this.#beginRun(signal);
    const cancel = (): void => {
      if (!run.isOver || this.#isInTransaction) this.#kill();
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      this.#send({ kind: 'execute', run: run.number, command, isReadOnly });
      yield* this.#events(run, signal);
    } finally {
      signal.removeEventListener('abort', cancel);
      if (!run.isOver) await this.#stop(run);
      this.#run = undefined;
    }
  }

  async begin({ signal }: BeginOptions): Promise<Transaction> {
    if (this.#isInTransaction) throw new Error('A connection has one transaction at a time.');
    await this.#step('begin', signal);
    this.#isInTransaction = true;
    return new OpenTransaction({
      isUsable: () => this.#isUsable,
      commit: () => this.#step('commit'),
      rollback: () => this.#step('rollback'),
      end: async () => {
        this.#kill();
        await this.#closed.promise;
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isUsable = false;
    if (this.#run && !this.#run.isOver) this.#kill();
    else (this.#child.stdin as Writable).end();
    if (!(await within(this.#closed.promise, GRACE_MS))) this.#kill();
    await this.#closed.promise;
  }

  #beginRun(signal?: AbortSignal): Run {
    if (this.#run) throw new Error('A connection runs one command at a time.');
    if (signal?.aborted) throw cancelled(signal);
    if (!this.#isUsable) throw lost('before the command was sent');
    const run: Run = {
      number: ++this.#runs,
      batches: [],
      failure: undefined,
      isOver: false,
      waiting: undefined,
    };
    this.#run = run;
    return run;
  }

  /** Has the process take a step of the transaction; ending it, it counts as ended from the moment of asking. */
  async #step(step: TransactionStep, signal?: AbortSignal): Promise<void> {
    const run = this.#beginRun(signal);
    const kill = (): void => this.#kill();
    signal?.addEventListener('abort', kill, { once: true });
    this.#isInTransaction = false;
    try {
      this.#send({ kind: 'transaction', run: run.number, step });
      await over(run);
      if (signal?.aborted) {
        await this.#closed.promise;
        throw cancelled(signal);
      }
      if (run.failure) throw run.failure;
    } finally {
      signal?.removeEventListener('abort', kill);
      this.#run = undefined;
    }
  }

  async *#events(run: Run, signal: AbortSignal): AsyncGenerator<ResultEvent, void, void> {
    for (;;) {
      const batch = run.batches.shift();
      if (signal.aborted) {
        // A killed process is waited for: its locks are gone when the caller hears of it.
        if (!this.#isUsable) await this.#closed.promise;
        throw cancelled(signal);
      } else if (batch) {
        for (const event of batch) {
          yield event;
          if (event.kind === 'done') return;
          if (signal.aborted) break;
        }
        if (!run.isOver) this.#send({ kind: 'more', run: run.number });
      } else if (run.failure) {
        throw run.failure;
      } else {
        run.waiting = deferred();
        await run.waiting.promise;
      }
    }
  }

  /** Ends a run whose consumer has left. */
  async #stop(run: Run): Promise<void> {
    this.#send({ kind: 'stop', run: run.number });
    if (await within(over(run), GRACE_MS)) return;
    this.#kill();
    await this.#closed.promise;
  }

  #take(message: FromChild): void {
    switch (message.kind) {
      case 'ready':
        this.#opened.resolve();
        return;
      case 'openFailed':
        this.#opened.reject(fromWire(message.error));
        return;
      case 'events':
      case 'failed':
      case 'stopped':
      case 'stepped':
        this.#progress(message);
    }
  }

  #progress(message: Extract<FromChild, { run: number }>): void {
    const run = this.#run;
    if (run?.number !== message.run) return;
    if (message.kind === 'events') {
      run.batches.push(message.events);
      run.isOver = message.events.at(-1)?.kind === 'done';
    } else {
      if (message.kind === 'failed') run.failure = fromWire(message.error);
      run.isOver = true;
    }
    run.waiting?.resolve();
  }

  #send(message: ToChild): void {
    const input = this.#child.stdin as Writable;
    if (!input.writable) return;
    input.write(encodeFrame(message));
  }

  #kill(): void {
    this.#isUsable = false;
    this.#child.kill('SIGKILL');
  }

  #end(how: string): void {
    this.#isUsable = false;
    const failure = lost(how);
    this.#opened.reject(failure);
    this.#closed.resolve();
    if (!this.#run) return;
    this.#run.failure ??= failure;
    this.#run.isOver = true;
    this.#run.waiting?.resolve();
  }
}

import type { Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type Deferred, deferred } from '../../../lib/deferred.ts';
import type { SqlCommand } from '../../driver.ts';
import { SqlError } from '../../sql-error.ts';
import { encodeFrame, FrameReader } from './message-frames.ts';
import { CREDIT_MESSAGES, type FromChild, type ToChild, type WireError } from './messages.ts';
import { openSession } from './open-session.ts';
import { inBatches } from './result-batches.ts';
import type { SqliteSession } from './session.ts';

type ExecuteMessage = Extract<ToChild, { kind: 'execute' }>;

/** An execution that is under way, or about to be. */
interface Run {
  readonly number: number;
  readonly isReadOnly: boolean;
  creditMessages: number;
  isStopped: boolean;
  /** Set while the run waits for credit. */
  waiting: Deferred<void> | undefined;
}

function wireError(error: unknown): WireError {
  if (error instanceof SqlError) {
    const { kind, errorType, errorCode, message, constraint } = error;
    return { kind, errorType, errorCode, message, constraint };
  }
  const message = `The database engine failed unexpectedly: ${(error as Error).message}`;
  return {
    kind: 'statement',
    errorType: 'haloLink',
    errorCode: 1000,
    message,
    constraint: undefined,
  };
}

/** One connection's process: answers the driver's messages until the driver closes the input. */
class ConnectionServer {
  readonly #output: Writable;
  #session: SqliteSession | undefined;
  #isReadOnly = false;
  readonly #runs = new Map<number, Run>();
  /** The next command often arrives before this one has seen its own last message off. */
  #previous: Promise<void> = Promise.resolve();

  constructor(output: Writable) {
    this.#output = output;
  }

  async take(message: ToChild): Promise<void> {
    switch (message.kind) {
      case 'open':
        try {
          this.#session = openSession(message.options);
          await this.#send({ kind: 'ready' });
        } catch (error) {
          await this.#send({ kind: 'openFailed', error: wireError(error) });
        }
        break;
      case 'execute':
        await this.#enqueue(message);
        break;
      case 'transaction':
        this.#previous = this.#previous.then(() => this.#step(message));
        await this.#previous;
        break;
      case 'more':
      case 'stop':
        this.#steer(message);
        break;
    }
  }

  close(): void {
    this.#session?.close();
  }

  #steer({ kind, run: number }: ToChild & { kind: 'more' | 'stop' }): void {
    const run = this.#runs.get(number);
    if (!run) return;
    if (kind === 'more') run.creditMessages += 1;
    else run.isStopped = true;
    run.waiting?.resolve();
    run.waiting = undefined;
  }

  async #enqueue({ run: number, command, isReadOnly }: ExecuteMessage): Promise<void> {
    const run: Run = {
      number,
      isReadOnly,
      creditMessages: CREDIT_MESSAGES,
      isStopped: false,
      waiting: undefined,
    };
    this.#runs.set(number, run);
    this.#previous = this.#previous.then(() => this.#execute(run, command));
    await this.#previous;
  }

  async #step({ run, step }: ToChild & { kind: 'transaction' }): Promise<void> {
    try {
      this.#setReadOnly(false);
      (this.#session as SqliteSession).step(step);
      await this.#send({ kind: 'stepped', run });
    } catch (error) {
      await this.#send({ kind: 'failed', run, error: wireError(error) });
    }
  }

  async #execute(run: Run, command: SqlCommand): Promise<void> {
    const { number } = run;
    try {
      const session = this.#session as SqliteSession;
      this.#setReadOnly(run.isReadOnly);
      for (const events of inBatches(session.run(command))) {
        while (run.creditMessages === 0 && !run.isStopped) {
          run.waiting = deferred();
          await run.waiting.promise;
        }
        if (run.isStopped) break;
        run.creditMessages -= 1;
        await this.#send({ kind: 'events', run: number, events });
        // Lets a `stop` in between two batches.
        await setImmediate();
      }
      if (run.isStopped) await this.#send({ kind: 'stopped', run: number });
    } catch (error) {
      await this.#send({ kind: 'failed', run: number, error: wireError(error) });
    } finally {
      this.#runs.delete(number);
    }
  }

  #setReadOnly(isReadOnly: boolean): void {
    if (isReadOnly !== this.#isReadOnly) this.#session?.setReadOnly(isReadOnly);
    this.#isReadOnly = isReadOnly;
  }

  async #send(message: FromChild): Promise<void> {
    if (this.#output.write(encodeFrame(message))) return;
    await new Promise((resolve) => this.#output.once('drain', resolve));
  }
}

/**
 * Serves one database connection over a pair of streams: the body of the process that {@link createSqliteDriver}
 * starts. Returns when the input ends.
 */
export async function serveConnection(input: Readable, output: Writable): Promise<void> {
  const reader = new FrameReader();
  const server = new ConnectionServer(output);
  const failed = deferred<never>();
  input.on('data', (chunk: Buffer) => {
    for (const message of reader.read(chunk)) {
      server.take(message as ToChild).catch(failed.reject);
    }
  });
  const ended = new Promise<void>((resolve) => input.once('close', resolve));
  try {
    await Promise.race([ended, failed.promise]);
  } finally {
    server.close();
  }
}

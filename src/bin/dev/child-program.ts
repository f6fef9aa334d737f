import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deferred } from '../../lib/deferred.ts';
import { PROGRAM_FILES } from '../program-files.ts';

const FORCED_END_MS = 2_300;

/** A smaller young generation: extractions would otherwise let it grow, and with it the memory of the process. */
const NODE_FLAGS = ['--max-semi-space-size=8'];

export interface ChildOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its structured log goes into a file here; what it says on stderr is shown. */
  readonly logDir: string;
}

/** One of the processes that dev mode supervises. */
export class ChildProgram {
  readonly #process: ChildProcess;
  readonly #ended = deferred<void>();
  readonly #message = deferred<unknown>();
  #stderr = '';

  constructor({ name, args, env, logDir }: ChildOptions) {
    mkdirSync(logDir, { recursive: true, mode: 0o700 });
    const log = openSync(join(logDir, `${name}.log`), 'a', 0o600);
    this.#process = spawn(process.execPath, [...NODE_FLAGS, PROGRAM_FILES.parhelion, ...args], {
      env,
      stdio: ['ignore', log, 'pipe', 'ipc'],
      cwd: dirname(logDir),
    });
    closeSync(log);
    this.#message.promise.catch(() => {});
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-2_000);
    });
    this.#process.once('message', (message) => this.#message.resolve(message));
    const ended = () => {
      this.#ended.resolve();
      this.#message.reject(new Error(this.lastWords || `The ${name} ended at once.`));
    };
    this.#process.once('error', ended);
    this.#process.once('close', ended);
  }

  /** Resolves when the process has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** The first thing it reports. @throws Error with its last words when it ends before that */
  get firstMessage(): Promise<unknown> {
    return this.#message.promise;
  }

  /** What it last said on stderr. */
  get lastWords(): string {
    return this.#stderr.trim();
  }

  /** Asks it to end, and ends it by force when it does not. */
  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    const force = setTimeout(() => this.#process.kill('SIGKILL'), FORCED_END_MS);
    await this.ended;
    clearTimeout(force);
  }
}

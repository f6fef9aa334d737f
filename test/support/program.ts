import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { metricsOf, requireNoLeaks } from './leaks.ts';
import { PATIENCE_MS, until } from './until.ts';

const ENTRY = fileURLToPath(new URL('../../dist/bin/parhelion.js', import.meta.url));

export type Env = Readonly<Record<string, string>>;

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Starts a script of Node with its standard streams, and a channel that tells it when its starter is gone. */
function spawnScript(script: string, args: readonly string[], env: Env, input?: string) {
  return spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'ipc'],
  });
}

/** `parhelion …`, or another script, as a process of its own. It ends with the test that started it, whatever happens to that. */
export class Program implements AsyncDisposable {
  readonly pid: number;
  readonly exit: Promise<Exit>;
  stdout = '';
  stderr = '';
  hasEnded = false;
  readonly #process: ChildProcess;
  readonly #args: readonly string[];

  /** @param input what is piped into it; left out, it has no standard input */
  constructor(args: readonly string[], env: Env, input?: string, script: string = ENTRY) {
    this.#args = args;
    this.#process = spawnScript(script, args, env, input);
    // It may end before it has read everything.
    this.#process.stdin?.on('error', () => {});
    this.#process.stdin?.end(input);
    this.pid = this.#process.pid ?? 0;
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.exit = new Promise((resolve) => {
      this.#process.once('close', (code, signal) => {
        this.hasEnded = true;
        resolve({ code, signal });
      });
    });
  }

  /** Everything it said: its log and its last words. */
  get output(): string {
    return this.stdout + this.stderr;
  }

  /** The lines of its structured log. */
  get log(): Record<string, unknown>[] {
    return this.stdout
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** A line of its log that fits. @throws Error when it ends before, or says nothing of the kind */
  logged(
    what: string,
    fits: (line: Record<string, unknown>) => boolean,
    deadlineMs = PATIENCE_MS,
  ): Promise<Record<string, unknown>> {
    return until(
      what,
      () => {
        const line = this.log.find(fits);
        if (!line && this.hasEnded) throw new Error(`It ended: ${this.output.slice(-2000)}`);
        return line;
      },
      deadlineMs,
    );
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /**
   * Asks it to end, and ends it by force when it does not.
   *
   * @throws Error when it has said something of a practice's data, or a secret
   */
  async stop(): Promise<Exit> {
    const metrics = this.hasEnded ? '' : await metricsOf(this.#args, this.output);
    this.kill('SIGTERM');
    const force = setTimeout(() => this.kill('SIGKILL'), 10_000);
    const exit = await this.exit;
    clearTimeout(force);
    requireNoLeaks(this.#args, this.output + metrics);
    return exit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Runs a command to its end. @throws Error with its words when it fails */
export async function runCommand(args: readonly string[], env: Env): Promise<string> {
  const program = new Program(args, env);
  const { code } = await program.exit;
  if (code !== 0) throw new Error(`parhelion ${args.join(' ')} failed: ${program.output}`);
  return program.stdout;
}

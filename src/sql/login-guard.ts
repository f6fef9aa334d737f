import { orAborted } from '../lib/waiting.ts';
import {
  type ConnectionProblemKind,
  diagnoseTransport,
  PROBLEM_SCOPES,
  type ProblemScope,
} from './connection-problem.ts';
import type { Connection, ConnectOptions, Driver, EngineName } from './driver.ts';
import { SqlError } from './sql-error.ts';

/** Pauses between attempts that fail: the first, doubled each time, up to the cap. */
interface Pauses {
  readonly baseMs: number;
  readonly capMs: number;
}

const MINUTE_MS = 60_000;

/** Wrong passwords lock logins, often at the fifth within ten minutes: these pauses allow four. */
const LOGIN_PAUSES: Pauses = { baseMs: MINUTE_MS, capMs: 15 * MINUTE_MS };
const OTHER_PAUSES: Pauses = { baseMs: 250, capMs: 30_000 };

/** A failed attempt to connect. */
export interface ConnectFailure {
  readonly problem: ConnectionProblemKind;
  readonly error: SqlError;
  /** Until then attempts of the same scope fail at once, with the same error. */
  readonly pauseMs: number;
}

/** What a {@link LoginGuard} is made of. */
export interface LoginGuardOptions {
  readonly driver: Driver;
  /** The engine's own reading of an error. */
  readonly diagnose: (error: SqlError) => ConnectionProblemKind | undefined;
  readonly onFailure?: (failure: ConnectFailure) => void;
  /** The first connection after a failure. */
  readonly onRecovery?: () => void;
  /** Milliseconds that never go back; default the process's own. */
  readonly clock?: () => number;
}

interface Block {
  readonly error: SqlError;
  readonly failures: number;
  readonly untilMs: number;
}

/**
 * A driver that does not try again at once what has just failed. Whoever asks in between gets the last answer of the
 * database at once: a wrong password neither locks the login nor keeps callers waiting. A login that has not been
 * proved is tried by one connection alone.
 */
export class LoginGuard implements Driver {
  readonly engine: EngineName;
  readonly #options: LoginGuardOptions;
  readonly #clock: () => number;
  readonly #blocks = new Map<string, Block>();
  readonly #proved = new Set<string | undefined>();
  readonly #probes = new Map<string | undefined, Promise<unknown>>();

  constructor(options: LoginGuardOptions) {
    this.engine = options.driver.engine;
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
  }

  async connect(options: ConnectOptions): Promise<Connection> {
    const { login, signal } = options;
    for (;;) {
      this.#throwIfBlocked(options);
      if (this.#proved.has(login)) return this.#attempt(options);
      const probe = this.#probes.get(login);
      if (!probe) return this.#probe(options);
      await orAborted(probe, signal).catch(() => {});
      if (signal.aborted) return this.#attempt(options);
    }
  }

  async #probe(options: ConnectOptions): Promise<Connection> {
    const attempt = this.#attempt(options);
    this.#probes.set(options.login, attempt);
    try {
      return await attempt;
    } finally {
      this.#probes.delete(options.login);
    }
  }

  async #attempt(options: ConnectOptions): Promise<Connection> {
    try {
      const connection = await this.#options.driver.connect(options);
      this.#succeeded(options);
      return connection;
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'connection') this.#failed(options, error);
      throw error;
    }
  }

  #throwIfBlocked(options: ConnectOptions): void {
    for (const scope of ['server', 'login', 'catalogue'] as const) {
      const block = this.#blocks.get(keyOf(scope, options));
      if (block && this.#clock() < block.untilMs) throw block.error;
    }
  }

  #succeeded(options: ConnectOptions): void {
    this.#proved.add(options.login);
    const keys = (['server', 'login', 'catalogue'] as const).map((scope) => keyOf(scope, options));
    const wasBlocked = keys.map((key) => this.#blocks.delete(key)).includes(true);
    if (wasBlocked) this.#options.onRecovery?.();
  }

  #failed(options: ConnectOptions, error: SqlError): void {
    const problem = this.#options.diagnose(error) ?? diagnoseTransport(error) ?? 'unknown';
    const scope = PROBLEM_SCOPES[problem];
    if (scope === 'server') this.#proved.clear();
    else if (scope === 'login') this.#proved.delete(options.login);
    // The server asks for the password before it looks for the database.
    else if (problem !== 'unknown') this.#proved.add(options.login);
    const key = keyOf(scope, options);
    const last = this.#blocks.get(key);
    // Attempts that ran side by side fail together and count once.
    if (last && this.#clock() < last.untilMs) return;
    const failures = (last?.failures ?? 0) + 1;
    const { baseMs, capMs } = scope === 'login' ? LOGIN_PAUSES : OTHER_PAUSES;
    const pauseMs = Math.min(capMs, baseMs * 2 ** (failures - 1));
    this.#blocks.set(key, { error, failures, untilMs: this.#clock() + pauseMs });
    this.#options.onFailure?.({ problem, error, pauseMs });
  }
}

function keyOf(scope: ProblemScope, { login, catalogue }: ConnectOptions): string {
  if (scope === 'server') return scope;
  const parts = scope === 'login' ? [login] : [login, catalogue];
  return JSON.stringify([scope, ...parts.map((part) => part ?? null)]);
}

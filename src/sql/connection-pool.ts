import { type Deferred, deferred } from '../lib/deferred.ts';
import type { Connection, Driver } from './driver.ts';
import { SqlError } from './sql-error.ts';

/** Immediate queries go ahead of background work (async and registered queries). */
export type Lane = 'immediate' | 'background';

const LANES: readonly Lane[] = ['immediate', 'background'];

/** Limits of a pool. */
export interface ConnectionPoolOptions {
  readonly driver: Driver;
  /** Connections that may exist at one time. */
  readonly maxConnections: number;
  /** Connections of the maximum that background work never gets; default 1. */
  readonly reservedForImmediate?: number;
  /** Name of the catalogue that `acquire` means when it names none. */
  readonly defaultCatalogue?: string;
  /** Idle connections to the default catalogue that are kept ready; default 1. */
  readonly minIdle?: number;
  /** How long a connection beyond `minIdle` may lie idle; default 60,000. */
  readonly idleTimeoutMs?: number;
  /** Pause after a failed opening before connections are opened that nobody waits for; default 5,000. */
  readonly reopenAfterMs?: number;
}

/** What a caller wants of the pool. */
export interface AcquireOptions {
  readonly lane: Lane;
  /** Left out, the default one. */
  readonly catalogue?: string;
  /** Whose credentials the connection has; left out, the default ones. */
  readonly login?: string;
  readonly signal: AbortSignal;
}

/** A connection on loan. Disposal gives it back; one that is no longer usable is replaced. */
export interface Lease extends AsyncDisposable {
  readonly connection: Connection;
}

/** Counts of a pool at one moment. */
export interface PoolCounts {
  readonly idle: number;
  readonly leased: number;
  readonly opening: number;
  readonly waiting: number;
}

/** What a connection is good for: a login and a catalogue. Each pair is one object; the default pair is `undefined`. */
type Target = Pick<AcquireOptions, 'login' | 'catalogue'> | undefined;

interface Waiter {
  readonly lane: Lane;
  readonly target: Target;
  readonly lease: Deferred<Lease>;
}

interface Idle {
  readonly connection: Connection;
  readonly target: Target;
  readonly timer: NodeJS.Timeout;
}

/** A bounded set of connections shared by the lanes: first come, first served within each. */
export class ConnectionPool implements AsyncDisposable {
  readonly #driver: Driver;
  readonly #maxConnections: number;
  readonly #maxBackground: number;
  readonly #defaultCatalogue: string | undefined;
  readonly #minIdle: number;
  readonly #idleTimeoutMs: number;
  readonly #reopenAfterMs: number;
  readonly #targets = new Map<string, NonNullable<Target>>();
  #reopening: NodeJS.Timeout | undefined;
  readonly #waiters: Record<Lane, Waiter[]> = { immediate: [], background: [] };
  readonly #leased = new Map<Connection, Lane>();
  readonly #closing = new Set<Promise<void>>();
  readonly #opening = new Map<Promise<void>, Target>();
  readonly #shutdown = new AbortController();
  #idle: Idle[] = [];

  constructor(options: ConnectionPoolOptions) {
    const { driver, maxConnections, reservedForImmediate = 1 } = options;
    if (maxConnections <= reservedForImmediate) {
      throw new RangeError('maxConnections must exceed reservedForImmediate');
    }
    this.#driver = driver;
    this.#maxConnections = maxConnections;
    this.#maxBackground = maxConnections - reservedForImmediate;
    this.#defaultCatalogue = options.defaultCatalogue;
    this.#minIdle = options.minIdle ?? 1;
    this.#idleTimeoutMs = options.idleTimeoutMs ?? 60_000;
    this.#reopenAfterMs = options.reopenAfterMs ?? 5_000;
    this.#dispatch();
  }

  get counts(): PoolCounts {
    return {
      idle: this.#idle.length,
      leased: this.#leased.size,
      opening: this.#opening.size,
      waiting: this.#waiters.immediate.length + this.#waiters.background.length,
    };
  }

  /** Waits for a connection. @throws SqlError `cancelled` by the signal, `connection` when none can be opened */
  async acquire(options: AcquireOptions): Promise<Lease> {
    const { lane, signal } = options;
    if (this.#shutdown.signal.aborted) throw closed();
    if (signal.aborted) throw givenUp(signal);
    const waiter: Waiter = { lane, target: this.#targetOf(options), lease: deferred() };
    this.#waiters[lane].push(waiter);
    const onAbort = (): void => {
      if (this.#forget(waiter)) waiter.lease.reject(givenUp(signal));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#dispatch();
    try {
      return await waiter.lease.promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Ends every connection, those on loan too, and refuses who waits. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#shutdown.abort();
    clearTimeout(this.#reopening);
    for (const lane of LANES) {
      for (const waiter of this.#waiters[lane].splice(0)) waiter.lease.reject(closed());
    }
    for (const idle of this.#idle.splice(0)) this.#close(idle);
    for (const connection of this.#leased.keys()) this.#dispose(connection);
    while (this.#opening.size > 0 || this.#closing.size > 0) {
      await Promise.all([...this.#opening.keys(), ...this.#closing]);
    }
  }

  #targetOf({ login, catalogue: name }: AcquireOptions): Target {
    const catalogue = name === this.#defaultCatalogue ? undefined : name;
    if (login === undefined && catalogue === undefined) return undefined;
    const key = JSON.stringify([login ?? null, catalogue ?? null]);
    const target = this.#targets.get(key) ?? {
      ...(login !== undefined && { login }),
      ...(catalogue !== undefined && { catalogue }),
    };
    this.#targets.set(key, target);
    return target;
  }

  get #total(): number {
    return this.#idle.length + this.#leased.size + this.#opening.size + this.#closing.size;
  }

  /**
   * Serves whoever can be served, then opens what the others need. A waiter that is not served claims a connection, so
   * that nobody who came later in its lane takes its place.
   */
  #dispatch(keepWarm = true): void {
    if (this.#shutdown.signal.aborted) return;
    this.#dropDead();
    const claims = new Map<Target, number>();
    let background = [...this.#leased.values()].filter((lane) => lane === 'background').length;
    for (const lane of LANES) {
      for (const waiter of this.#waiters[lane].slice()) {
        if (lane === 'background' && background >= this.#maxBackground) break;
        if (lane === 'background') background += 1;
        if (this.#serve(waiter, claims.get(waiter.target) ?? 0)) continue;
        claims.set(waiter.target, (claims.get(waiter.target) ?? 0) + 1);
      }
    }
    for (const [target, claimed] of claims) this.#openFor(target, claimed);
    if (keepWarm) this.#keepWarm(claims.get(undefined) ?? 0);
  }

  #keepWarm(claimed: number): void {
    while (this.#ready(undefined) < this.#minIdle + claimed && this.#total < this.#maxConnections) {
      this.#open(undefined);
    }
  }

  /** Idle connections to a target and those that are about to be. */
  #ready(target: Target): number {
    const idle = this.#idle.filter((entry) => entry.target === target).length;
    return idle + this.#openingTo(target);
  }

  #openingTo(target: Target): number {
    return [...this.#opening.values()].filter((other) => other === target).length;
  }

  #serve(waiter: Waiter, claimedBefore: number): boolean {
    if (claimedBefore > 0) return false;
    // The one used last: its process is warm, and the others can go idle for good.
    const index = this.#idle.findLastIndex(({ target }) => target === waiter.target);
    const [found] = index < 0 ? [] : this.#idle.splice(index, 1);
    if (!found) return false;
    clearTimeout(found.timer);
    this.#forget(waiter);
    this.#leased.set(found.connection, waiter.lane);
    waiter.lease.resolve(this.#lease(found.connection, waiter.target));
    return true;
  }

  /** Opens up to `claimed` connections to a target; idle ones to others make room. */
  #openFor(target: Target, claimed: number): void {
    // What is closing makes room too: its end dispatches again.
    let closingSoon = this.#closing.size;
    for (let missing = claimed - this.#openingTo(target); missing > 0; missing -= 1) {
      if (this.#total < this.#maxConnections) {
        this.#open(target);
      } else if (closingSoon > 0) {
        closingSoon -= 1;
      } else {
        const victim = this.#idle.shift();
        if (!victim) return;
        this.#close(victim);
      }
    }
  }

  #open(target: Target): void {
    const open = async (): Promise<void> => {
      const connecting = this.#driver.connect({ ...target, signal: this.#shutdown.signal });
      try {
        const connection = await connecting;
        this.#opening.delete(opening);
        this.#putBack(connection, target);
      } catch (error) {
        this.#opening.delete(opening);
        this.#fail(target, error);
      }
    };
    const opening = open();
    this.#opening.set(opening, target);
  }

  /** One failed opening fails the one who has waited longest for it; the others get their own attempt. */
  #fail(target: Target, error: unknown): void {
    const waiter = LANES.flatMap((lane) => this.#waiters[lane]).find(
      (candidate) => candidate.target === target,
    );
    if (waiter) {
      this.#forget(waiter);
      waiter.lease.reject(error);
    }
    this.#reopenLater();
    this.#dispatch(false);
  }

  #reopenLater(): void {
    if (this.#reopening || this.#shutdown.signal.aborted) return;
    this.#reopening = setTimeout(() => {
      this.#reopening = undefined;
      this.#dispatch();
    }, this.#reopenAfterMs).unref();
  }

  #lease(connection: Connection, target: Target): Lease {
    let isReturned = false;
    return {
      connection,
      [Symbol.asyncDispose]: async () => {
        if (isReturned) return;
        isReturned = true;
        this.#leased.delete(connection);
        this.#putBack(connection, target);
      },
    };
  }

  #putBack(connection: Connection, target: Target): void {
    // A transaction that nobody ends holds its locks: only the end of the session surely frees them.
    const isReusable = connection.isUsable && !connection.isInTransaction;
    if (this.#shutdown.signal.aborted || !isReusable) {
      this.#dispose(connection);
      return this.#dispatch();
    }
    const timer = setTimeout(() => this.#expire(connection), this.#idleTimeoutMs);
    timer.unref();
    this.#idle.push({ connection, target, timer });
    this.#dispatch();
  }

  #expire(connection: Connection): void {
    const idle = this.#idle.find((entry) => entry.connection === connection);
    if (!idle) return;
    const isKept = idle.target === undefined && this.#ready(undefined) <= this.#minIdle;
    if (isKept) {
      idle.timer.refresh();
      return;
    }
    this.#idle = this.#idle.filter((entry) => entry !== idle);
    this.#close(idle);
  }

  #dropDead(): void {
    const dead = this.#idle.filter(({ connection }) => !connection.isUsable);
    this.#idle = this.#idle.filter(({ connection }) => connection.isUsable);
    for (const idle of dead) this.#close(idle);
  }

  #close({ connection, timer }: Idle): void {
    clearTimeout(timer);
    this.#dispose(connection);
  }

  /** A connection counts until it has ended, so that there are never more than the maximum. */
  #dispose(connection: Connection): void {
    const end = async (): Promise<void> => {
      try {
        await connection[Symbol.asyncDispose]();
      } catch {
        // It is gone either way, and whoever used it has had its own error.
      }
      this.#closing.delete(closing);
      this.#dispatch();
    };
    const closing = end();
    this.#closing.add(closing);
  }

  #forget(waiter: Waiter): boolean {
    const queue = this.#waiters[waiter.lane];
    const index = queue.indexOf(waiter);
    if (index >= 0) queue.splice(index, 1);
    return index >= 0;
  }
}

function closed(): SqlError {
  return new SqlError(
    'connection',
    'haloLink',
    1004,
    'The connections to the database are closed.',
  );
}

function givenUp(signal: AbortSignal): SqlError {
  const message = 'The wait for a connection was given up.';
  return new SqlError('cancelled', 'haloLink', 1000, message, { cause: signal.reason });
}

/** Makes a {@link ConnectionPool} and begins to open its first connection. */
export function createConnectionPool(options: ConnectionPoolOptions): ConnectionPool {
  return new ConnectionPool(options);
}

import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ConnectionPoolOptions, createConnectionPool, type Lane } from './connection-pool.ts';
import type { Connection, Driver } from './driver.ts';
import type { ChildConnection } from './drivers/sqlite/child-connection.ts';
import {
  rowsOf,
  type TemporaryCatalogues,
  temporaryCatalogues,
  textCommand,
} from './drivers/sqlite/testing/temporary-catalogues.ts';
import type { SqlError } from './sql-error.ts';

const { signal } = new AbortController();
const COUNT_FOREVER =
  'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r';

let catalogues: TemporaryCatalogues;
beforeEach(() => {
  catalogues = temporaryCatalogues({ Clinic: 'CREATE TABLE t(a)', Images: '', Archive: '' });
});
afterEach(() => catalogues[Symbol.dispose]());

/** The real driver, which also counts how many connections exist at one time. */
function countingDriver(): Driver & { readonly open: Set<Connection>; most: number } {
  const open = new Set<Connection>();
  const driver = {
    engine: 'sqlite' as const,
    open,
    most: 0,
    async connect(options: Parameters<Driver['connect']>[0]) {
      const connection = await catalogues.driver.connect(options);
      open.add(connection);
      driver.most = Math.max(driver.most, open.size);
      const dispose = connection[Symbol.asyncDispose].bind(connection);
      connection[Symbol.asyncDispose] = async () => {
        await dispose();
        open.delete(connection);
      };
      return connection;
    },
  };
  return driver;
}

function makePool(options: Partial<ConnectionPoolOptions> = {}) {
  const driver = countingDriver();
  const pool = createConnectionPool({
    driver,
    maxConnections: 3,
    defaultCatalogue: 'Clinic',
    ...options,
  });
  return { pool, driver, [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose]() };
}

const byText = (a: string, b: string): number => a.localeCompare(b);

function pidOf(connection: Connection): number {
  return (connection as ChildConnection).pid as number;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a pool', () => {
  it('lends a connection and lends it again', async () => {
    await using made = makePool({ minIdle: 0 });
    const { pool } = made;
    const first = await pool.acquire({ lane: 'immediate', signal });
    await expect(rowsOf(first.connection, 'SELECT 1')).resolves.toEqual([[1]]);
    await first[Symbol.asyncDispose]();
    await first[Symbol.asyncDispose]();
    const second = await pool.acquire({ lane: 'background', catalogue: 'Clinic', signal });
    expect(second.connection).toBe(first.connection);
    expect(pool.counts).toEqual({ idle: 0, leased: 1, opening: 0, waiting: 0 });
  });

  it('keeps a connection for the immediate lane', async () => {
    await using made = makePool();
    const { pool } = made;
    const background = [
      await pool.acquire({ lane: 'background', signal }),
      await pool.acquire({ lane: 'background', signal }),
    ];
    const third = pool.acquire({ lane: 'background', signal });
    await using immediate = await pool.acquire({ lane: 'immediate', signal });
    await expect(rowsOf(immediate.connection, 'SELECT 1')).resolves.toEqual([[1]]);
    expect(pool.counts.waiting).toBe(1);
    await background[0]?.[Symbol.asyncDispose]();
    await expect(third).resolves.toMatchObject({ connection: background[0]?.connection });
  });

  it('serves each lane in the order of asking, the immediate one first', async () => {
    await using made = makePool({ maxConnections: 2 });
    const { pool } = made;
    const held = [
      await pool.acquire({ lane: 'immediate', signal }),
      await pool.acquire({ lane: 'immediate', signal }),
    ];
    const order: string[] = [];
    const asked = (['background', 'background', 'immediate', 'immediate'] as Lane[]).map(
      async (lane, index) => {
        await using lease = await pool.acquire({ lane, signal });
        order.push(`${lane} ${index} ${lease.connection.isUsable}`);
      },
    );
    await held[0]?.[Symbol.asyncDispose]();
    await Promise.all(asked);
    expect(order).toEqual([
      'immediate 2 true',
      'immediate 3 true',
      'background 0 true',
      'background 1 true',
    ]);
  });

  it('has one ready after a cancel, and replaces the one that is gone', async () => {
    await using made = makePool();
    const { pool } = made;
    const lease = await pool.acquire({ lane: 'immediate', signal });
    const pid = pidOf(lease.connection);
    await vi.waitFor(() => expect(pool.counts.idle).toBe(1));
    const abort = new AbortController();
    const running = lease.connection.execute(textCommand(COUNT_FOREVER), abort);
    const next = running[Symbol.asyncIterator]().next();
    abort.abort();
    await expect(next).rejects.toMatchObject({ kind: 'cancelled' });
    await lease[Symbol.asyncDispose]();
    expect(pool.counts.idle).toBe(1);
    await using after = await pool.acquire({ lane: 'immediate', signal });
    expect(pidOf(after.connection)).not.toBe(pid);
    expect(isAlive(pid)).toBe(false);
    await vi.waitFor(() => expect(pool.counts).toMatchObject({ idle: 1, leased: 1 }));
  });

  it('notices that an idle one has died', async () => {
    await using made = makePool({ minIdle: 0 });
    const { pool } = made;
    const lease = await pool.acquire({ lane: 'immediate', signal });
    await lease[Symbol.asyncDispose]();
    process.kill(pidOf(lease.connection), 'SIGKILL');
    await vi.waitFor(() => expect(lease.connection.isUsable).toBe(false));
    await using next = await pool.acquire({ lane: 'immediate', signal });
    await expect(rowsOf(next.connection, 'SELECT 1')).resolves.toEqual([[1]]);
  });

  it('makes room for another catalogue by ending an idle connection', async () => {
    await using made = makePool({ maxConnections: 2 });
    const { pool, driver } = made;
    for (const catalogue of ['Images', 'Archive', 'Clinic', 'Images']) {
      await using lease = await pool.acquire({ lane: 'background', catalogue, signal });
      const [row] = await rowsOf(lease.connection, 'SELECT file FROM pragma_database_list');
      expect(row).toEqual([expect.stringContaining(`${catalogue}.db`)]);
    }
    expect(driver.most).toBeLessThanOrEqual(2);
  });

  it('ends idle connections in time, but the one that is kept ready', async () => {
    await using made = makePool({ maxConnections: 4, idleTimeoutMs: 50 });
    const { pool } = made;
    const leases = [
      await pool.acquire({ lane: 'immediate', signal }),
      await pool.acquire({ lane: 'immediate', signal }),
      await pool.acquire({ lane: 'immediate', catalogue: 'Images', signal }),
    ];
    for (const lease of leases) await lease[Symbol.asyncDispose]();
    await vi.waitFor(() =>
      expect(pool.counts).toEqual({ idle: 1, leased: 0, opening: 0, waiting: 0 }),
    );
  });

  it('lets a waiter give up without losing a connection', async () => {
    await using made = makePool({ maxConnections: 2, minIdle: 0 });
    const { pool } = made;
    const held = await pool.acquire({ lane: 'background', signal });
    const abort = new AbortController();
    const waiting = pool.acquire({ lane: 'background', signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'SqlError', kind: 'cancelled' });
    await held[Symbol.asyncDispose]();
    await using next = await pool.acquire({ lane: 'background', signal });
    expect(next.connection).toBe(held.connection);
  });

  it('passes on why no connection can be opened, to each who asks', async () => {
    await using made = makePool();
    const { pool } = made;
    const asked = [1, 2, 3, 4].map(() =>
      pool.acquire({ lane: 'immediate', catalogue: 'Nowhere', signal }),
    );
    for (const one of asked) {
      await expect(one).rejects.toMatchObject({ kind: 'connection', errorCode: 4060 });
    }
    await using lease = await pool.acquire({ lane: 'immediate', signal });
    await expect(rowsOf(lease.connection, 'SELECT 1')).resolves.toEqual([[1]]);
  });

  it('ends everything at disposal, also what runs, waits or opens', async () => {
    const { pool, driver } = makePool();
    const lease = await pool.acquire({ lane: 'background', signal });
    const running = rowsOf(lease.connection, COUNT_FOREVER);
    const others = [1, 2, 3].map(() => pool.acquire({ lane: 'background', signal }));
    const failures = Promise.allSettled([running, ...others]);
    await pool[Symbol.asyncDispose]();
    const outcomes = await failures;
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(2);
    expect(driver.open.size).toBe(0);
    await expect(pool.acquire({ lane: 'immediate', signal })).rejects.toMatchObject({
      kind: 'connection',
    });
  });

  it('needs room for background work', () => {
    expect(() => makePool({ maxConnections: 1 })).toThrow('maxConnections must exceed');
  });
});

it('never exceeds its maximum and never loses a waiter, whatever comes', async () => {
  const step = fc.record({
    lane: fc.constantFrom<Lane>('immediate', 'background'),
    catalogue: fc.constantFrom('Clinic', 'Images', 'Archive'),
    ending: fc.constantFrom('return', 'kill', 'give up'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { pool, driver } = makePool({ maxConnections: 3 });
      const outcomes: unknown[] = [];
      await Promise.all(
        steps.map(async ({ lane, catalogue, ending }) => {
          const abort = new AbortController();
          const asked = pool.acquire({ lane, catalogue, signal: abort.signal });
          if (ending === 'give up') abort.abort();
          const lease = await asked.catch((error: unknown) => (error as SqlError).kind);
          if (typeof lease === 'string') return outcomes.push(lease);
          outcomes.push(await rowsOf(lease.connection, 'SELECT 1'));
          if (ending === 'kill') {
            process.kill(pidOf(lease.connection), 'SIGKILL');
            await vi.waitUntil(() => !lease.connection.isUsable);
          }
          return lease[Symbol.asyncDispose]();
        }),
      );
      const expected = steps.map(({ ending }) => (ending === 'give up' ? 'cancelled' : [[1]]));
      expect(outcomes.map(String).toSorted(byText)).toEqual(expected.map(String).toSorted(byText));
      expect(pool.counts.waiting).toBe(0);
      await pool[Symbol.asyncDispose]();
      expect(driver.open.size).toBe(0);
      expect(driver.most).toBeLessThanOrEqual(3);
    }),
    { numRuns: 12 },
  );
}, 60_000);

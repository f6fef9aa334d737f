import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { untilBusy, untilIdle } from './support/process-tree.ts';
import { queryOf, rowsOf } from './support/query-client.ts';
import { ENDLESS_READ, FOUR_MEGABYTES, SLOW_ROWS } from './support/statements.ts';
import { type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';

const OFFLINE =
  'Site could not be contacted, please try again later or contact a system administrator.';
const WENT_AWAY = 'Site is unreachable.';

const SITE_WAIT_MS = 20_000;

let system: System;
beforeAll(async () => {
  system = await startSystem({
    throughProxy: true,
    gatewayEnv: {
      PARHELION_HEARTBEAT_INTERVAL_MS: '500',
      PARHELION_UNREACHABLE_AFTER_MS: '3000',
      // A busy machine may need longer than the usual five seconds for a new dial.
      PARHELION_SITE_WAIT_MS: String(SITE_WAIT_MS),
    },
  });
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

beforeEach(async () => {
  // A link that lost its line again and again dials more and more rarely: each test gets a fresh one.
  system.link.kill('SIGKILL');
  await system.link.exit;
  system.link = system.startLink();
  await system.untilAnswering();
});

describe('processes that die', { timeout: 120_000 }, () => {
  test.each([
    ['before its rows', { text: ENDLESS_READ }],
    ['in the middle of its rows', SLOW_ROWS],
  ])('the link dies %s: the caller gets 504, and a new link serves', async (_when, command) => {
    const answer = system.queries.run({ command });
    await untilBusy(system.link.pid);
    system.link.kill('SIGKILL');
    await system.link.exit;
    expect((await answer).status).toBe(504);
    expect((await answer).errorMessage).toBe(WENT_AWAY);
    system.link = system.startLink();
    await system.untilAnswering();
  });

  test("a connection's process dies: the query fails with the agent's code, the next one runs", async () => {
    const answer = system.queries.run(ENDLESS_READ);
    const [busy = 0] = await untilBusy(system.link.pid);
    process.kill(busy, 'SIGKILL');
    expect((await answer).status).toBe(400);
    expect(queryOf(await answer).errorDetails).toMatchObject({
      errorType: 'haloLink',
      errorCode: 1004,
    });
    await system.untilAnswering();
  });

  test('the gateway dies: callers see a broken connection; the link finds the new one', async () => {
    const answer = system.queries.run(ENDLESS_READ).catch((error: Error) => error);
    await untilBusy(system.link.pid);
    system.gateway.kill('SIGKILL');
    await system.gateway.exit;
    expect(await answer).toBeInstanceOf(Error);
    await untilIdle(system.link.pid);
    await system.restartGateway();
    await system.untilAnswering();
    expect(await system.availability()).toBe('online');
  });

  test('what was recorded before a crash of the gateway is still there', async () => {
    const query = queryOf(await system.queries.run('SELECT 1 AS n'));
    system.gateway.kill('SIGKILL');
    await system.gateway.exit;
    await system.restartGateway();
    const record = await system.queries.record(query.id);
    expect(record.status).toBe(200);
    expect(record.json).toMatchObject({ id: query.id, status: 'successful' });
    await system.untilAnswering();
  });

  test('a gateway that is asked to stop lets the query in hand finish first', async () => {
    const answer = system.queries.run(
      'SELECT COUNT(*) AS n FROM Patients a, Patients b, Patients c WHERE c.InternalID <= 20',
    );
    await untilBusy(system.link.pid);
    const stopped = system.gateway.stop();
    // Its grace may be over on a slow machine: then the caller is told, and never left waiting.
    expect([200, 504]).toContain((await answer).status);
    expect((await stopped).code).toBe(0);
    await system.restartGateway();
    await system.untilAnswering();
  });
});

describe('lines that fail', { timeout: 120_000 }, () => {
  test('a cut line: a query waits only as long as it may, then 503', async () => {
    system.proxy.cut();
    await until('the gateway has noticed', async () => {
      const command = { text: 'SELECT 1 AS n' };
      const answer = await system.queries.run({ command, maxTimeInQueue: 500 });
      return answer.status === 503 && answer.errorMessage === OFFLINE;
    });
    // Not heard of for a moment is not offline yet.
    expect(['online', 'unreachable']).toContain(await system.availability());
    system.proxy.mend();
    await system.untilAnswering();
  });

  test('a cut line that is back in time: the query that waited is answered', async () => {
    system.proxy.cut();
    const answer = system.queries.run('SELECT 5 AS n');
    await until('a query finds no session', async () => {
      const command = { text: 'SELECT 1' };
      return (await system.queries.run({ command, maxTimeInQueue: 0 })).status === 503;
    });
    system.proxy.mend();
    // What was sent in the moment of the cut went away with the line.
    expect([200, 504]).toContain((await answer).status);
    await system.untilAnswering();
    system.proxy.cut();
    await until('a query finds no session', async () => {
      const command = { text: 'SELECT 1' };
      return (await system.queries.run({ command, maxTimeInQueue: 0 })).status === 503;
    });
    const waiting = system.queries.run('SELECT 6 AS n');
    system.proxy.mend();
    expect(rowsOf(await waiting)).toEqual([{ n: 6 }]);
  });

  test('a line cut in the middle of a query: 504, and the statement stops', async () => {
    const answer = system.queries.run(ENDLESS_READ);
    await untilBusy(system.link.pid);
    system.proxy.cut();
    expect((await answer).status).toBe(504);
    expect((await answer).errorMessage).toBe(WENT_AWAY);
    await untilIdle(system.link.pid);
    system.proxy.mend();
    await system.untilAnswering();
  });

  test('a line on which nothing moves: the query ends with 504, the site is unreachable', async () => {
    system.proxy.stall();
    const answer = await system.queries.run('SELECT 1 AS n');
    expect(answer.status).toBe(504);
    expect(answer.errorMessage).toBe(WENT_AWAY);
    await until('the site counts as unreachable', async () => {
      return (await system.availability()) === 'unreachable';
    });
    const refused = await system.queries.run({
      command: { text: 'SELECT 1' },
      maxTimeInQueue: 100,
    });
    expect(refused.status).toBe(503);
    expect(refused.errorMessage).toBe(OFFLINE);
    // A socket that comes to life again long after it was given up must not disturb the new one.
    system.proxy.mend();
    await system.untilAnswering(60_000);
    expect(await system.availability()).toBe('online');
  });

  test('on a slow line a small query overtakes a large result', async () => {
    system.proxy.setSpeed(1_000_000);
    let isLargeDone = false;
    const large = system.queries.run({ command: FOUR_MEGABYTES }).finally(() => {
      isLargeDone = true;
    });
    await until('the large result is on its way', () => system.proxy.isBusy);
    expect(await system.queries.answers()).toBe(true);
    expect(isLargeDone).toBe(false);
    system.proxy.setSpeed(undefined);
    expect((await large).status).toBe(200);
    expect(rowsOf(await large)).toHaveLength(1000);
  });
});

describe('a link that closes its session', { timeout: 120_000 }, () => {
  test('makes the site offline at once, and queries 503 without waiting', async () => {
    expect(await system.link.stop()).toEqual({ code: 0, signal: null });
    await until('the site is offline', async () => (await system.availability()) === 'offline');
    // Half of what a query would wait for a line that was merely cut.
    const answer = await system.queries.run(
      { command: { text: 'SELECT 1' }, maxTimeInQueue: 60_000 },
      { signal: AbortSignal.timeout(SITE_WAIT_MS / 2) },
    );
    expect(answer.status).toBe(503);
    expect(answer.errorMessage).toBe(OFFLINE);
    system.link = system.startLink();
    await system.untilAnswering();
    expect(await system.availability()).toBe('online');
  });

  test('while a query runs, tells its caller', async () => {
    const answer = system.queries.run(ENDLESS_READ);
    await untilBusy(system.link.pid);
    await system.link.stop();
    expect([400, 504]).toContain((await answer).status);
    system.link = system.startLink();
    await system.untilAnswering();
  });
});

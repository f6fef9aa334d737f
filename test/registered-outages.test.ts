import { afterAll, beforeAll, expect, test } from 'vitest';
import { DisposalStack } from '../src/lib/disposal.ts';
import type { Program } from './support/program.ts';
import { RegisteredClient, runsOf } from './support/registered-client.ts';
import { type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';

/** Another result at each run. */
const CHANGING = 'SELECT SYSDATETIME() AS now';

const stack = new DisposalStack();
let system: System;
let registered: RegisteredClient;

beforeAll(async () => {
  system = stack.use(
    await startSystem({
      gatewayEnv: {
        PARHELION_REGISTERED_MIN_FREQUENCY_S: '1',
        PARHELION_HEARTBEAT_INTERVAL_MS: '200',
        PARHELION_UNREACHABLE_AFTER_MS: '2000',
      },
      linkEnv: { PARHELION_LOG_LEVEL: 'debug' },
    }),
  );
  registered = new RegisteredClient(system.http, system.siteId);
});

afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

/** The number of the last run of a query that a link has logged. */
function lastRun({ log }: Program, id: string): number {
  const runs = log.filter(({ queryId, runNumber }) => queryId === id && runNumber !== undefined);
  return Number(runs.at(-1)?.['runNumber'] ?? 0);
}

async function stopLink(): Promise<void> {
  await system.link.stop();
  await until('the site is offline', async () => (await system.availability()) === 'offline');
}

async function startLink(): Promise<void> {
  system.link = system.startLink();
  await system.untilAnswering();
}

test('runs go on while the gateway is dead, and it catches up when it is back', async () => {
  const id = await registered.create(CHANGING);
  const before = await registered.untilRuns(id, 1);
  system.gateway.kill('SIGKILL');
  await system.gateway.exit;
  const runs = lastRun(system.link, id);
  await until('more runs', () => lastRun(system.link, id) >= runs + 3);
  await system.restartGateway();
  const after = await registered.untilRuns(id, runs + 3);
  expect(after.lastHash).not.toBe(before.lastHash);
  expect(after.metrics.executionFailedCount).toBe(0);
  await registered.cancel(id);
});

test('a link that was killed goes on by itself, and counts no run twice', async () => {
  const id = await registered.create(CHANGING);
  const writing = await registered.create('UPDATE Patients SET City = City WHERE InternalID = 2');
  await registered.untilRuns(id, 2);
  system.link.kill('SIGKILL');
  await system.link.exit;
  await startLink();
  const { metrics } = await registered.get(id);
  const query = await registered.untilRuns(id, metrics.executionSucceededCount + 3);
  const dueUntilNow = Math.floor((Date.now() - Date.parse(query.createdAt)) / 1000) + 1;
  expect(runsOf(query)).toBeLessThanOrEqual(dueUntilNow);
  const written = await registered.untilRuns(writing, 3);
  expect(written.metrics.executionFailedCount).toBeLessThanOrEqual(1);
  await registered.cancel(id);
  await registered.cancel(writing);
});

test('one that is created while the site is away runs when it is back', async () => {
  await stopLink();
  const id = await registered.create('SELECT 1 AS one', { frequency: 3_600 });
  expect(await registered.get(id)).toMatchObject({
    status: 'enabled',
    metrics: { executionSucceededCount: 0 },
  });
  expect((await registered.result(id)).status).toBe(404);
  await startLink();
  await registered.untilRuns(id, 1);
  expect(await registered.rows(id)).toEqual([{ one: 1 }]);
  await registered.cancel(id);
});

test('one that is cancelled while the site is away never runs again', async () => {
  const id = await registered.create(CHANGING);
  await registered.untilRuns(id, 1);
  await stopLink();
  const { metrics } = await registered.get(id);
  expect((await registered.cancel(id)).status).toBe(204);
  await startLink();
  const other = await registered.create('SELECT 1 AS one');
  await registered.untilRuns(other, 3);
  expect((await registered.get(id)).metrics).toEqual(metrics);
  await registered.cancel(other);
});

test('one whose time is over completes while the site is away, at its end', async () => {
  const id = await registered.create(CHANGING, { frequency: 4, duration: 8 });
  await registered.untilRuns(id, 1);
  system.link.kill('SIGKILL');
  await system.link.exit;
  const query = await registered.until('the end', id, ({ status }) => status === 'completed');
  const { createdAt, completedAt = '' } = query;
  expect(Date.parse(completedAt) - Date.parse(createdAt)).toBe(8_000);
  expect(query.metrics.executionSucceededCount).toBe(1);
  await startLink();
});

test('one of a single run completes when its time is over, not with its last run', async () => {
  const id = await registered.create('SELECT 1 AS one', { frequency: 60, duration: 2 });
  expect((await registered.untilRuns(id, 1)).status).toBe('enabled');
  const query = await registered.until('the end', id, ({ status }) => status === 'completed');
  expect(Date.parse(query.completedAt ?? '') - Date.parse(query.createdAt)).toBe(2_000);
});

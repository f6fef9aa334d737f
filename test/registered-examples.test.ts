import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerOf, SECRET, sendWebhooksTo, startExample, untilSays } from './support/example.ts';
import { freePort } from './support/free-port.ts';
import { type Env, runCommand } from './support/program.ts';
import { type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';

let system: System;
let caller: Env;

beforeAll(async () => {
  system = await startSystem({
    gatewayEnv: {
      PARHELION_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      PARHELION_REGISTERED_MIN_FREQUENCY_S: '1',
    },
  });
  caller = callerOf(system);
});

afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

test('change-notifications.mjs prints what changed, and cancels at Ctrl-C', async () => {
  const port = await freePort();
  await sendWebhooksTo(system, port, 'registered');
  const sql =
    'SELECT InternalID, Middlename FROM Patients WHERE InternalID <= 2 ORDER BY InternalID';
  await system.queries.nonQuery("UPDATE Patients SET Middlename = 'Before' WHERE InternalID <= 2");
  await using watcher = startExample('change-notifications.mjs', [sql, '600', '1'], {
    ...caller,
    WEBHOOK_SECRET: SECRET,
    PORT: String(port),
  });
  await untilSays(watcher, '+ {"InternalID":2,"Middlename":"Before"}');
  await system.queries.nonQuery("UPDATE Patients SET Middlename = 'After' WHERE InternalID = 2");
  await untilSays(watcher, '+ {"InternalID":2,"Middlename":"After"}');
  expect(watcher.stdout.trim().split('\n')).toEqual([
    '+ {"InternalID":1,"Middlename":"Before"}',
    '+ {"InternalID":2,"Middlename":"Before"}',
    '- {"InternalID":2,"Middlename":"Before"}',
    '+ {"InternalID":2,"Middlename":"After"}',
  ]);
  watcher.kill('SIGINT');
  expect(await watcher.exit).toMatchObject({ code: 0 });
  const listed = await runCommand(['registered', 'list', '--json'], caller);
  expect(JSON.parse(listed)).toMatchObject({ registeredQueries: [{ status: 'cancelled' }] });
});

test('parhelion registered: create, look, fetch, cancel', async () => {
  const create = ['registered', 'create', 'SELECT COUNT(*) AS n FROM Patients', '--json'];
  const times = ['--name=count', '--frequency=1', '--duration=600'];
  const created = await runCommand([...create, ...times], caller);
  const { id } = JSON.parse(created) as { id: string };
  const rows = await until('it has a result', async () => {
    const shown = await runCommand(['registered', 'show', id, '--json'], caller);
    if (!('lastHash' in (JSON.parse(shown) as object))) return false;
    return runCommand(['registered', 'results', id, '--json'], caller);
  });
  expect(rows).toBe('[{"n":2000}]');
  await runCommand(['registered', 'cancel', id], caller);
  expect(await runCommand(['registered', 'show', id], caller)).toMatch(/status +│ cancelled/);
});

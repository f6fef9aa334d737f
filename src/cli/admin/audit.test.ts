import { expect, test } from 'vitest';
import { runCli, startApiServer } from '../cli-test-bed.ts';

const ID = '0199b1c0-0000-7000-8000-00000000000a';
const SITE = '0199b1c0-0000-7000-8000-000000000001';
const entry = {
  id: '0199b1c0-0000-7000-8000-0000000000ff',
  occurredAt: '2026-11-22T08:00:00.000Z',
  actor: 'operator',
  operation: 'changeIntegratorSettings',
  outcome: 'done',
  integratorId: ID,
  fields: ['requestsPerSecond', 'allowedAddresses'],
  requestId: 'r-1',
};

async function audit(args: readonly string[], body: object) {
  await using api = await startApiServer(() => ({ body }));
  const env = { PARHELION_URL: api.url, PARHELION_ADMIN_KEY: 'operator-key' };
  const outcome = await runCli(['admin', 'audit', ...args], { env });
  return { ...outcome, request: api.requests[0] };
}

test('audit shows the entries, and how to go on', async () => {
  const body = { entries: [entry, { ...entry, operation: 'pairSite', siteId: SITE }], next: ID };
  const { exitCode, stdout, request } = await audit([], body);
  expect(exitCode).toBe(0);
  expect(request).toMatchObject({ method: 'GET', path: '/admin/audit' });
  const shown = [
    'changeIntegratorSettings',
    'pairSite',
    SITE,
    'requestsPerSecond, allowedAddresses',
  ];
  for (const text of [...shown, `--before ${ID}`]) expect(stdout).toContain(text);
  const asJson = await audit(['--json'], body);
  expect(JSON.parse(asJson.stdout)).toEqual(body);
});

test('audit asks for what is wanted', async () => {
  const since = '2026-11-22T00:00:00+10:00';
  const wanted = ['--since', since, '--integrator', ID, '--site', SITE, '--limit', '5'];
  const { request } = await audit([...wanted, '--before', ID], { entries: [] });
  const { searchParams } = new URL(request?.path ?? '', 'http://gateway');
  expect(Object.fromEntries(searchParams)).toEqual({
    since,
    integratorId: ID,
    siteId: SITE,
    limit: '5',
    before: ID,
  });
});

test('audit refuses an id that is none before it asks', async () => {
  const { exitCode, request } = await audit(['--site', 'x'], { entries: [] });
  expect([exitCode, request]).toEqual([2, undefined]);
});

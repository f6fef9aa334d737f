import { expect, test } from 'vitest';
import { type CannedAnswer, runCli, startApiServer } from '../cli-test-bed.ts';

const ID = '0199b1c0-0000-7000-8000-00000000000a';
const SITE = '0199b1c0-0000-7000-8000-000000000001';
const revocation = {
  number: 7,
  revokedAt: '2026-11-22T08:00:00.000Z',
  integratorId: ID,
  deviceHash: 'aGFzaA',
};

async function tokens(args: readonly string[], answer: CannedAnswer) {
  await using api = await startApiServer(() => answer);
  const env = { PARHELION_URL: api.url, PARHELION_ADMIN_KEY: 'operator-key' };
  const outcome = await runCli(['admin', 'tokens', ...args], { env });
  return { ...outcome, request: api.requests[0] };
}

test.each([
  [['--integrator', ID.toUpperCase()], { integratorId: ID }],
  [['--site', SITE, '--device', 'surgery 2'], { siteId: SITE, deviceId: 'surgery 2' }],
])('tokens revoke %j', async (options, body) => {
  const { exitCode, stdout, request } = await tokens(['revoke', ...options], {
    status: 201,
    body: revocation,
  });
  expect(exitCode).toBe(0);
  expect(request).toMatchObject({ method: 'POST', path: '/admin/token-revocations', body });
  for (const shown of ['7', revocation.revokedAt, ID]) expect(stdout).toContain(shown);
});

test('tokens list-revocations', async () => {
  const body = { revocations: [revocation, { ...revocation, number: 6, siteId: SITE }] };
  const { exitCode, stdout, request } = await tokens(['list-revocations'], { body });
  expect(exitCode).toBe(0);
  expect(request).toMatchObject({ method: 'GET', path: '/admin/token-revocations' });
  for (const shown of ['aGFzaA', SITE, ID, 'any']) expect(stdout).toContain(shown);
  const asJson = await tokens(['list-revocations', '--json'], { body });
  expect(JSON.parse(asJson.stdout)).toEqual(body);
});

test.each([
  [['revoke']],
  [['revoke', '--integrator', 'Acme']],
  [['revoke', '--site', '../x']],
  [['revoke', '--device']],
  [['list-revocations', 'x']],
])('wrong usage sends nothing and ends with 2: %j', async (args) => {
  const { exitCode, stdout, stderr, request } = await tokens(args, { body: {} });
  expect({ exitCode, stdout, request }).toEqual({ exitCode: 2, stdout: '', request: undefined });
  expect(stderr).not.toBe('');
});

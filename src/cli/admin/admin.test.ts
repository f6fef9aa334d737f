import { describe, expect, test } from 'vitest';
import { type CannedAnswer, runCli, startApiServer } from '../cli-test-bed.ts';

const ID = '0199b1c0-0000-7000-8000-00000000000a';
const SITE = '0199b1c0-0000-7000-8000-000000000001';
const CREATED = '2026-11-22T08:00:00.000Z';
const integrator = { id: ID, name: 'Acme \u001b[2JHealth', createdAt: CREATED, settings: {} };
const site = {
  id: SITE,
  pmsType: 'BestPractice',
  availability: 'online',
  status: 'active',
  catalogue: [{ name: 'BPSPatients', isDefault: true }],
  practiceMetadata: { practiceName: 'Hill Clinic', practiceManagementSiteId: 'BP-77' },
};

const webhook = {
  integratorId: ID,
  source: 'async',
  url: 'https://example.com/{siteId}',
  secretCreatedAt: CREATED,
  statistics: { pending: 3, delivered: 1234, failed: 56, attempts: 1300, lastDeliveredAt: CREATED },
};
const WEBHOOK = `/admin/integrators/${ID}/webhooks/async`;

async function admin(args: string, answer: CannedAnswer) {
  await using api = await startApiServer(() => answer);
  const env = { PARHELION_URL: api.url, PARHELION_ADMIN_KEY: 'operator-key' };
  // Words with spaces are written with an underscore.
  const words = args.split(' ').map((word) => word.replaceAll('_', ' '));
  const outcome = await runCli(['admin', ...words], { env });
  return { ...outcome, request: api.requests[0], url: api.url };
}

interface Case {
  readonly args: string;
  readonly sends: string;
  readonly body?: unknown;
  readonly answer: CannedAnswer;
  readonly shows: readonly string[];
}

const CASES: Case[] = [
  {
    args: 'integrators create Acme_Health',
    sends: 'POST /admin/integrators',
    body: { name: 'Acme Health' },
    answer: { status: 201, body: { ...integrator, primaryKey: 'pk-1', secondaryKey: 'sk-2' } },
    shows: [ID, 'pk-1', 'sk-2'],
  },
  {
    args: 'integrators list',
    sends: 'GET /admin/integrators',
    answer: { body: { integrators: [integrator] } },
    shows: [ID, 'Acme \\u001b[2JHealth', CREATED],
  },
  {
    args: `integrators show ${ID.toUpperCase()}`,
    sends: `GET /admin/integrators/${ID}`,
    answer: {
      body: {
        ...integrator,
        keys: [
          { slot: 'primary', createdAt: CREATED, lastUsedAt: '2026-11-22T09:00:00.000Z' },
          { slot: 'secondary', createdAt: CREATED, revokedAt: '2026-11-22T10:00:00.000Z' },
        ],
      },
    },
    shows: [ID, 'primary', '2026-11-22T09:00:00.000Z', 'secondary', '2026-11-22T10:00:00.000Z'],
  },
  {
    args: `integrators set-limits ${ID} --requests-per-second 2.5 --daily-bytes default --allow-address 203.0.113.7 2001:db8::/32 --queue-while-offline on`,
    sends: `PATCH /admin/integrators/${ID}/settings`,
    body: {
      requestsPerSecond: 2.5,
      dailyBytesPerSite: null,
      allowedAddresses: ['203.0.113.7', '2001:db8::/32'],
      queueWhileOffline: true,
    },
    answer: { body: { requestsPerSecond: 2.5, allowedAddresses: ['203.0.113.7'] } },
    shows: ['requestsPerSecond', '2.5', '["203.0.113.7"]'],
  },
  {
    args: `integrators set-limits ${ID} --concurrent-queries 3 --daily-queries 0 --allow-any-address`,
    sends: `PATCH /admin/integrators/${ID}/settings`,
    body: { concurrentImmediateQueries: 3, dailyQueriesPerSite: 0, allowedAddresses: null },
    answer: { body: {} },
    shows: [],
  },
  {
    args: `usage ${ID} --from 2026-11-20 --to 2026-11-22 --site ${SITE}`,
    sends: `GET /admin/integrators/${ID}/usage?from=2026-11-20&to=2026-11-22&siteId=${SITE}`,
    answer: {
      body: {
        limits: { requestsPerSecond: 10 },
        usage: [{ day: '2026-11-21', siteId: SITE, queries: 17, bytes: 4096 }],
      },
    },
    shows: ['requestsPerSecond', '2026-11-21', SITE, '17', '4096'],
  },
  {
    args: `keys rotate ${ID} secondary`,
    sends: `POST /admin/integrators/${ID}/keys/secondary`,
    answer: { status: 201, body: { slot: 'secondary', key: 'new-key' } },
    shows: ['secondary', 'new-key'],
  },
  {
    args: `keys revoke ${ID} primary`,
    sends: `DELETE /admin/integrators/${ID}/keys/primary`,
    answer: { status: 204 },
    shows: [`The primary key of integrator ${ID} is revoked.`],
  },
  {
    args: 'sites create --pms Best_Practice --pms-id BP-77 --name Hill_Clinic',
    sends: 'POST /admin/sites',
    body: {
      practiceManagementName: 'Best Practice',
      practiceManagementSiteId: 'BP-77',
      practiceName: 'Hill Clinic',
    },
    answer: { status: 201, body: site },
    shows: [SITE, 'practiceMetadata.practiceName', 'Hill Clinic'],
  },
  {
    args: 'sites list',
    sends: 'GET /admin/sites',
    answer: { body: { sites: [site, { id: ID, status: 'initialising' }] } },
    shows: [SITE, 'Hill Clinic', 'BestPractice', 'BP-77', 'online', 'active', ID, 'initialising'],
  },
  {
    args: `sites show ${SITE}`,
    sends: `GET /admin/sites/${SITE}`,
    answer: { body: site },
    shows: [SITE, 'BP-77', '[{"name":"BPSPatients","isDefault":true}]'],
  },
  {
    args: `sites revoke-link ${SITE}`,
    sends: `DELETE /admin/sites/${SITE}/identity`,
    answer: { status: 204 },
    shows: [`The link of site ${SITE} is revoked`],
  },
  {
    args: `sites enrolment-token ${SITE} --valid-for 24h`,
    sends: `POST /admin/sites/${SITE}/enrolment-tokens`,
    body: { validForSeconds: 86_400 },
    answer: { status: 201, body: { token: 'to-ken_1', expiresAt: CREATED } },
    shows: ['parhelion link enrol --gateway http://127.0.0.1:', ' --token to-ken_1\n'],
  },
  {
    args: `pairings create ${ID} ${SITE}`,
    sends: `PUT /admin/sites/${SITE}/pairings/${ID}`,
    answer: { status: 204 },
    shows: [`Integrator ${ID} is paired with site ${SITE}.`],
  },
  {
    args: `pairings delete ${ID} ${SITE}`,
    sends: `DELETE /admin/sites/${SITE}/pairings/${ID}`,
    answer: { status: 204 },
    shows: [`Integrator ${ID} is no longer paired with site ${SITE}.`],
  },
  {
    args: `webhooks list ${ID}`,
    sends: `GET /admin/integrators/${ID}/webhooks`,
    answer: {
      body: {
        webhooks: [webhook, { ...webhook, source: 'registered', nextSecretCreatedAt: CREATED }],
      },
    },
    shows: ['async', webhook.url, '1234', '56', CREATED, 'registered', 'rotating'],
  },
  {
    args: `webhooks set ${ID} async ${webhook.url}`,
    sends: `PUT ${WEBHOOK}`,
    body: { url: webhook.url },
    answer: { status: 201, body: { ...webhook, secret: 'shown-once' } },
    shows: [webhook.url, 'shown-once', 'statistics.pending'],
  },
  {
    args: `webhooks remove ${ID} async`,
    sends: `DELETE ${WEBHOOK}`,
    answer: { status: 204 },
    shows: [`The async webhook of integrator ${ID} is removed.`],
  },
  {
    args: `webhooks rotate-secret ${ID} async`,
    sends: `POST ${WEBHOOK}/next-secret`,
    answer: { status: 201, body: { secret: 'the-next-one' } },
    shows: ['the-next-one'],
  },
  {
    args: `webhooks activate-secret ${ID} async`,
    sends: `POST ${WEBHOOK}/next-secret/activate`,
    answer: { status: 204 },
    shows: ['The new secret of the async webhook alone signs from now on.'],
  },
  {
    args: `webhooks failures ${ID} async`,
    sends: `GET ${WEBHOOK}/failures`,
    answer: {
      body: {
        failures: [
          {
            deliveryId: SITE,
            siteId: ID,
            queryId: ID,
            occurredAt: CREATED,
            attempts: 10,
            lastAttemptAt: CREATED,
            error: 'httpStatus',
            statusCode: 503,
          },
        ],
      },
    },
    shows: [SITE, ID, 'httpStatus', '503', '10', CREATED, 'given up'],
  },
  {
    args: `webhooks redeliver ${ID} async ${SITE}`,
    sends: `POST ${WEBHOOK}/failures/${SITE}/redeliver`,
    answer: { status: 204 },
    shows: [`Delivery ${SITE} is due now.`],
  },
  {
    args: `webhooks test ${ID} async`,
    sends: `POST ${WEBHOOK}/test`,
    answer: { body: { id: SITE, delivered: true, statusCode: 204, durationMs: 12 } },
    shows: [SITE, 'true', '204'],
  },
];

describe.each(CASES)('admin $args', ({ args, sends, body, answer, shows }) => {
  test('asks the gateway as its operator and shows the answer', async () => {
    const { exitCode, stdout, stderr, request } = await admin(args, answer);
    expect(exitCode).toBe(0);
    expect(`${request?.method} ${request?.path}`).toBe(sends);
    expect(request?.headers.authorization).toBe('Bearer operator-key');
    expect(request?.body).toEqual(body);
    for (const part of shows) expect(stdout).toContain(part);
    expect(stdout + stderr).not.toContain('operator-key');
  });

  test('--json prints the whole answer and nothing else', async () => {
    const { exitCode, stdout } = await admin(`${args} --json`, answer);
    expect(exitCode).toBe(0);
    expect(stdout === '' ? undefined : JSON.parse(stdout)).toEqual(answer.body);
  });

  test('a refusal is told in the gateway’s words', async () => {
    const error = { status: 404, statusText: 'Not Found', message: 'There is none.' };
    const outcome = await admin(args, { status: 404, body: { error } });
    expect(outcome).toMatchObject({ exitCode: 1, stdout: '', stderr: 'There is none.\n' });
  });
});

describe('the line for the site', () => {
  test('is fit for a shell, whatever the token', async () => {
    const { stdout, stderr, url } = await admin(`sites enrolment-token ${SITE}`, {
      status: 201,
      body: { token: "a'b $c", expiresAt: CREATED },
    });
    expect(stdout).toBe(`parhelion link enrol --gateway ${url} --token 'a'\\''b $c'\n`);
    expect(stderr).toBe(`Run it at the site, once, before ${CREATED}.\n`);
  });

  test.each([
    ['90s', 90],
    ['30m', 1800],
    ['7d', 604_800],
  ])('--valid-for %s', async (time, seconds) => {
    const { request } = await admin(`sites enrolment-token ${SITE} --valid-for ${time}`, {
      status: 201,
      body: { token: 't', expiresAt: CREATED },
    });
    expect(request?.body).toEqual({ validForSeconds: seconds });
  });
});

test('a list of sites goes on over all pages', async () => {
  const ids = Array.from({ length: 5 }, (_, at) => `${SITE.slice(0, -1)}${at}`);
  await using api = await startApiServer(({ path }) => {
    const after = new URL(path, 'http://gateway').searchParams.get('after') ?? '';
    const page = ids.filter((id) => id > after).slice(0, 2);
    return { body: { sites: page.map((id) => ({ id })) } };
  });
  const env = { PARHELION_URL: api.url, PARHELION_ADMIN_KEY: 'operator-key' };
  const { stdout } = await runCli(['admin', 'sites', 'list', '--json'], { env });
  expect(JSON.parse(stdout)).toEqual({ sites: ids.map((id) => ({ id })) });
});

test('a test message that is not delivered is shown and ends with 1', async () => {
  const body = { id: SITE, delivered: false, error: 'timeout', durationMs: 5000 };
  const outcome = await admin(`webhooks test ${ID} async`, { body });
  expect(outcome).toMatchObject({ exitCode: 1, stderr: 'The test message was not delivered.\n' });
  expect(outcome.stdout).toContain('timeout');
});

test('an answer of another shape is not misread', async () => {
  const outcome = await admin('sites list', { body: { sites: [{ name: 'x' }] } });
  expect(outcome).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: 'The gateway sent an answer that this version of parhelion does not understand.\n',
  });
});

test.each([
  'integrators create',
  'integrators show Acme',
  `integrators set-limits ${ID}`,
  `integrators set-limits ${ID} --daily-queries many`,
  `integrators set-limits ${ID} --queue-while-offline perhaps`,
  `usage Acme`,
  `keys rotate ${ID} third`,
  `keys revoke ${ID}`,
  'sites create --pms-id 1 --pms BestPractice',
  'sites create --pms Zedmed',
  `sites enrolment-token ${SITE} --valid-for tomorrow`,
  `sites enrolment-token ${SITE} --valid-for 0h`,
  `pairings create ${ID} ../x`,
  `webhooks set ${ID} async`,
  `webhooks test ${ID} immediate`,
  'webhooks list Acme',
  'sites burn',
  'sites',
])('wrong usage sends nothing and ends with 2: admin %s', async (args) => {
  const { exitCode, stdout, stderr, request } = await admin(args, { body: {} });
  expect({ exitCode, stdout, request }).toEqual({ exitCode: 2, stdout: '', request: undefined });
  expect(stderr).not.toBe('');
});

import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../src/gateway/store/index.ts';
import { createIdentityKey, publicKeyText } from '../src/link/config/identity-key.ts';
import { TempFolder } from './support/dev-system.ts';
import {
  documentedOperations,
  type Names,
  type Operation,
  requestOf,
} from './support/documented-operations.ts';
import { HttpClient } from './support/http-client.ts';
import { runCommand } from './support/program.ts';
import {
  asIntegrator,
  createIntegrator,
  createSite,
  OPERATOR_KEY,
  startSystem,
} from './support/system.ts';

interface Entry {
  readonly id: string;
  readonly actor: string;
  readonly operation: string;
  readonly outcome: string;
  readonly integratorId?: string;
  readonly siteId?: string;
  readonly target?: string;
  readonly fields: readonly string[];
  readonly requestId: string;
}

const folder = new TempFolder();
const storeUrl = `sqlite:${folder.path}/store.db`;
const system = await startSystem({ gatewayEnv: { PARHELION_STORE_URL: storeUrl } });
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});
const { admin, siteId, pmsId } = system;
const guest = await createIntegrator(admin, 'Guest');
const otherSiteId = await createSite(admin, 'ZM-1');

const entries = async (query = ''): Promise<readonly Entry[]> =>
  ((await admin.get(`/admin/audit?limit=1000${query}`)).json as { entries: Entry[] }).entries;

const of = async (requestId: string) =>
  (await entries()).filter((entry) => entry.requestId === requestId);

/** What each operation leaves, in an order in which each has what it needs. */
const CHANGES: Readonly<Record<string, Partial<Entry> & { readonly status: number }>> = {
  createIntegrator: { status: 201, integratorId: expect.any(String), fields: ['name'] },
  replaceIntegratorSettings: {
    status: 200,
    integratorId: guest.id,
    fields: ['requestsPerSecond'],
  },
  changeIntegratorSettings: {
    status: 200,
    integratorId: guest.id,
    fields: ['dailyQueriesPerSite'],
  },
  rotateKey: { status: 201, integratorId: guest.id, target: 'secondary', fields: ['key'] },
  revokeKey: { status: 204, integratorId: guest.id, target: 'secondary', fields: ['key'] },
  createSite: {
    status: 201,
    siteId: expect.any(String),
    fields: ['practiceManagementName', 'practiceManagementSiteId'],
  },
  issueEnrolmentToken: { status: 201, siteId: otherSiteId, fields: [] },
  pairAsOperator: { status: 204, siteId: otherSiteId, integratorId: guest.id, fields: [] },
  unpairAsOperator: { status: 204, siteId: otherSiteId, integratorId: guest.id, fields: [] },
  putWebhook: {
    status: 201,
    integratorId: guest.id,
    target: 'async',
    fields: ['url', 'secret'],
  },
  rotateWebhookSecret: { status: 201, integratorId: guest.id, fields: ['nextSecret'] },
  activateWebhookSecret: { status: 204, integratorId: guest.id, fields: ['secret'] },
  testWebhook: { status: 200, integratorId: guest.id, target: 'async', fields: [] },
  redeliverWebhook: { status: 404, integratorId: guest.id, outcome: 'refused', fields: [] },
  deleteWebhook: { status: 204, integratorId: guest.id, target: 'async', fields: [] },
  revokeTokens: { status: 201, fields: ['deviceId'] },
  revokeLink: { status: 404, siteId: otherSiteId, outcome: 'refused', fields: [] },
};

const webhookSecret = randomBytes(24).toString('hex');
const names: Names = {
  siteId: otherSiteId,
  integratorId: guest.id,
  slot: 'secondary',
  source: 'async',
  deliveryId: '0199b1c0-0000-7000-8000-000000000002',
  webhookSecret,
  lostDevice: 'a-device-that-was-lost',
};

const isChange = ({ method, path }: Operation) => path.startsWith('/admin/') && method !== 'GET';
const changes = (await documentedOperations(admin)).filter(isChange);
const order = Object.keys(CHANGES);
/** The keys, tokens, secrets and codes that were handed out. */
const handedOut: string[] = [];
const noteSecrets = (text: string) => {
  const members = text.matchAll(/"(?:primaryKey|secondaryKey|key|token|secret)":"([^"]+)"/g);
  handedOut.push(...[...members].map((match) => match[1] ?? ''));
};

test('every operation of the operator that changes something is in the table, and no other', () => {
  expect(changes.map(({ id }) => id).toSorted()).toEqual(order.toSorted());
});

describe('one entry for each change', () => {
  test.each(changes.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)))(
    '$id',
    async (operation) => {
      const { status, ...wanted } = CHANGES[operation.id] ?? { status: 0 };
      const request = requestOf(operation, names);
      const requestId = `the-${operation.id}`;
      const headers = { ...request.headers, 'x-request-id': requestId };
      const answer = await admin.send({ ...request, headers });
      expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
      noteSecrets(answer.text);
      const { id: operationId } = operation;
      const noted = { actor: 'operator', operation: operationId, outcome: 'done', ...wanted };
      expect(await of(requestId)).toEqual([expect.objectContaining(noted)]);
    },
  );

  test('also for one that was refused for its form, of which nothing is repeated', async () => {
    const body = { 'a-secret-by-mistake': 'x' };
    const headers = { 'x-request-id': 'broken' };
    const answer = await admin.post('/admin/integrators', body, headers);
    expect(answer.status).toBe(400);
    const [entry, ...more] = await of('broken');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ operation: 'createIntegrator', outcome: 'refused', fields: [] });
  });

  test('none for whoever is not the operator', async () => {
    const before = (await entries()).length;
    for (const authorization of ['', 'Bearer wrong', `Bearer ${guest.primaryKey}`]) {
      const stranger = new HttpClient(system.url, { authorization });
      for (const operation of changes) await stranger.send(requestOf(operation, names));
    }
    expect(await entries()).toHaveLength(before);
  });
});

describe('pairings that others make and end', () => {
  const guestHttp = asIntegrator(system.url, guest.primaryKey);
  const link = (...args: string[]) =>
    runCommand(['link', ...args, '--data-dir', system.linkDir], {});
  const pair = (pairingCode: string) => {
    const query = new URLSearchParams({
      practiceManagementSiteId: pmsId,
      practiceManagementName: 'Best Practice',
      pairingCode,
    });
    return guestHttp.post(`/integrator/pair-site?${query.toString()}`);
  };
  const latest = async () => (await entries(`&siteId=${siteId}&integratorId=${guest.id}`))[0];

  test('by the integrator, once, with its code', async () => {
    const code = (await link('pair-code')).split('\n')[0] ?? '';
    handedOut.push(code);
    expect((await pair('WRONG')).status).toBe(400);
    expect(await latest()).toBeUndefined();
    expect((await pair(code)).status).toBe(200);
    expect((await pair(code)).status).toBe(200);
    const pairings = await entries(`&siteId=${siteId}&integratorId=${guest.id}`);
    expect(pairings).toHaveLength(1);
    expect(pairings[0]).toMatchObject({ actor: 'integrator', operation: 'pairSite' });
  });

  test('by the practice', async () => {
    await link('unpair', guest.id);
    expect(await latest()).toMatchObject({ actor: 'practice', operation: 'unpairAsPractice' });
    await link('require-code', 'on');
    const [said] = await entries(`&siteId=${siteId}`);
    expect(said).toMatchObject({
      actor: 'practice',
      operation: 'requireCode',
      fields: ['isRequired'],
    });
  });

  test('and the enrolment of a link', async () => {
    const issued = await admin.post(`/admin/sites/${otherSiteId}/enrolment-tokens`);
    const { token } = issued.json as { token: string };
    noteSecrets(issued.text);
    const publicKey = publicKeyText(createIdentityKey());
    const nobody = new HttpClient(system.url);
    expect((await nobody.post('/link/enrol', { token, publicKey })).status).toBe(200);
    const [enrolled] = await entries(`&siteId=${otherSiteId}`);
    expect(enrolled).toMatchObject({ actor: 'practice', operation: 'enrolLink' });
  });
});

describe('GET /admin/audit', () => {
  test('pages', async () => {
    const all = await entries();
    const seen: Entry[] = [];
    let before = '';
    do {
      const path = `/admin/audit?limit=4${before && `&before=${before}`}`;
      const page = (await admin.get(path)).json as { entries: Entry[]; next?: string };
      seen.push(...page.entries);
      before = page.next ?? '';
    } while (before !== '');
    expect(seen.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(all.length).toBeGreaterThan(20);
  });

  test('takes since, and says what is wrong with it', async () => {
    const since = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    expect(await entries(`&since=${since}`)).toEqual([]);
    for (const query of ['since=yesterday', 'limit=0', 'before=x', 'siteId=x']) {
      const answer = await admin.get(`/admin/audit?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.errorMessage).toContain(`querystring.${query.split('=')[0]}`);
    }
  });

  test('the command shows the same', async () => {
    const env = { PARHELION_URL: system.url, PARHELION_ADMIN_KEY: OPERATOR_KEY };
    const printed = await runCommand(['admin', 'audit', '--limit', '1000'], env);
    for (const operation of order) expect(printed).toContain(operation);
  });
});

test('holds no key, no token, no secret and no name', async () => {
  await using database = await openDatabase(storeUrl);
  const kept = JSON.stringify(await database.all('SELECT * FROM admin_audit'));
  expect(handedOut.length).toBeGreaterThan(5);
  const planted = [guest.primaryKey, OPERATOR_KEY, webhookSecret, 'a-device-that-was-lost'];
  for (const secret of [...handedOut, ...planted, 'Guest', 'receiver.invalid', 'by-mistake']) {
    expect(kept).not.toContain(secret);
  }
});

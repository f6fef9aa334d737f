import { afterAll, beforeAll, expect, test } from 'vitest';
import { TempFolder } from './support/dev-system.ts';
import type { Answer, HttpClient } from './support/http-client.ts';
import type { Program } from './support/program.ts';
import { QueryClient, queryOf } from './support/query-client.ts';
import { describeOnPostgres, type TestStore } from './support/store-engines.ts';
import {
  asIntegrator,
  createIntegrator,
  type IntegratorKeys,
  operator,
  type System,
  startGateway,
  startSystem,
} from './support/system.ts';
import { until } from './support/until.ts';

interface Usage {
  readonly limits: Record<string, number>;
  readonly usage: { day: string; siteId: string; queries: number; bytes: number }[];
}

describeOnPostgres('limits on two gateways', (engine) => {
  const folder = new TempFolder();
  let store: TestStore;
  let system: System;
  let second: Program;
  let secondUrl: string;

  beforeAll(async () => {
    store = await engine.createStore();
    const env = { PARHELION_STORE_URL: store.url, PARHELION_TRUSTED_PROXIES: '127.0.0.0/8' };
    system = await startSystem({ gatewayEnv: env });
    const started = await startGateway({ ...env, PARHELION_DATA_DIR: folder.path });
    second = started.program;
    secondUrl = started.url;
  });
  afterAll(async () => {
    await second.stop();
    await system[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  /** A new integrator, paired, with the settings given, as callers of both gateways. */
  async function integrator(settings: object) {
    const keys = await createIntegrator(system.admin, 'Limited');
    const path = `/admin/sites/${system.siteId}/pairings/${keys.id}`;
    await system.admin.send({ method: 'PUT', path });
    await set(keys, settings);
    return {
      keys,
      first: asIntegrator(system.url, keys.primaryKey),
      second: asIntegrator(secondUrl, keys.primaryKey),
    };
  }

  async function set({ id }: IntegratorKeys, settings: object): Promise<void> {
    const path = `/admin/integrators/${id}/settings`;
    const answer = await system.admin.send({ method: 'PUT', path, body: settings });
    expect(answer.json).toEqual(settings);
  }

  const sitePath = () => `/integrator/sites/${system.siteId}`;
  const run = (http: HttpClient, text = 'SELECT 1 AS n') =>
    new QueryClient(http, system.siteId).run(text);
  const usageOf = async (http: HttpClient) => (await http.get('/integrator/usage')).json as Usage;
  const retryAfter = ({ headers }: Answer) => Number(headers['retry-after']);

  test('a caller above its rate gets 429 with Retry-After, before anything else is looked at', async () => {
    const { keys, first } = await integrator({ requestsPerSecond: 0.01 });
    expect((await first.get(sitePath())).status).toBe(200);
    const refused = await first.post('/integrator/sites/x/queries/immediate', 'no JSON');
    expect(refused.status).toBe(429);
    expect(refused.errorMessage).toBe('Too many requests, please try again later.');
    expect(retryAfter(refused)).toBeGreaterThan(50);
    expect(retryAfter(refused)).toBeLessThanOrEqual(100);
    // The other key is the same caller; no key, and a wrong one, are 401 still.
    const other = asIntegrator(system.url, keys.secondaryKey);
    expect((await other.get(sitePath())).status).toBe(429);
    expect((await asIntegrator(system.url, 'x').get(sitePath())).status).toBe(401);
  });

  test('asking for a desktop token counts for the rate, and is refused above it', async () => {
    const { first } = await integrator({ requestsPerSecond: 0.01 });
    expect((await first.post('/integrator/token', 'no form')).status).toBe(415);
    expect((await first.post('/integrator/token', 'no form')).status).toBe(429);
  });

  test('the rate holds in sum on both gateways, and other callers are not held back', async () => {
    const perSecond = 20;
    const caller = await integrator({ requestsPerSecond: perSecond });
    const startedAt = performance.now();
    let admitted = 0;
    let refused = 0;
    await until('both gateways were asked for a while', async () => {
      const answers = await Promise.all(
        [caller.first, caller.second].flatMap((http) =>
          Array.from({ length: 5 }, () => http.get(sitePath())),
        ),
      );
      admitted += answers.filter(({ status }) => status === 200).length;
      refused += answers.filter(({ status }) => status === 429).length;
      return performance.now() - startedAt > 6_000;
    });
    const seconds = (performance.now() - startedAt) / 1000;
    expect(refused).toBeGreaterThan(0);
    // The burst of one second, and once what the other gateway could not know yet.
    expect(admitted).toBeLessThanOrEqual(perSecond * (seconds + 1 + 2.5));
    expect((await system.http.get(sitePath())).status).toBe(200);
  });

  test('queries under way count on both gateways', async () => {
    const caller = await integrator({ concurrentImmediateQueries: 1 });
    const waiting = run(caller.first, "WAITFOR DELAY '00:00:20'");
    const refused = await until('the other gateway knows of it', async () => {
      const answer = await run(caller.second);
      // Without the site's link, it is 503 as long as the gateway does not know.
      return answer.status === 429 && answer;
    });
    expect(retryAfter(refused)).toBe(1);
    expect((await run(caller.first)).status).toBe(429);
    expect((await caller.first.get(sitePath())).status).toBe(200);
    await set(caller.keys, {});
    await until('a change of the settings holds', async () => {
      return (await run(caller.first)).status === 200;
    });
    expect((await waiting).status).toBe(200);
    await set(caller.keys, { concurrentImmediateQueries: 1 });
    await until('the place is free again', async () => (await run(caller.first)).status === 200);
  });

  test('the quota of queries is for both gateways, durable, and 403 before the body is read', async () => {
    const caller = await integrator({ dailyQueriesPerSite: 2 });
    for (let n = 0; n < 2; n += 1) expect((await run(caller.first)).status).toBe(200);
    for (const http of [caller.first, caller.second]) {
      const refused = await until('the quota is known', async () => {
        const answer = await new QueryClient(http, system.siteId).run('');
        return answer.status === 403 && answer;
      });
      expect(refused.errorMessage).toMatch(/^The daily quota of 2 queries at this site is used up/);
    }
    const async = `${sitePath()}/queries/async`;
    expect((await caller.first.post(async, { command: { text: 'x' } })).status).toBe(403);
    // What was asked before can be read still, and an unknown site is 404 first.
    expect((await caller.first.get(sitePath())).status).toBe(200);
    const unknown = new QueryClient(caller.first, '00000000-0000-7000-8000-000000000000');
    expect((await unknown.run('SELECT 1')).status).toBe(404);
    await second.stop();
    ({ program: second, url: secondUrl } = await startGateway({
      PARHELION_STORE_URL: store.url,
      PARHELION_TRUSTED_PROXIES: '127.0.0.0/8',
      PARHELION_DATA_DIR: folder.path,
    }));
    const again = asIntegrator(secondUrl, caller.keys.primaryKey);
    expect((await run(again)).status).toBe(403);
  });

  test('what never ran is not counted; bytes are those of the decoded results', async () => {
    const caller = await integrator({});
    const sizes = [];
    for (const text of ['SELECT 1 AS n', 'SELECT Surname FROM Patients', 'SELECT Nothing']) {
      const answer = await run(caller.first, text);
      sizes.push(queryOf(answer).resultSize ?? 0);
    }
    expect((await run(caller.first, '')).status).toBe(400);
    const { limits, usage } = await usageOf(caller.first);
    expect(limits).toMatchObject({ requestsPerSecond: 10_000, dailyBytesPerSite: 1e12 });
    const today = new Date().toISOString().slice(0, 10);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(usage.reduce((sum, each) => sum + each.queries, 0)).toBe(3);
    expect(usage.reduce((sum, each) => sum + each.bytes, 0)).toBe(bytes);
    expect([usage[0]?.siteId, usage.at(-1)?.day.slice(0, 4)]).toEqual([
      system.siteId,
      today.slice(0, 4),
    ]);
    const path = `/admin/integrators/${caller.keys.id}/usage`;
    expect((await operator(secondUrl).get(path)).json).toMatchObject({ usage });
    expect((await caller.second.get('/integrator/usage')).json).toMatchObject({ usage });

    await set(caller.keys, { dailyBytesPerSite: bytes });
    await until('the quota of bytes holds', async () => {
      const answer = await run(caller.first);
      return answer.status === 403 && /bytes of results/.test(answer.errorMessage ?? '');
    });
  });

  test.each([
    ['?from=2026-02-30', 'from'],
    ['?from=yesterday', 'from'],
    ['?from=2026-01-01&to=2026-12-31', 'from'],
    ['?from=2026-01-02&to=2026-01-01', 'from'],
    ['?siteId=x', 'siteId'],
  ])('usage of %s is 400 and names the field', async (query, field) => {
    const answer = await system.http.get(`/integrator/usage${query}`);
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toContain(`querystring.${field}`);
  });

  test.each([
    [{ dailyQueries: 5 }, 'body.dailyQueries is unknown'],
    [{ requestsPerSecond: 0 }, 'body.requestsPerSecond must be > 0'],
    [{ dailyQueriesPerSite: '5' }, 'body.dailyQueriesPerSite must be integer'],
    [{ allowedAddresses: ['10.0.0.0/33'] }, 'allowedAddresses[0] must be an address'],
  ])('settings %j are 400 and name the field', async (settings, message) => {
    const path = `/admin/integrators/${system.integrator.id}/settings`;
    for (const method of ['PUT', 'PATCH']) {
      const answer = await system.admin.send({ method, path, body: settings });
      expect(answer.status).toBe(400);
      expect(answer.errorMessage).toContain(message);
    }
  });

  test('settings can be changed one by one and taken back', async () => {
    const { keys } = await integrator({ requestsPerSecond: 5, dailyQueriesPerSite: 7 });
    const path = `/admin/integrators/${keys.id}/settings`;
    const body = { requestsPerSecond: null, queueWhileOffline: true };
    const changed = await system.admin.send({ method: 'PATCH', path, body });
    expect(changed.json).toEqual({ dailyQueriesPerSite: 7, queueWhileOffline: true });
    const shown = await system.admin.get(`/admin/integrators/${keys.id}`);
    expect(shown.json).toMatchObject({ settings: changed.json });
    const nobody = '/admin/integrators/00000000-0000-7000-8000-000000000000/settings';
    expect((await system.admin.send({ method: 'PUT', path: nobody, body: {} })).status).toBe(404);
  });

  test('calls from an address that is not on the list are refused, whatever they claim', async () => {
    const { first } = await integrator({ allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'] });
    const from = (address: string, path = sitePath()) =>
      first.with({ 'x-forwarded-for': address }).get(path);
    for (const address of ['203.0.113.9', '2001:db8::5', '198.51.100.1, 203.0.113.9']) {
      expect((await from(address)).status).toBe(200);
    }
    for (const address of ['198.51.100.1', '203.0.113.9, 198.51.100.1', '2001:db9::1', 'x']) {
      const refused = await from(address);
      expect(refused.status).toBe(403);
      expect(refused.errorMessage).toBe('Caller Ip Not Allowed');
    }
    expect((await first.get('/integrator/usage')).status).toBe(403);
    expect((await from('198.51.100.1', '/integrator/sites/x')).status).toBe(404);
  });
});

test('who is no trusted proxy cannot say where it calls from', async () => {
  await using system = await startSystem();
  const path = `/admin/integrators/${system.integrator.id}/settings`;
  const body = { allowedAddresses: ['203.0.113.0/24'] };
  await system.admin.send({ method: 'PUT', path, body });
  const claims = system.http.with({ 'x-forwarded-for': '203.0.113.9' });
  const site = `/integrator/sites/${system.siteId}`;
  await until('the list holds', async () => (await claims.get(site)).status === 403);
  await system.admin.send({ method: 'PUT', path, body: { allowedAddresses: ['127.0.0.0/8'] } });
  const holds = async () => (await claims.get(site)).status === 200;
  expect(await until('the new list holds', holds)).toBe(true);
});

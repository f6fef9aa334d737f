import * as fc from 'fast-check';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DisposalStack } from '../src/lib/disposal.ts';
import { DesktopUser, obtainToken, tokenForm } from './support/desktop-user.ts';
import { TempFolder } from './support/dev-system.ts';
import { HttpClient } from './support/http-client.ts';
import { queryOf } from './support/query-client.ts';
import { sendRaw } from './support/raw-http.ts';
import { describeOnPostgres } from './support/store-engines.ts';
import {
  asIntegrator,
  createIntegrator,
  operator,
  type System,
  startGateway,
  startSystem,
} from './support/system.ts';
import { until } from './support/until.ts';

const NO_SITE = '0199b1c0-0000-7000-8000-000000000001';

let system: System;
let desktop: DesktopUser;
beforeAll(async () => {
  system = await startSystem();
  desktop = await DesktopUser.of(system, 'reception-1');
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

/** A site that has no link. */
async function createSite(admin: HttpClient, pmsId: string): Promise<string> {
  const created = await admin.post('/admin/sites', {
    practiceManagementName: 'Zedmed',
    practiceManagementSiteId: pmsId,
    practiceName: 'Another Practice',
  });
  return (created.json as { id: string }).id;
}

async function createPairedSite(
  admin: HttpClient,
  pmsId: string,
  integratorId: string,
): Promise<string> {
  const siteId = await createSite(admin, pmsId);
  const path = `/admin/sites/${siteId}/pairings/${integratorId}`;
  await admin.send({ method: 'PUT', path });
  return siteId;
}

describe('POST /integrator/token', () => {
  test('answers with a bearer token for an hour', async () => {
    const answer = await obtainToken(system, { device_id: 'reception-1' });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 3600,
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test.each([
    ['grant_type missing', { grant_type: undefined }, 'body.grant_type is required'],
    [
      'grant_type wrong',
      { grant_type: 'client_credentials' },
      'body.grant_type must be urn:halo-connect:oauth:desktop-token',
    ],
    ['device_id missing', { device_id: undefined }, 'body.device_id is required'],
    ['device_id empty', { device_id: '' }, 'body.device_id is required'],
    ['device_id too long', { device_id: 'x'.repeat(201) }, 'body.device_id must have at most 200'],
    ['device_id that no header can carry', { device_id: 'Gerät' }, 'body.device_id must be print'],
    ['device_id with a line break', { device_id: 'a\r\nb' }, 'body.device_id must be print'],
    ['device_id with a space at its end', { device_id: 'a ' }, 'body.device_id must be print'],
    ['site_id missing', { site_id: undefined }, 'body.site_id is required'],
  ])('refuses %s with 400, naming the field', async (_what, fields, message) => {
    const answer = await obtainToken(system, fields);
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toContain(message);
  });

  test('refuses a field that is there twice', async () => {
    const form = `${tokenForm(system)}&device_id=other`;
    const answer = await obtainToken(system, {}, { form });
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toBe('body.device_id is given twice');
  });

  test.each([
    ['JSON', 'application/json', '{}'],
    ['a form of another kind', 'multipart/form-data; boundary=x', '--x--'],
    ['text', 'text/plain', 'grant_type=x'],
    ['no content type', undefined, 'grant_type=x'],
    ['nothing at all', undefined, ''],
  ])('refuses %s with 415', async (_what, contentType, form) => {
    const answer = await obtainToken(system, {}, { form, contentType });
    expect(answer.status).toBe(415);
  });

  test('takes a form that names its character set', async () => {
    const contentType = 'application/x-www-form-urlencoded; charset=UTF-8';
    expect((await obtainToken(system, {}, { contentType })).status).toBe(200);
  });

  test('refuses a form that is far too large with 413', async () => {
    expect((await obtainToken(system, { device_id: 'x'.repeat(20_000) })).status).toBe(413);
  });

  test('tells unknown sites (404) and sites of others (403) before it looks at the rest', async () => {
    const notOurs = await createSite(system.admin, 'ZM-1');
    for (const fields of [{}, { grant_type: 'wrong' }, { device_id: undefined }]) {
      for (const site_id of [NO_SITE, 'no-uuid', `${system.siteId}0`]) {
        expect((await obtainToken(system, { ...fields, site_id })).status).toBe(404);
      }
      expect((await obtainToken(system, { ...fields, site_id: notOurs })).status).toBe(403);
    }
  });

  test('needs a subscription key before anything else', async () => {
    for (const key of [undefined, 'wrong']) {
      const headers = { 'ocp-apim-subscription-key': key };
      const nobody = new HttpClient(system.url, headers);
      expect((await nobody.post('/integrator/token', '{}')).status).toBe(401);
    }
  });

  test('a token of a desktop gets no other token', async () => {
    const answer = await desktop.http.post('/integrator/token', tokenForm(system), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(401);
  });
});

describe('the published keys', () => {
  test('verify a token with nothing but a library', async () => {
    const answer = await new HttpClient(system.url).get('/.well-known/jwks.json');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toMatch(/^public, max-age=\d+$/);
    expect(answer.text).not.toContain('"d"');
    const keys = createLocalJWKSet(answer.json as never);
    const { payload, protectedHeader } = await jwtVerify(desktop.token, keys);
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'parhelion-desktop+jwt' });
    expect(payload).toMatchObject({ sub: system.integrator.id, site: system.siteId });
    expect(JSON.stringify(payload)).not.toContain('reception-1');
  });
});

describe('below /desktop', () => {
  test('an immediate query answers as it does below /integrator', async () => {
    const answer = await desktop.run('SELECT TOP 1 InternalID FROM Patients ORDER BY InternalID');
    expect(answer.status).toBe(200);
    expect(queryOf(answer)).toMatchObject({
      integratorId: system.integrator.id,
      siteId: system.siteId,
      mode: 'immediate',
      status: 'successful',
    });
    expect(answer.text).not.toContain('reception-1');
    expect((await desktop.getQuery(queryOf(answer).id)).status).toBe(200);
    expect((await desktop.run('SELECT Nothing FROM Nowhere')).status).toBe(400);
    expect((await desktop.http.post(desktop.path('immediate'), '{')).status).toBe(400);
  });

  test('a desktop sees its own queries only; its integrator sees them all', async () => {
    const other = await DesktopUser.of(system, 'reception-2');
    const again = await DesktopUser.of(system, 'reception-1');
    const mine = queryOf(await desktop.run('SELECT 1 AS n')).id;
    const integrators = queryOf(await system.queries.run('SELECT 2 AS n')).id;
    const queued = await desktop.http.post(desktop.path('async'), {
      command: { text: 'SELECT 3 AS n' },
    });
    expect(queued.status).toBe(201);
    const asyncId = queryOf(queued).id;
    for (const id of [mine, asyncId]) {
      expect((await desktop.getQuery(id)).status).toBe(200);
      expect((await again.getQuery(id.toUpperCase())).status).toBe(200);
      expect((await other.getQuery(id)).status).toBe(404);
      expect((await system.queries.record(id)).status).toBe(200);
    }
    expect((await desktop.getQuery(integrators)).status).toBe(404);
    expect((await other.http.get(other.path(`${asyncId}/results/1`))).status).toBe(404);
    expect((await desktop.getQuery('no-uuid')).status).toBe(404);
  });

  test('only what is meant for desktops is there', async () => {
    const { siteId } = system;
    for (const [method, path] of [
      ['POST', desktop.path('status')],
      ['GET', desktop.path(`${NO_SITE}/results/1/stream`)],
      ['GET', `/desktop/sites/${siteId}`],
      ['GET', '/desktop/sites'],
      ['POST', '/desktop/pair-site'],
      ['POST', '/desktop/token'],
    ] as const) {
      const answer = await desktop.http.send({ method, path });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('a token is no good on another device, without one, or as a subscription key', async () => {
    const { token, deviceId } = desktop;
    for (const headers of [
      { deviceid: 'reception-2' },
      { deviceid: undefined },
      { deviceid: '' },
      { authorization: undefined },
      { authorization: 'Bearer' },
      { authorization: token },
      { authorization: `Basic ${token}` },
      { authorization: `Bearer ${token}x` },
      { authorization: `Bearer ${token} ${token}` },
      { authorization: undefined, 'ocp-apim-subscription-key': system.integrator.primaryKey },
    ]) {
      const answer = await desktop.http.with(headers).get(desktop.path(NO_SITE));
      expect(answer.status).toBe(401);
      expect(answer.errorMessage).toBe('Invalid token');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
    const asKey = asIntegrator(system.url, token).with({ deviceid: deviceId });
    expect((await asKey.get(`/integrator/sites/${system.siteId}`)).status).toBe(401);
    const asOperator = await desktop.http.get('/admin/sites');
    expect(asOperator.status).toBe(401);
    const lower = { authorization: `bearer  ${token}` };
    expect((await desktop.http.with(lower).get(desktop.path(NO_SITE))).status).toBe(404);
  });

  test('a token is good at its own site only, and while the pairing lasts', async () => {
    const second = await createPairedSite(system.admin, 'ZM-2', system.integrator.id);
    const there = await DesktopUser.of(system, 'reception-1', second);
    expect((await there.getQuery(NO_SITE)).status).toBe(404);
    expect((await desktop.http.get(there.path(NO_SITE))).status).toBe(403);
    expect((await there.http.get(desktop.path(NO_SITE))).status).toBe(403);
    const nowhere = `/desktop/sites/${NO_SITE}/queries/${NO_SITE}`;
    expect((await desktop.http.get(nowhere)).status).toBe(404);
    const upper = `/desktop/sites/${system.siteId.toUpperCase()}/queries/immediate`;
    const body = { command: { text: 'SELECT 1 AS n' } };
    expect((await desktop.http.post(upper, body)).status).toBe(200);

    const path = `/admin/sites/${second}/pairings/${system.integrator.id}`;
    await system.admin.send({ method: 'DELETE', path });
    const ended = await there.getQuery(NO_SITE);
    expect([ended.status, ended.errorMessage]).toEqual([
      403,
      'The integrator is not paired with this site.',
    ]);
  });

  test('no header makes the gateway fail', async () => {
    const bad = fc.oneof(
      fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,300}$/),
      fc.stringMatching(/^[\w.-]{0,200}$/).map((text) => `Bearer ${text}`),
      fc.json().map((json) => `Bearer ${Buffer.from(json).toString('base64url')}.e30.AA`),
      fc.nat(desktop.token.length - 1).map((at) => `Bearer ${desktop.token.slice(0, at)}`),
    );
    await fc.assert(
      fc.asyncProperty(bad, fc.stringMatching(/^[\x20-\x7e]{0,50}$/), async (authorization, id) => {
        const headers = { authorization, deviceid: id };
        const answer = await desktop.http.with(headers).get(desktop.path(NO_SITE));
        expect(answer.status).toBe(401);
      }),
      { numRuns: 150 },
    );
    const line = `GET ${desktop.path(NO_SITE)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n`;
    const good = `Authorization: Bearer ${desktop.token}\r\n`;
    for (const [headers, status] of [
      [`${good}DeviceId: reception-1\r\nDeviceId: reception-1\r\n`, 401],
      [`Authorization: Bearer x\r\n${good}DeviceId: reception-1\r\n`, 401],
      [`${good}DeviceId: reception-1\x01\r\n`, 400],
      [`Authorization: Bearer ${'x'.repeat(10_000)}\r\nDeviceId: a\r\n`, 401],
      [`Authorization: Bearer ${'x'.repeat(40_000)}\r\nDeviceId: a\r\n`, 431],
      [`${good}DeviceId: reception-1\r\n`, 404],
    ] as const) {
      expect((await sendRaw(system.url, `${line}${headers}\r\n`)).status).toBe(status);
    }
  });
});

describe('revoking', () => {
  test('by device, as the operator does it; other devices go on, and a new token is good', async () => {
    const [lost, kept] = [
      await DesktopUser.of(system, 'lost-laptop'),
      await DesktopUser.of(system, 'kept-laptop'),
    ];
    expect((await lost.run('SELECT 1 AS n')).status).toBe(200);
    const revoked = await system.admin.post('/admin/token-revocations', {
      deviceId: 'lost-laptop',
      integratorId: system.integrator.id.toUpperCase(),
    });
    expect(revoked.status).toBe(201);
    expect(revoked.json).toMatchObject({ number: 1, integratorId: system.integrator.id });
    expect((await lost.run('SELECT 1 AS n')).status).toBe(401);
    expect((await kept.run('SELECT 1 AS n')).status).toBe(200);
    const renewed = await DesktopUser.of(system, 'lost-laptop');
    expect((await renewed.run('SELECT 1 AS n')).status).toBe(200);
    const listed = await system.admin.get('/admin/token-revocations');
    expect(listed.json).toEqual({ revocations: [revoked.json] });
    expect(listed.text).not.toContain('laptop');
  });

  test.each([
    [{}, 400],
    [{ device: 'x' }, 400],
    [{ integratorId: 'x' }, 400],
    [{ deviceId: '' }, 400],
    [{ integratorId: NO_SITE }, 404],
    [{ siteId: NO_SITE }, 404],
  ])('refuses %j with %i', async (body, status) => {
    const answer = await system.admin.post('/admin/token-revocations', body);
    expect(answer.status).toBe(status);
    expect(answer.errorMessage).toBeTypeOf('string');
  });

  test('is for the operator only', async () => {
    const body = { siteId: system.siteId };
    for (const http of [system.http, desktop.http]) {
      expect((await http.post('/admin/token-revocations', body)).status).toBe(401);
    }
  });
});

test('a desktop of another integrator has nothing to do with it', async () => {
  const keys = await createIntegrator(system.admin, 'Second integrator');
  const path = `/admin/sites/${system.siteId}/pairings/${keys.id}`;
  await system.admin.send({ method: 'PUT', path });
  const http = asIntegrator(system.url, keys.primaryKey);
  const form = tokenForm(system, { device_id: 'reception-1' });
  const stranger = await DesktopUser.from(http, form, 'reception-1', system.siteId);
  const mine = queryOf(await desktop.run('SELECT 1 AS n')).id;
  expect((await desktop.getQuery(mine)).status).toBe(200);
  expect((await stranger.getQuery(mine)).status).toBe(404);
});

test('the API’s reference describes the operations of desktops, and how they authenticate', async () => {
  const { json } = await new HttpClient(system.url).get('/openapi.json');
  const { paths } = json as { paths: Record<string, Record<string, Record<string, unknown>>> };
  const listed = Object.entries(paths)
    .filter(([path]) => path.startsWith('/desktop/'))
    .flatMap(([path, item]) => Object.entries(item).map((entry) => [path, ...entry] as const));
  const names = listed.map(([path, method, { operationId }]) => [
    operationId,
    `${method} ${path.replace('/desktop/sites/{siteId}/queries/', '')}`,
  ]);
  expect(Object.fromEntries(names)).toMatchObject({
    createImmediateQueryAsDesktop: 'post immediate',
    createAsyncQueryAsDesktop: 'post async',
    getQueryAsDesktop: 'get {queryId}',
    getResultPageAsDesktop: 'get {queryId}/results/{pageNumber}',
  });
  for (const [, , operation] of listed) {
    expect(operation['security']).toEqual([{ desktopToken: [], deviceId: [] }]);
    expect(operation['responses']).toMatchObject({ 401: { description: 'Invalid token' } });
  }
  const form = paths['/integrator/token']?.['post']?.['requestBody'];
  expect(form).toMatchObject({ content: { 'application/x-www-form-urlencoded': {} } });
});

test('the log and the metrics know no device, and no token', async () => {
  await desktop.run('SELECT 1 AS n');
  const metrics = (await new HttpClient(system.url).get('/metrics')).text;
  expect(metrics).toMatch(/parhelion_desktop_tokens_total\{outcome="issued"\} \d/);
  const device = String(decodeJwt(desktop.token)['device']);
  for (const text of [metrics, system.gateway.output]) {
    expect(text).not.toContain('reception-1');
    expect(text).not.toContain(device);
    expect(text).not.toContain(desktop.token.split('.')[2]);
  }
});

test('with short settings tokens end and keys change while desktops go on', async () => {
  await using quick = await startSystem({
    gatewayEnv: {
      PARHELION_DESKTOP_TOKEN_TTL_S: '3',
      PARHELION_DESKTOP_CLOCK_SKEW_MS: '0',
      PARHELION_DESKTOP_KEY_ROTATION_MS: '1000',
    },
  });
  const first = await DesktopUser.of(quick, 'd');
  const next = await until('a desktop gets in with a token of another key', async () => {
    const user = await DesktopUser.of(quick, 'd');
    const { kid } = decodeProtectedHeader(user.token);
    if (kid === decodeProtectedHeader(first.token).kid) return undefined;
    return (await user.getQuery(NO_SITE)).status === 404 ? user : undefined;
  });
  const ended = await until('its token ends', async () => {
    const answer = await next.getQuery(NO_SITE);
    return answer.status === 404 ? undefined : answer;
  });
  expect([ended.status, ended.errorMessage]).toEqual([401, 'Invalid token']);
}, 90_000);

describeOnPostgres('two gateways', (engine) => {
  test('take each other’s tokens, and both refuse what one has revoked', async () => {
    await using stack = new DisposalStack();
    const store = stack.use(await engine.createStore());
    const urls: string[] = [];
    for (const _gateway of ['one', 'two']) {
      const env = {
        PARHELION_STORE_URL: store.url,
        PARHELION_DATA_DIR: stack.use(new TempFolder()).path,
      };
      const { program, url } = await startGateway(env);
      stack.use(program);
      urls.push(url);
    }
    const [one = '', two = ''] = urls;
    const admin = operator(one);
    const { id, primaryKey } = await createIntegrator(admin, 'Integrator');
    const siteId = await createPairedSite(admin, 'BP-1', id);
    const desktopOf = (url: string, deviceId: string) => {
      const form = tokenForm({ siteId }, { device_id: deviceId });
      return DesktopUser.from(asIntegrator(url, primaryKey), form, deviceId, siteId);
    };
    const [lost, kept] = [await desktopOf(one, 'lost'), await desktopOf(two, 'kept')];
    const keys = await Promise.all(
      urls.map(async (url) => (await new HttpClient(url).get('/.well-known/jwks.json')).text),
    );
    expect(keys[1]).toBe(keys[0]);
    const statusesOf = async (user: DesktopUser) => [
      (await user.at(one).getQuery(NO_SITE)).status,
      (await user.at(two).getQuery(NO_SITE)).status,
    ];
    expect([await statusesOf(lost), await statusesOf(kept)]).toEqual([
      [404, 404],
      [404, 404],
    ]);
    await admin.post('/admin/token-revocations', { deviceId: 'lost' });
    expect((await lost.at(one).getQuery(NO_SITE)).status).toBe(401);
    const isRefused = async () => (await lost.at(two).getQuery(NO_SITE)).status === 401;
    await until('the other gateway refuses it too', isRefused);
    expect(await statusesOf(kept)).toEqual([404, 404]);
    expect(await statusesOf(await desktopOf(two, 'lost'))).toEqual([404, 404]);
  });
});

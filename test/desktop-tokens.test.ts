import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DisposalStack } from '../src/lib/disposal.ts';
import { DesktopUser, obtainToken, tokenForm } from './support/desktop-user.ts';
import { TempFolder } from './support/dev-system.ts';
import { HttpClient } from './support/http-client.ts';
import { describeOnPostgres } from './support/store-engines.ts';
import {
  asIntegrator,
  createIntegrator,
  createPairedSite,
  createSite,
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

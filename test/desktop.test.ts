import * as fc from 'fast-check';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesktopUser, tokenForm } from './support/desktop-user.ts';
import { HttpClient } from './support/http-client.ts';
import { queryOf } from './support/query-client.ts';
import { sendRaw } from './support/raw-http.ts';
import {
  asIntegrator,
  createIntegrator,
  createPairedSite,
  type System,
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

  test('an async query goes all the way, and its pages are for its desktop', async () => {
    const other = await DesktopUser.of(system, 'reception-2');
    const text = 'SELECT TOP 3 InternalID FROM Patients ORDER BY InternalID';
    const id = queryOf(await desktop.http.post(desktop.path('async'), { command: { text } })).id;
    await until('the query is successful', async () => {
      return queryOf(await desktop.getQuery(id)).status === 'successful';
    });
    const page = await desktop.http.get(desktop.path(`${id}/results/1`));
    expect([page.status, page.headers['rows-count']]).toEqual([200, '3']);
    expect((await other.http.get(desktop.path(`${id}/results/1`))).status).toBe(404);
    expect((await desktop.http.get(desktop.path(`${id}/results/2`))).status).toBe(404);
    const asIts = await system.http.get(
      `/integrator/sites/${system.siteId}/queries/${id}/results/1`,
    );
    expect(asIts.text).toBe(page.text);
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
    expect(operation['responses']).toHaveProperty('401');
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

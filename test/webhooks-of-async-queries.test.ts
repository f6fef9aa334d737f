import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TempFolder } from './support/dev-system.ts';
import { type System, startSystem } from './support/system.ts';
import { RECEIVER_CERTIFICATE_FILE, WebhookReceiver } from './support/webhook-receiver.ts';

type IsGenuine = (
  rawBody: Buffer,
  headers: IncomingHttpHeaders,
  secret: string,
  maxAgeMs?: number,
) => boolean;

/** What the documentation tells integrators to do. */
async function documentedCheck(folder: string): Promise<IsGenuine> {
  const page = readFileSync(fileURLToPath(new URL('../docs/webhooks.md', import.meta.url)), 'utf8');
  const [, code = ''] = /```js\n(.*?)```/s.exec(page) ?? [];
  const file = join(folder, 'is-genuine.mjs');
  writeFileSync(file, code);
  return ((await import(pathToFileURL(file).href)) as { isGenuine: IsGenuine }).isGenuine;
}

const folder = new TempFolder();
let system: System;
let receiver: WebhookReceiver;
let isGenuine: IsGenuine;
let path: string;
let secret: string;
beforeAll(async () => {
  isGenuine = await documentedCheck(folder.path);
  receiver = await WebhookReceiver.listen('https');
  system = await startSystem({
    gatewayEnv: {
      PARHELION_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: RECEIVER_CERTIFICATE_FILE,
    },
  });
  path = `/admin/integrators/${system.integrator.id}/webhooks/async`;
  const url = `${receiver.url}/{siteId}/{queryId}`;
  const set = await system.admin.send({ method: 'PUT', path, body: { url } });
  ({ secret } = set.json as { secret: string });
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

test('the integrator is told of a successful query, and can prove who says so', async () => {
  const queries = `/integrator/sites/${system.siteId}/queries`;
  const failing = await system.http.post(`${queries}/async`, { command: { text: 'SELEKT' } });
  expect(failing.status).toBe(201);
  const text = 'SELECT TOP 3 Surname FROM Patients';
  const accepted = await system.http.post(`${queries}/async`, { command: { text } });
  const { id } = accepted.json as { id: string };
  const [request] = await receiver.untilReceived(1);
  if (!request) throw new Error('Nothing came.');
  expect(request.path).toBe(`/${system.siteId}/${id}`);
  expect(JSON.parse(request.body)).toMatchObject({
    siteId: system.siteId,
    queryId: id,
    webhookSource: 'async',
  });
  expect((await system.http.get(`${queries}/${id}`)).json).toMatchObject({ status: 'successful' });

  const rawBody = Buffer.from(request.body);
  const { headers } = request;
  expect(isGenuine(rawBody, headers, secret)).toBe(true);
  expect(isGenuine(rawBody, headers, `${secret}x`)).toBe(false);
  expect(isGenuine(Buffer.from(request.body.replace(id, system.siteId)), headers, secret)).toBe(
    false,
  );
  const later = { ...headers, 'x-halo-timestamp': '2020-01-01T00:00:00.0000000+00:00' };
  expect(isGenuine(rawBody, later, secret)).toBe(false);
  expect(isGenuine(rawBody, headers, secret, 0)).toBe(false);
  expect(isGenuine(rawBody, {}, secret)).toBe(false);
});

test('a receiver that follows the documentation loses nothing while its secret is replaced', async () => {
  const rotated = await system.admin.post(`${path}/next-secret`);
  const { secret: next } = rotated.json as { secret: string };
  const proves = async (key: string) => {
    await system.admin.post(`${path}/test`);
    const request = receiver.requests.at(-1);
    return request && isGenuine(Buffer.from(request.body), request.headers, key);
  };
  expect(await proves(secret)).toBe(true);
  expect(await proves(next)).toBe(true);
  await system.admin.post(`${path}/next-secret/activate`);
  expect(await proves(next)).toBe(true);
  expect(await proves(secret)).toBe(false);
});

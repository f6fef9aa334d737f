import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../src/gateway/store/index.ts';
import { DisposalStack } from '../src/lib/disposal.ts';
import { TempFolder } from './support/dev-system.ts';
import type { HttpClient } from './support/http-client.ts';
import type { Env, Program } from './support/program.ts';
import { describeOnPostgres } from './support/store-engines.ts';
import { createIntegrator, operator, startGateway } from './support/system.ts';
import { until } from './support/until.ts';
import { WebhookBed } from './support/webhook-bed.ts';
import {
  expectedSignature,
  RECEIVER_CERTIFICATE_FILE,
  WebhookReceiver,
} from './support/webhook-receiver.ts';

const TRUSTING: Env = {
  PARHELION_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  NODE_EXTRA_CA_CERTS: RECEIVER_CERTIFICATE_FILE,
};
const HASTY: Env = {
  ...TRUSTING,
  PARHELION_WEBHOOK_TIMEOUT_MS: '1000',
  PARHELION_WEBHOOK_FIRST_RETRY_MS: '20',
  PARHELION_WEBHOOK_LONGEST_RETRY_MS: '60',
};

interface WebhookFacts {
  readonly url: string;
  readonly secret?: string;
  readonly statistics: { pending: number; delivered: number; failed: number; attempts: number };
}

/** One gateway over a store, and another process that announces events in it. */
class Announcing implements AsyncDisposable {
  readonly gateway: Program;
  readonly admin: HttpClient;
  readonly #bed: WebhookBed;
  readonly #stack: DisposalStack;

  private constructor(gateway: Program, url: string, bed: WebhookBed, stack: DisposalStack) {
    this.gateway = gateway;
    this.admin = operator(url);
    this.#bed = bed;
    this.#stack = stack;
  }

  static async start(storeUrl: string, dataDir: string, env: Env): Promise<Announcing> {
    const stack = new DisposalStack();
    const { program, url } = await startGateway({
      PARHELION_DATA_DIR: dataDir,
      PARHELION_STORE_URL: storeUrl,
      ...env,
    });
    stack.use(program);
    const bed = stack.use(new WebhookBed(stack.use(await openDatabase(storeUrl))));
    return new Announcing(program, url, bed, stack);
  }

  /** A new integrator with a webhook for its async queries. */
  async addWebhook(url: string): Promise<{ id: string; path: string; secret: string }> {
    const { id } = await createIntegrator(this.admin, 'Told of its queries');
    const path = `/admin/integrators/${id}/webhooks/async`;
    const answer = await this.put(path, { url });
    if (answer.status !== 201) throw new Error(`The webhook was refused: ${answer.text}`);
    return { id, path, secret: (answer.json as WebhookFacts).secret ?? '' };
  }

  put(path: string, body?: object) {
    return this.admin.send({ method: 'PUT', path, ...(body && { body }) });
  }

  async statistics(path: string): Promise<WebhookFacts['statistics']> {
    return ((await this.admin.get(path)).json as WebhookFacts).statistics;
  }

  announce(integratorId: string) {
    this.#bed.clock.time = Date.now();
    return this.#bed.announce(integratorId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack[Symbol.asyncDispose]();
  }
}

const onSqlite = (folder: TempFolder, env: Env) =>
  Announcing.start(`sqlite:${join(folder.path, 'gateway.db')}`, folder.path, env);

describe('a gateway whose operator allows loopback', () => {
  const folder = new TempFolder();
  let system: Announcing;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    system = await onSqlite(folder, HASTY);
    receiver = await WebhookReceiver.listen('https');
  });
  afterAll(async () => {
    await system[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  beforeEach(() => {
    receiver.requests.length = 0;
    receiver.answer = 204;
  });

  test('delivers over TLS what was announced, signed, at the address of the templates', async () => {
    const { id, path, secret } = await system.addWebhook(
      `${receiver.url}/{source}/{siteId}?q={queryId}`,
    );
    const { siteId, queryId } = await system.announce(id);
    const [request] = await receiver.untilReceived(1);
    if (!request) throw new Error('Nothing came.');
    expect(request).toMatchObject({ method: 'POST', path: `/async/${siteId}?q=${queryId}` });
    expect(JSON.parse(request.body)).toEqual({
      id: request.headers['x-halo-id'],
      occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00$/),
      siteId,
      queryId,
      webhookSource: 'async',
    });
    expect(request.headers['x-halo-signature-256']).toBe(expectedSignature(request, secret));
    await until('it counts', async () => (await system.statistics(path)).delivered === 1);
    expect(receiver.requests).toHaveLength(1);
  });

  test('gives up after ten attempts, tells why, and begins anew when asked', async () => {
    receiver.answer = 503;
    const { id, path } = await system.addWebhook(receiver.url);
    const { siteId, queryId } = await system.announce(id);
    await until('it is given up', async () => (await system.statistics(path)).failed === 1);
    expect(receiver.requests).toHaveLength(10);
    expect(new Set(receiver.ids).size).toBe(1);
    const { failures } = (await system.admin.get(`${path}/failures`)).json as {
      failures: { deliveryId: string }[];
    };
    expect(failures).toEqual([
      {
        deliveryId: receiver.ids[0],
        siteId,
        queryId,
        occurredAt: expect.any(String),
        attempts: 10,
        lastAttemptAt: expect.any(String),
        error: 'httpStatus',
        statusCode: 503,
      },
    ]);
    const metrics = (await system.admin.get('/metrics')).text;
    expect(metrics).toMatch(
      /parhelion_webhook_attempts_total\{source="async",outcome="retry",error="httpStatus"\} 9\b/,
    );
    receiver.answer = 200;
    const redeliver = () =>
      system.admin.post(`${path}/failures/${failures[0]?.deliveryId}/redeliver`);
    expect((await redeliver()).status).toBe(204);
    await until('it is delivered', async () => (await system.statistics(path)).delivered === 1);
    expect(receiver.requests).toHaveLength(11);
    expect((await redeliver()).status).toBe(404);
    expect((await system.admin.get(`${path}/failures`)).json).toEqual({ failures: [] });
  });

  test('neither follows a redirect nor repeats it', async () => {
    await using elsewhere = await WebhookReceiver.listen('https');
    receiver.answer = (_, response) => response.writeHead(307, { location: elsewhere.url }).end();
    const { id, path } = await system.addWebhook(receiver.url);
    await system.announce(id);
    await until('it is given up', async () => (await system.statistics(path)).failed === 1);
    expect((await system.statistics(path)).attempts).toBe(1);
    expect(elsewhere.requests).toEqual([]);
  });

  test('a test message says what became of it, once', async () => {
    const { path, secret } = await system.addWebhook(`${receiver.url}/{queryId}`);
    const send = async () => (await system.admin.post(`${path}/test`)).json;
    expect(await send()).toEqual({
      id: receiver.ids[0],
      delivered: true,
      statusCode: 204,
      durationMs: expect.any(Number),
    });
    const [request] = receiver.requests;
    if (!request) throw new Error('Nothing came.');
    expect(request.path).toBe(`/${(JSON.parse(request.body) as { queryId: string }).queryId}`);
    expect(request.headers['x-halo-signature-256']).toBe(expectedSignature(request, secret));
    receiver.answer = 500;
    expect(await send()).toMatchObject({ delivered: false, statusCode: 500, error: 'httpStatus' });
    receiver.answer = undefined;
    expect(await send()).toMatchObject({ delivered: false, error: 'timeout' });
    await system.put(path, { url: 'https://127.0.0.1:1/' });
    expect(await send()).toMatchObject({ delivered: false, error: 'connection' });
    await system.put(path, { url: `https://localhost:${receiver.port}/` });
    receiver.answer = 204;
    expect(await send()).toMatchObject({ delivered: true });
    expect(receiver.requests).toHaveLength(4);
    expect((await system.statistics(path)).attempts).toBe(0);
  });

  test('rotating the secret leaves a receiver the time it needs', async () => {
    const { path, secret } = await system.addWebhook(receiver.url);
    const activate = () => system.admin.post(`${path}/next-secret/activate`);
    const signedBy = async (name: string, key: string) => {
      await system.admin.post(`${path}/test`);
      const request = receiver.requests.at(-1);
      return request && request.headers[name] === expectedSignature(request, key);
    };
    expect((await activate()).status).toBe(409);
    const rotated = await system.admin.post(`${path}/next-secret`);
    expect(rotated.status).toBe(201);
    const { secret: next } = rotated.json as { secret: string };
    expect((await system.admin.get(path)).json).toHaveProperty('nextSecretCreatedAt');
    expect(await signedBy('x-halo-signature-256', secret)).toBe(true);
    expect(await signedBy('x-halo-signature-256-next', next)).toBe(true);
    expect((await activate()).status).toBe(204);
    expect((await system.admin.get(path)).json).not.toHaveProperty('nextSecretCreatedAt');
    expect(await signedBy('x-halo-signature-256', next)).toBe(true);
    expect(receiver.requests.at(-1)?.headers).not.toHaveProperty('x-halo-signature-256-next');
  });

  test('webhooks are set, listed and removed by the operator alone', async () => {
    const { id, path, secret } = await system.addWebhook(receiver.url);
    const changed = await system.put(path, { url: `${receiver.url}/2` });
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ integratorId: id, url: `${receiver.url}/2` });
    expect(changed.json).not.toHaveProperty('secret');
    const registered = `/admin/integrators/${id}/webhooks/registered`;
    const own = await system.put(registered, { url: receiver.url, secret: 'sixteen letters!' });
    expect(own.status).toBe(201);
    expect(own.json).not.toHaveProperty('secret');
    const list = await system.admin.get(`/admin/integrators/${id}/webhooks`);
    expect(list.json).toMatchObject({
      webhooks: [{ source: 'async' }, { source: 'registered', url: receiver.url }],
    });
    expect(list.text).not.toContain(secret);
    const nobody = system.admin.with({ authorization: undefined });
    expect((await nobody.get(path)).status).toBe(401);
    const remove = () => system.admin.send({ method: 'DELETE', path });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    for (const gone of [path, `${path}/failures`]) {
      expect((await system.admin.get(gone)).status).toBe(404);
    }
    for (const gone of ['/test', '/next-secret', '/next-secret/activate']) {
      expect((await system.admin.post(path + gone)).status).toBe(404);
    }
  });

  test.each<[object | undefined, string]>([
    [undefined, 'body'],
    [{}, 'body.url is required'],
    [{ url: 7 }, 'body.url must be string'],
    [{ url: 'https://example.com/{practice}' }, 'body.url has the unknown template {practice}'],
    [{ url: 'ftp://example.com' }, 'body.url must be an https:// address'],
    [{ url: 'https://10.0.0.1/' }, 'body.url must not lead to a private'],
    [{ url: 'https://example.com', secret: 'short' }, 'body.secret must NOT have fewer than 16'],
    [{ url: 'https://example.com/\0' }, 'body.url must not have spaces or control characters'],
  ])('%j is refused: %s', async (body, message) => {
    const { path } = await system.addWebhook(receiver.url);
    const answer = await system.put(path, body);
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toContain(message);
  });

  test('an unknown source or integrator is told', async () => {
    const { id } = await createIntegrator(system.admin, 'Another');
    const immediate = `/admin/integrators/${id}/webhooks/immediate`;
    const answer = await system.put(immediate, { url: receiver.url });
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toBe('params.source must be one of async, registered');
    const nobody = '/admin/integrators/0199b1c0-0000-7000-8000-000000000001/webhooks';
    expect((await system.admin.get(nobody)).status).toBe(404);
    expect((await system.put(`${nobody}/async`, { url: receiver.url })).status).toBe(404);
    expect((await system.put('/admin/integrators/x/webhooks/async', { url: 'y' })).status).toBe(
      400,
    );
  });

  test('says neither addresses nor secrets in its log', async () => {
    receiver.answer = 404;
    const { id, path, secret } = await system.addWebhook(`${receiver.url}/CanaryInAddress77`);
    await system.announce(id);
    await until('it is given up', async () => (await system.statistics(path)).failed === 1);
    const line = await system.gateway.logged(
      'the failure',
      (each) => each['msg'] === 'webhook delivery failed' && each['deliveryId'] === receiver.ids[0],
    );
    expect(line).toMatchObject({ integratorId: id, error: 'httpStatus', statusCode: 404 });
    expect(system.gateway.output).not.toContain('CanaryInAddress77');
    expect(system.gateway.output).not.toContain(secret);
  });
});

describe('a gateway whose operator allows nothing', () => {
  test('reaches nobody inside', async () => {
    using folder = new TempFolder();
    await using system = await onSqlite(folder, { NODE_EXTRA_CA_CERTS: RECEIVER_CERTIFICATE_FILE });
    await using receiver = await WebhookReceiver.listen('https');
    const { path } = await system.addWebhook('https://example.com/');
    for (const url of [receiver.url, `https://localhost:${receiver.port}/`, 'https://[::1]/']) {
      const answer = await system.put(path, { url });
      expect(answer.status).toBe(400);
      expect(answer.errorMessage).toContain('PARHELION_WEBHOOK_ALLOWED_NETWORKS');
    }
    const inTheClear = await system.put(path, { url: 'http://example.com/' });
    expect(inTheClear.errorMessage).toMatch(/^body\.url must be an https:\/\/ address/);
    expect(receiver.requests).toEqual([]);
  });

  test('not even where it once was allowed', async () => {
    using folder = new TempFolder();
    await using receiver = await WebhookReceiver.listen('https');
    const allowed = await onSqlite(folder, TRUSTING);
    const { id, path } = await allowed.addWebhook(receiver.url);
    await allowed.announce(id);
    await receiver.untilReceived(1);
    await allowed[Symbol.asyncDispose]();
    await using strict = await onSqlite(folder, { NODE_EXTRA_CA_CERTS: RECEIVER_CERTIFICATE_FILE });
    const sent = await strict.admin.post(`${path}/test`);
    expect(sent.json).toMatchObject({ delivered: false, error: 'addressRefused' });
    expect(receiver.requests).toHaveLength(1);
  });
});

describe('a gateway that dies', () => {
  test('leaves no delivery behind: neither one under way nor one that waits', async () => {
    using folder = new TempFolder();
    await using receiver = await WebhookReceiver.listen('https');
    receiver.answer = undefined;
    const first = await onSqlite(folder, { ...TRUSTING, PARHELION_WEBHOOK_TIMEOUT_MS: '2000' });
    const { id, path } = await first.addWebhook(receiver.url);
    await first.announce(id);
    await receiver.untilReceived(1);
    first.gateway.kill('SIGKILL');
    await first.gateway.exit;
    await first.announce(id);
    await first[Symbol.asyncDispose]();
    receiver.answer = 204;
    await using second = await onSqlite(folder, TRUSTING);
    await until('both are delivered', async () => (await second.statistics(path)).delivered === 2);
    expect(receiver.requests).toHaveLength(3);
    expect(new Set(receiver.ids).size).toBe(2);
    expect(receiver.ids.filter((each) => each === receiver.ids[0])).toHaveLength(2);
  });

  test('or stops in good order, hands on its attempt at once', async () => {
    using folder = new TempFolder();
    await using receiver = await WebhookReceiver.listen('https');
    receiver.answer = undefined;
    const env = { ...TRUSTING, PARHELION_WEBHOOK_TIMEOUT_MS: '60000' };
    const first = await onSqlite(folder, env);
    const { id, path } = await first.addWebhook(receiver.url);
    await first.announce(id);
    await receiver.untilReceived(1);
    await first[Symbol.asyncDispose]();
    receiver.answer = 204;
    await using second = await onSqlite(folder, env);
    await until('it is delivered', async () => (await second.statistics(path)).delivered === 1);
    expect(new Set(receiver.ids).size).toBe(1);
  });
});

describeOnPostgres('two gateways of one store', (engine) => {
  test('deliver each event once', async () => {
    using folder = new TempFolder();
    await using store = await engine.createStore();
    await using receiver = await WebhookReceiver.listen('https');
    const env = { ...TRUSTING, PARHELION_WEBHOOK_TIMEOUT_MS: '60000' };
    await using one = await Announcing.start(store.url, join(folder.path, '1'), env);
    await using other = await Announcing.start(store.url, join(folder.path, '2'), env);
    const count = 100;
    const { id, path } = await one.addWebhook(receiver.url);
    for (let each = 0; each < count; each += 2) {
      await Promise.all([one.announce(id), other.announce(id)]);
    }
    await until('all are delivered', async () => {
      const { delivered } = await other.statistics(path);
      return delivered === count;
    });
    expect(receiver.requests).toHaveLength(count);
    expect(new Set(receiver.ids).size).toBe(count);
  });
});

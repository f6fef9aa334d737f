import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DisposalStack } from '../src/lib/disposal.ts';
import {
  RegisteredClient,
  type RegisteredResultBody,
  runsOf,
} from './support/registered-client.ts';
import { asIntegrator, createIntegrator, type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';
import { WebhookReceiver } from './support/webhook-receiver.ts';

const NAMES = 'SELECT InternalID, Surname FROM Patients WHERE InternalID = 1';
/** More than the gateway of these tests takes. */
const LARGE = 'SELECT TOP 5000 a.Surname, b.Firstname FROM Patients a CROSS JOIN Patients b';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const stack = new DisposalStack();
let system: System;
let registered: RegisteredClient;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = stack.use(await WebhookReceiver.listen());
  system = stack.use(
    await startSystem({
      gatewayEnv: {
        PARHELION_REGISTERED_MIN_FREQUENCY_S: '1',
        PARHELION_REGISTERED_MAX_RESULT_BYTES: '100000',
        PARHELION_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      },
      linkEnv: { PARHELION_LOG_LEVEL: 'debug' },
    }),
  );
  registered = new RegisteredClient(system.http, system.siteId);
  await system.admin.send({
    method: 'PUT',
    path: `/admin/integrators/${system.integrator.id}/webhooks/registered`,
    body: { url: `${receiver.url}/{source}/{siteId}/{queryId}` },
  });
});

afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

const rank = (status: string) => (status === 'enabled' ? 0 : 1);

async function counter(name: string): Promise<number> {
  const { text } = await system.http.get('/metrics');
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

const announced = (id: string) => receiver.requests.filter(({ path }) => path.endsWith(id));

describe('a query at a site that is there', () => {
  test('yields its result at once, and is told of in full', async () => {
    const answer = await registered.post({
      name: 'Surname of the first',
      registeredQueryType: 'query',
      frequency: 3_600,
      duration: 86_400,
      registerCommand: { command: { text: NAMES, executionMode: 'reader', type: 'text' } },
    });
    expect(answer.status).toBe(202);
    expect(answer.json).toEqual({ id: expect.stringMatching(UUID) });
    const { id } = answer.json as { id: string };
    const query = await registered.untilRuns(id, 1);
    const result = (await registered.result(id)).json as RegisteredResultBody;
    const data = Buffer.from(result.data, 'base64');
    expect(JSON.parse(data.toString())).toEqual([{ InternalID: 1, Surname: expect.any(String) }]);
    expect(result).toEqual({ data: result.data, parameters: null, rows: 1, size: data.length });
    expect(query).toEqual({
      id,
      name: 'Surname of the first',
      registeredQueryType: 'query',
      status: 'enabled',
      frequency: 3_600,
      duration: 86_400,
      createdAt: expect.stringMatching(INSTANT),
      lastHash: createHash('sha256').update(data).digest('base64'),
      metrics: {
        lastExecutionDuration: expect.any(Number),
        executionSucceededCount: 1,
        executionFailedCount: 0,
        resultSizeSum: data.length,
        requestSize: expect.any(Number),
        lastSucceededAt: expect.stringMatching(INSTANT),
      },
    });
    expect((await registered.list()).find((each) => each.id === id)).toEqual(query);
    await registered.cancel(id);
  });

  test('is uploaded and announced when its result has changed, and only then', async () => {
    const id = await registered.create(NAMES);
    const first = await registered.untilRuns(id, 1);
    const uploads = await counter('parhelion_registered_results_total');
    const later = await registered.untilRuns(id, 3);
    expect(later.lastHash).toBe(first.lastHash);
    expect(await counter('parhelion_registered_results_total')).toBe(uploads);
    const changed = await system.queries.nonQuery(
      "UPDATE Patients SET Surname = 'Newly-Married' WHERE InternalID = 1",
    );
    expect(changed.status).toBe(200);
    const after = await registered.until(
      'another hash',
      id,
      ({ lastHash }) => lastHash !== first.lastHash,
    );
    expect(await registered.rows(id)).toEqual([{ InternalID: 1, Surname: 'Newly-Married' }]);
    expect(await counter('parhelion_registered_results_total')).toBe(uploads + 1);
    await until('the announcements', () => announced(id).length >= 2);
    await registered.untilRuns(id, runsOf(after) + 2);
    expect(announced(id)).toHaveLength(2);
    expect(JSON.parse(announced(id)[0]?.body ?? '')).toEqual({
      id: expect.stringMatching(UUID),
      occurredAt: expect.any(String),
      siteId: system.siteId,
      queryId: id,
      webhookSource: 'registered',
    });
    await registered.cancel(id);
  });

  test('returns output parameters, which count for the hash', async () => {
    const id = await registered.create({
      text: 'SELECT @n = COUNT(*) FROM Patients',
      parameters: [{ name: '@n', type: 'Int', direction: 'output' }],
    });
    const query = await registered.until('a hash', id, ({ lastHash }) => lastHash !== undefined);
    const result = (await registered.result(id)).json as RegisteredResultBody;
    expect(result.parameters).toEqual([
      { name: '@n', direction: 'output', type: 'Int', value: expect.stringMatching(/^\d+$/) },
    ]);
    const hashed = Buffer.from(result.data, 'base64') + JSON.stringify(result.parameters);
    expect(query.lastHash).toBe(createHash('sha256').update(hashed).digest('base64'));
    await registered.cancel(id);
  });

  test('keeps going when its runs fail, and completes after the run at its very end', async () => {
    const timing = { frequency: 3, duration: 6 };
    const failing = await registered.create('SELECT * FROM NoSuchTable', timing);
    const large = await registered.create(LARGE, timing);
    const good = await registered.create('SELECT 1 AS one', timing);
    const isOver = ({ status }: { status: string }) => status === 'completed';
    const failed = await registered.until('the end', failing, isOver);
    expect(failed.metrics).toMatchObject({ executionFailedCount: 3, executionSucceededCount: 0 });
    expect(failed.lastErrorDetails).toMatchObject({ errorType: 'mssql', errorCode: 208 });
    const end = Date.parse(failed.createdAt) + 6_000;
    expect(Date.parse(failed.completedAt ?? '')).toBeGreaterThanOrEqual(end);
    expect((await registered.result(failing)).status).toBe(404);
    const tooLarge = await registered.until('the end', large, isOver);
    expect(tooLarge.lastErrorDetails).toMatchObject({ errorType: 'http', errorCode: 413 });
    const { metrics, completedAt, createdAt } = await registered.until('the end', good, isOver);
    expect(metrics).toMatchObject({ executionFailedCount: 0, executionSucceededCount: 3 });
    expect(Date.parse(completedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(createdAt) + 6_000);
    expect(await registered.rows(good)).toEqual([{ one: 1 }]);
    const statuses = (await registered.list()).map(({ status }) => status);
    expect(statuses).toEqual(statuses.toSorted((a, b) => rank(a) - rank(b)));
  });

  test('stops when it is cancelled', async () => {
    const id = await registered.create('SELECT GETDATE() AS now');
    await registered.untilRuns(id, 1);
    expect((await registered.cancel(id)).status).toBe(204);
    const cancelled = await registered.get(id);
    expect(cancelled).toMatchObject({ status: 'cancelled', completedAt: expect.any(String) });
    const other = await registered.create('SELECT 1 AS one');
    await registered.untilRuns(other, 3);
    expect((await registered.get(id)).metrics).toEqual(cancelled.metrics);
    expect((await registered.result(id)).status).toBe(200);
    expect((await registered.cancel(id)).status).toBe(204);
    await registered.cancel(other);
  });

  test('is nobody else’s to see', async () => {
    const id = await registered.create('SELECT 1 AS one');
    await registered.untilRuns(id, 1);
    const { id: otherId, primaryKey } = await createIntegrator(system.admin, 'Another one');
    await system.admin.send({
      method: 'PUT',
      path: `/admin/sites/${system.siteId}/pairings/${otherId}`,
    });
    const other = new RegisteredClient(asIntegrator(system.url, primaryKey), system.siteId);
    expect(await other.list()).toEqual([]);
    expect((await other.http.get(`${other.path}/${id}`)).status).toBe(404);
    expect((await other.result(id)).status).toBe(404);
    expect((await other.cancel(id)).status).toBe(404);
    expect((await registered.get(id)).status).toBe('enabled');
    for (const wrong of [randomUUID(), 'no-uuid']) {
      expect((await registered.http.get(`${registered.path}/${wrong}`)).status).toBe(404);
      expect((await registered.result(wrong)).status).toBe(404);
      expect((await registered.cancel(wrong)).status).toBe(404);
    }
    await registered.cancel(id);
  });
});

describe('what is refused', () => {
  const good = {
    name: 'x',
    registeredQueryType: 'query',
    frequency: 60,
    duration: 120,
    registerCommand: { command: { text: 'SELECT 1' } },
  };
  const command = (members: object) => ({
    registerCommand: { command: { text: 'SELECT 1', ...members } },
  });
  test.each([
    ['body.name', { name: undefined }],
    ['body.name', { name: '' }],
    ['body.name', { name: 'a\0b' }],
    ['body.registeredQueryType', { registeredQueryType: 'fhir' }],
    ['body.frequency', { frequency: 0 }],
    ['body.frequency', { frequency: 1.5 }],
    ['body.frequency', { frequency: '60' }],
    ['body.duration', { duration: 86_401 }],
    ['body.duration', { duration: 0 }],
    ['body.registerCommand', { registerCommand: undefined }],
    ['body.registerCommand.command', { registerCommand: {} }],
    ['body.registerCommand.command.text', command({ text: ' ' })],
    ['body.registerCommand.command.executionMode', command({ executionMode: 'nonQuery' })],
    [
      'command.parameters[0] (@a)',
      command({ parameters: [{ name: '@a', type: 'Int', value: 'x' }] }),
    ],
    [
      'body.registerCommand.catalogue',
      { registerCommand: { ...good.registerCommand, catalogue: 'Nowhere' } },
    ],
  ])('%s: %j', async (field, members) => {
    const answer = await registered.post({ ...good, ...members });
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toContain(field);
  });

  test('the bytes of a result without the token that was given for them', async () => {
    const path = `/link/registered-results/${randomUUID()}`;
    const headers = { 'content-type': 'application/octet-stream', authorization: 'Bearer x' };
    const answer = await system.http.send({ method: 'PUT', path, headers, body: '[]' });
    expect(answer.status).toBe(409);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from './support/http-client.ts';
import { HttpClient } from './support/http-client.ts';
import { queryOf } from './support/query-client.ts';
import { asIntegrator, createIntegrator, type System, startSystem } from './support/system.ts';

const MISSING_KEY =
  'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.';
const INVALID_KEY = 'Access denied due to invalid subscription key.';
const NOT_FOUND = 'The server cannot find the requested resource.';
const STATUS_TEXTS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
};

let system: System;
/** An integrator without any pairing. */
let stranger: HttpClient;
beforeAll(async () => {
  system = await startSystem();
  const { primaryKey } = await createIntegrator(system.admin, 'Stranger');
  stranger = asIntegrator(system.url, primaryKey);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

const post = (body: object | string | Buffer, headers = {}) =>
  system.http.post(system.queries.path, body, headers);

/** What a caller notices of an answer, beside its length and its date. */
const seen = (answer: Answer) => ({
  status: answer.status,
  isJson: (answer.headers['content-type'] ?? '').startsWith('application/json'),
  hasRequestId: Boolean(answer.headers['x-request-id']),
  showsTheInside: /node_modules|\.js:\d|\.ts:\d|at \w+ \(/.test(answer.text),
  body: answer.json,
});

/** Every refusal has the one envelope, says nothing of the inside, and carries a request id. */
const refused = (status: number, message: string | RegExp) => ({
  status,
  isJson: true,
  hasRequestId: true,
  showsTheInside: false,
  body: {
    error: {
      status,
      statusText: STATUS_TEXTS[status],
      message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
    },
  },
});

const withParameter = (parameter: object) => ({
  command: { text: 'SELECT 1', parameters: [parameter] },
});

describe('bodies', () => {
  const cases: [string, unknown, RegExp][] = [
    ['nothing', {}, /command.* required/],
    ['an array', [], /body/],
    ['null', 'null', /body/],
    ['a number', '7', /body/],
    ['a command that is text', { command: 'SELECT 1' }, /body\.command/],
    ['no text', { command: {} }, /body\.command\.text is required/],
    ['an empty text', { command: { text: '' } }, /body\.command\.text/],
    ['a blank text', { command: { text: ' \t\r\n ' } }, /body\.command\.text must not be empty/],
    ['a text that is a number', { command: { text: 1 } }, /body\.command\.text/],
    [
      'an unknown execution mode',
      { command: { text: 'SELECT 1', executionMode: 'Reader' } },
      /body\.command\.executionMode must be one of reader, nonQuery, scalar/,
    ],
    [
      'an unknown command type',
      { command: { text: 'SELECT 1', type: 'table' } },
      /body\.command\.type must be one of text, storedProcedure/,
    ],
    [
      'parameters that are no list',
      { command: { text: 'SELECT 1', parameters: {} } },
      /body\.command\.parameters/,
    ],
    [
      'a value that is a number',
      withParameter({ name: '@a', type: 'Int', value: 66 }),
      /body\.command\.parameters\[0\]\.value/,
    ],
    [
      'a value that is a boolean',
      withParameter({ name: '@a', type: 'Bit', value: true }),
      /body\.command\.parameters\[0\]\.value/,
    ],
    [
      'a parameter without a name',
      withParameter({ type: 'Int', value: '1' }),
      /body\.command\.parameters\[0\]\.name is required/,
    ],
    [
      'a parameter without a type',
      withParameter({ name: '@a', value: '1' }),
      /body\.command\.parameters\[0\]\.type is required/,
    ],
    [
      'an unknown type',
      withParameter({ name: '@a', type: 'int', value: '1' }),
      /body\.command\.parameters\[0\]\.type must be one of BigInt/,
    ],
    [
      'an unknown direction',
      withParameter({ name: '@a', type: 'Int', direction: 'in', value: '1' }),
      /body\.command\.parameters\[0\]\.direction must be one of input/,
    ],
    [
      'a name that is SQL',
      withParameter({ name: '@a; DROP TABLE Patients', type: 'Int', value: '1' }),
      /body\.command\.parameters\[0\]\.name/,
    ],
    [
      'a size that is text',
      withParameter({ name: '@a', type: 'Int', value: '1', size: '4' }),
      /body\.command\.parameters\[0\]\.size/,
    ],
    [
      'an Int that is none',
      withParameter({ name: '@a', type: 'Int', value: '12x' }),
      /parameters\[0\] \(@a\).*Int/,
    ],
    [
      'an Int that is too large',
      withParameter({ name: '@a', type: 'Int', value: '2147483648' }),
      /parameters\[0\] \(@a\).*Int/,
    ],
    [
      'a Date that does not exist',
      withParameter({ name: '@d', type: 'Date', value: '2023-02-29' }),
      /parameters\[0\] \(@d\).*Date/,
    ],
    [
      'binary that is not base64',
      withParameter({ name: '@b', type: 'VarBinary', value: '***' }),
      /parameters\[0\] \(@b\).*VarBinary/,
    ],
    [
      'a UniqueIdentifier that is none',
      withParameter({ name: '@u', type: 'UniqueIdentifier', value: 'abc' }),
      /parameters\[0\] \(@u\).*UniqueIdentifier/,
    ],
    [
      'a negative queue time',
      { command: { text: 'SELECT 1' }, maxTimeInQueue: -1 },
      /body\.maxTimeInQueue/,
    ],
    [
      'a queue time above the limit',
      { command: { text: 'SELECT 1' }, maxTimeInQueue: 60_001 },
      /body\.maxTimeInQueue/,
    ],
    [
      'a queue time with a fraction',
      { command: { text: 'SELECT 1' }, maxTimeInQueue: 1.5 },
      /body\.maxTimeInQueue/,
    ],
    [
      'a queue time that is text',
      { command: { text: 'SELECT 1' }, maxTimeInQueue: '1000' },
      /body\.maxTimeInQueue/,
    ],
    [
      'a catalogue that is a number',
      { command: { text: 'SELECT 1' }, catalogue: 1 },
      /body\.catalogue/,
    ],
    [
      'an unknown catalogue',
      { command: { text: 'SELECT 1' }, catalogue: 'nope' },
      /body\.catalogue must be one of Patients, Documents/,
    ],
  ];

  test.each(cases)('%s is 400, and the message names the field', async (_name, body, message) => {
    expect(seen(await post(body as object))).toEqual(refused(400, message));
  });

  test.each([
    ['cut off', '{"command":{"text":"SELECT 1"}'],
    ['with a comma too many', '{"command":{"text":"SELECT 1",}}'],
    ['that is XML', '<command/>'],
    ['that is empty', ''],
    ['with a byte order mark in the middle', '{"command":\uFEFF{"text":"SELECT 1"}}'],
    ['with __proto__', '{"__proto__":{"a":1},"command":{"text":"SELECT 1"}}'],
    ['with a constructor', '{"constructor":{"prototype":{"a":1}},"command":{"text":"SELECT 1"}}'],
  ])('JSON %s is 400', async (_name, body) => {
    expect(seen(await post(body))).toEqual(refused(400, /body/i));
    expect(await system.queries.answers()).toBe(true);
  });

  test('a body that is not UTF-8 is 400', async () => {
    const body = Buffer.concat([
      Buffer.from('{"command":{"text":"SELECT \''),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\'"}}'),
    ]);
    expect(seen(await post(body))).toEqual(refused(400, 'body is not UTF-8'));
  });

  test('no body at all is 400', async () => {
    expect(seen(await system.http.post(system.queries.path))).toEqual(
      refused(400, /body|command/i),
    );
  });

  test('members nobody knows are ignored', async () => {
    const answer = await post({
      command: { text: 'SELECT 1 AS n', timeout: 5, parameters: [] },
      colour: 'green',
    });
    expect(answer.status).toBe(200);
  });

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense', ''])(
    'the content type %s is 415',
    async (type) => {
      expect(seen(await post('{"command":{"text":"SELECT 1"}}', { 'content-type': type }))).toEqual(
        refused(415, /type/),
      );
    },
  );

  test('the content type may carry its charset, UTF-8 only', async () => {
    const body = { command: { text: 'SELECT 1 AS n' } };
    const type = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
    expect((await post(body, type('utf-8'))).status).toBe(200);
    expect((await post(body, type('UTF-8'))).status).toBe(200);
    expect(seen(await post(body, type('utf-16')))).toEqual(refused(415, /./));
  });
});

describe('keys', () => {
  test.each([
    ['none', {}, MISSING_KEY],
    ['an empty one', { 'ocp-apim-subscription-key': '' }, MISSING_KEY],
    ['a wrong one', { 'ocp-apim-subscription-key': 'x'.repeat(43) }, INVALID_KEY],
    ['a very long one', { 'ocp-apim-subscription-key': 'x'.repeat(8000) }, INVALID_KEY],
    ['one in another header', { authorization: 'Bearer abc' }, MISSING_KEY],
  ])('%s is 401', async (_name, headers, message) => {
    const nobody = new HttpClient(system.url, headers);
    const body = { command: { text: 'SELECT 1' } };
    for (const answer of [
      await nobody.post(system.queries.path, body),
      await nobody.get(`/integrator/sites/${system.siteId}`),
      await nobody.post('/integrator/pair-site'),
    ]) {
      expect(seen(answer)).toEqual(refused(401, message));
    }
  });

  test("another integrator's key does not become right by being sent twice", async () => {
    const { primaryKey } = system.integrator;
    const twice = new HttpClient(system.url, { 'ocp-apim-subscription-key': [primaryKey, 'x'] });
    expect(seen(await twice.get(`/integrator/sites/${system.siteId}`))).toEqual(
      refused(401, INVALID_KEY),
    );
  });

  test('the secondary key works as well as the primary one', async () => {
    const second = asIntegrator(system.url, system.integrator.secondaryKey);
    expect((await second.get(`/integrator/sites/${system.siteId}`)).status).toBe(200);
  });

  test('the key of an integrator is none for the operator, and the other way round', async () => {
    const asOperator = new HttpClient(system.url, {
      authorization: `Bearer ${system.integrator.primaryKey}`,
    });
    expect(seen(await asOperator.get('/admin/integrators'))).toEqual(refused(401, /operator key/));
  });
});

describe('sites and queries of others', () => {
  test.each([
    'nonsense',
    '1',
    '%00',
    "' OR 1=1 --",
    '../admin/sites',
    randomUUID(),
    `${randomUUID()}x`,
    'x'.repeat(400),
  ])('the site id %s is 404', async (id) => {
    const path = `/integrator/sites/${encodeURIComponent(id)}`;
    expect(seen(await system.http.get(path))).toEqual(refused(404, NOT_FOUND));
    const body = { command: { text: 'SELECT 1' } };
    expect(seen(await system.http.post(`${path}/queries/immediate`, body))).toEqual(
      refused(404, NOT_FOUND),
    );
  });

  test.each(['nonsense', 'immediate ', '-1', '%00', randomUUID()])(
    'the query id %s is 404',
    async (id) => {
      expect(seen(await system.queries.record(encodeURIComponent(id)))).toEqual(
        refused(404, NOT_FOUND),
      );
    },
  );

  test('a path that cannot be decoded is 400, never a crash', async () => {
    const answer = await system.http.get('/integrator/sites/%E0%A4%A');
    expect([400, 404]).toContain(answer.status);
    expect(answer.errorMessage).toBeTruthy();
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a site without a pairing is 403, and another integrator's query 404", async () => {
    const mine = queryOf(await system.queries.run('SELECT 1 AS n'));
    const path = `/integrator/sites/${system.siteId}`;
    expect(seen(await stranger.get(path))).toEqual(refused(403, /not paired/));
    expect(seen(await stranger.post(`${path}/queries/immediate`, {}))).toEqual(
      refused(403, /not paired/),
    );
    expect(seen(await stranger.get(`${path}/queries/${mine.id}`))).toEqual(
      refused(403, /not paired/),
    );

    const guest = await createIntegrator(system.admin, 'Guest');
    await system.admin.send({
      method: 'PUT',
      path: `/admin/sites/${system.siteId}/pairings/${guest.id}`,
    });
    const paired = asIntegrator(system.url, guest.primaryKey);
    expect((await paired.get(path)).status).toBe(200);
    expect(seen(await paired.get(`${path}/queries/${mine.id}`))).toEqual(refused(404, NOT_FOUND));
  });

  test('a query under the path of another site is 404', async () => {
    const mine = queryOf(await system.queries.run('SELECT 1 AS n'));
    const other = await system.admin.post('/admin/sites', {
      practiceManagementName: 'Best Practice',
      practiceManagementSiteId: 'BP-OTHER',
    });
    const { id } = other.json as { id: string };
    const pairing = `/admin/sites/${id}/pairings/${system.integrator.id}`;
    expect((await system.admin.send({ method: 'PUT', path: pairing })).status).toBe(204);
    const path = `/integrator/sites/${id}/queries/${mine.id}`;
    expect(seen(await system.http.get(path))).toEqual(refused(404, NOT_FOUND));
    expect((await system.queries.record(mine.id)).status).toBe(200);
  });

  test('the first check that fails decides: 401, 404, 403, 415 or 413, 400', async () => {
    const nobody = new HttpClient(system.url);
    const unknown = `/integrator/sites/${randomUUID()}/queries/immediate`;
    const plain = { 'content-type': 'text/plain' };
    expect((await nobody.post(unknown, 'x', plain)).status).toBe(401);
    expect((await system.http.post(unknown, 'x', plain)).status).toBe(404);
    expect((await stranger.post(system.queries.path, 'x', plain)).status).toBe(403);
    expect((await post('not JSON', plain)).status).toBe(415);
    expect((await post('not JSON')).status).toBe(400);
  });
});

describe('answers', () => {
  test.each(['/', '/nope', '/integrator', '/integrator/sites/', '/integrator/nope', '/link/nope'])(
    'GET %s is a 404 with the envelope',
    async (path) => {
      const answer = await system.http.get(path);
      // Below a prefix the key is looked at first.
      expect([400, 404]).toContain(answer.status);
      expect(answer.errorMessage).toBeTruthy();
      expect(answer.headers['x-request-id']).toBeTruthy();
    },
  );

  test('another method on a known path is 404 with the envelope', async () => {
    const path = system.queries.path;
    for (const method of ['DELETE', 'PUT', 'PATCH']) {
      expect(seen(await system.http.send({ method, path }))).toEqual(refused(404, NOT_FOUND));
    }
  });

  test('an empty body counts as none, although it is said to be JSON', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': 0 };
    const site = `/integrator/sites/${system.siteId}`;
    expect((await system.http.send({ method: 'GET', path: site, headers })).status).toBe(200);
    const cancel = `${site}/queries/registered/${system.siteId}`;
    const cancelled = await system.http.send({ method: 'DELETE', path: cancel, headers });
    expect(seen(cancelled)).toEqual(refused(404, NOT_FOUND));
    const posted = await system.http.post(system.queries.path, undefined, headers);
    expect(seen(posted)).toEqual(refused(400, 'body must be object'));
  });

  test("the caller's own request id comes back when it is sane", async () => {
    const own = 'trace-1:a.b_C';
    const answer = await system.http.get('/healthz', { 'x-request-id': own });
    expect(answer.headers['x-request-id']).toBe(own);
    for (const id of ['', 'a b', '<script>', 'x'.repeat(129)]) {
      const replaced = (await system.http.get('/healthz', { 'x-request-id': id })).headers;
      expect(replaced['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

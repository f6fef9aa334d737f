import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, HttpClient } from './support/http-client.ts';
import { type JsonSchema, valuesOf } from './support/schema-values.ts';
import { OPERATOR_KEY, type System, startSystem } from './support/system.ts';

const RUNS_PER_OPERATION = Number(
  process.env['PARHELION_FUZZ_RUNS'] ?? (process.env['CI'] ? 200 : 60),
);

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { content: Record<string, { schema: JsonSchema }> };
  readonly responses: Record<string, unknown>;
}

interface Asked {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly credentials: 'right' | 'wrong' | 'none';
}

let system: System;
let paths: Record<string, Record<string, Operation>>;
beforeAll(async () => {
  system = await startSystem({ gatewayEnv: { PARHELION_IMMEDIATE_EXECUTION_LIMIT_MS: '2000' } });
  const document = await new HttpClient(system.url).get('/openapi.json');
  ({ paths } = document.json as { paths: typeof paths });
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

/** What no sane caller writes into a path, a query or a header. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '%',
    '%zz',
    '%00',
    '%c0%af',
    '..',
    '../../etc/passwd',
    '\uFFFF',
    '\uD800',
    "' OR 1=1 --",
    '-1',
    '1e999',
    '9'.repeat(400),
    '{"$ne":null}',
    'null',
    '__proto__',
    'a'.repeat(5000),
  ),
);

const brokenBody = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{}}}',
    `${'['.repeat(2000)}${']'.repeat(2000)}`,
    `{"a":${'9'.repeat(2000)}}`,
    '\uFEFF{}',
  ),
);

/** Ids that lead somewhere, so that not everything ends at the gate. */
function knownText(name: string): fc.Arbitrary<string> {
  const known: Record<string, string> = {
    siteId: system.siteId,
    integratorId: system.integrator.id,
    pageNumber: '1',
    slot: 'secondary',
  };
  const value = known[name];
  return value === undefined ? fc.uuid() : fc.constant(value);
}

function requestsOf({ parameters = [], requestBody }: Operation): fc.Arbitrary<Asked> {
  const named = (where: string) => parameters.filter((each) => each.in === where);
  const path = fc.record(
    Object.fromEntries(
      named('path').map(({ name }) => [
        name,
        fc.oneof({ weight: 4, arbitrary: knownText(name) }, { weight: 1, arbitrary: oddText }),
      ]),
    ),
  );
  const query = fc.tuple(
    ...named('query').map(({ name, schema }) =>
      fc.option(
        fc.oneof(valuesOf(schema).map(String), oddText).map((value) => [name, value] as const),
      ),
    ),
  );
  const schema = requestBody?.content['application/json']?.schema;
  const body = schema
    ? fc.oneof(
        { weight: 4, arbitrary: valuesOf(schema).map((value) => JSON.stringify(value)) },
        { weight: 1, arbitrary: brokenBody },
      )
    : fc.oneof(
        { weight: 4, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: brokenBody },
      );
  return fc.record({
    path,
    query: query.map((pairs) => pairs.filter((pair) => pair !== null)),
    headers: fc.record(
      {
        'content-type': fc.constantFrom(
          'application/json',
          'application/json; charset=utf-16',
          'text/plain',
          'application/x-www-form-urlencoded',
          'application/octet-stream',
          'x',
        ),
        'x-request-id': fc.constantFrom('sane-id', 'a b', 'x'.repeat(500)),
        'x-forwarded-for': fc.constantFrom('127.0.0.1', 'nonsense', ',,,'),
        accept: fc.constantFrom('text/html', '*/*', 'x'),
      },
      { requiredKeys: [] },
    ),
    body,
    credentials: fc.constantFrom('right', 'right', 'right', 'wrong', 'none'),
  });
}

function credentialsOf({ credentials }: Asked): Record<string, string> {
  if (credentials === 'none') return {};
  const isRight = credentials === 'right';
  return {
    'ocp-apim-subscription-key': isRight ? system.integrator.primaryKey : 'wrong',
    authorization: `Bearer ${isRight ? OPERATOR_KEY : 'wrong'}`,
  };
}

/** Encoded as URLs are; a half of a surrogate pair, which has no encoding, goes out as it came in somebody's mistake. */
const encode = (text: string) =>
  text.startsWith('%') ? text : encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));

async function send(method: string, pattern: string, asked: Asked): Promise<Answer> {
  const path = pattern.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encode(asked.path[name] ?? ''),
  );
  const query = asked.query.map(([name, value]) => `${name}=${encode(value)}`).join('&');
  const client = new HttpClient(system.url, credentialsOf(asked));
  return await client.send({
    method: method.toUpperCase(),
    path: `${path}${query && `?${query}`}`,
    headers: asked.headers,
    ...(asked.body === undefined ? {} : { body: asked.body }),
  });
}

function requireOutcome({ json }: Answer): void {
  const { resourceType, issue } = json as { resourceType: string; issue: object[] };
  expect([resourceType, issue.length]).toEqual(['OperationOutcome', 1]);
}

function requireSane(answer: Answer, { operationId, responses }: Operation): void {
  const { status } = answer;
  const isExpected = status < 500 || ([501, 503, 504].includes(status) && status in responses);
  expect({ operationId, status, isExpected }).toMatchObject({ isExpected: true });
  expect(answer.headers['x-request-id']).toMatch(/^[\w.:-]{1,128}$/);
  expect(answer.text).not.toMatch(/node_modules|\bat \S+ \(|\.ts:\d+/);
  if (status < 400) return;
  if (answer.headers['content-type']?.startsWith('application/fhir+json')) {
    return requireOutcome(answer);
  }
  const { error, errorDetails } = answer.json as {
    error?: { status: number; statusText: string; message: string };
    errorDetails?: object;
  };
  // A query whose SQL failed is answered as the query itself.
  if (errorDetails !== undefined && error === undefined) return;
  expect(error).toMatchObject({ status, statusText: expect.any(String) });
  expect(error?.message).toMatch(/\S/);
}

/** These would end the session, the keys or the pairing that the other requests need. */
const LAST = new Set(['revokeLink', 'revokeKey', 'rotateKey', 'unpairAsOperator']);

/** They hold the caller to limits that the other requests would then meet. */
const APART = new Set(['replaceIntegratorSettings', 'changeIntegratorSettings']);

test('no request that can be made of the documented API makes the gateway fail', {
  timeout: 600_000,
}, async () => {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  expect(operations.length).toBeGreaterThan(20);
  const isLate = ({ operation }: (typeof operations)[number]) =>
    LAST.has(operation.operationId) || APART.has(operation.operationId);
  const ordered = operations.toSorted((a, b) => Number(isLate(a)) - Number(isLate(b)));
  const statuses = new Set<number>();
  for (const { path, method, operation } of ordered) {
    await fc.assert(
      fc.asyncProperty(requestsOf(operation), async (asked) => {
        const answer = await send(method, path, asked);
        statuses.add(answer.status);
        requireSane(answer, operation);
      }),
      { numRuns: RUNS_PER_OPERATION },
    );
    expect((await system.admin.get('/readyz')).status).toBe(200);
  }
  // Otherwise all requests ended at the first gate.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 404, 415]));
  expect(system.gateway.hasEnded).toBe(false);
  expect(system.gateway.output).not.toContain('unexpected error');
});

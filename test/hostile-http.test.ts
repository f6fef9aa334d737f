import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PARAMETER_TYPE_NAMES } from '../src/protocol/command.ts';
import { RawConnection, sendRaw } from './support/raw-http.ts';
import { type System, startSystem } from './support/system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

const BODY = '{"command":{"text":"SELECT 1 AS n"}}';

/** The head of a query with the headers given besides host and key. */
function head(...headers: string[]): string {
  return [
    `POST ${system.queries.path} HTTP/1.1`,
    'Host: localhost',
    `Ocp-Apim-Subscription-Key: ${system.integrator.primaryKey}`,
    'Content-Type: application/json',
    ...headers,
    '',
    '',
  ].join('\r\n');
}

describe('bytes that are not quite HTTP', () => {
  test.each([
    ['no HTTP at all', () => 'hello\r\n\r\n'],
    ['a TLS handshake', () => '\u0016\u0003\u0001\u0002\u0000\u0001'],
    ['an absurd method', () => 'FROBNICATE / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a method with odd bytes', () => 'G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['another version', () => 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['a negative length', () => `${head('Content-Length: -1')}${BODY}`],
    ['a length that is no number', () => `${head('Content-Length: ten')}${BODY}`],
    ['a length that overflows', () => `${head('Content-Length: 99999999999999999999')}${BODY}`],
    ['two lengths', () => `${head('Content-Length: 36', 'Content-Length: 5')}${BODY}`],
    [
      'length and chunks at once',
      () =>
        `${head('Content-Length: 6', 'Transfer-Encoding: chunked')}0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
    ],
    [
      'chunks twice',
      () => `${head('Transfer-Encoding: chunked', 'Transfer-Encoding: identity')}0\r\n\r\n`,
    ],
    [
      'a chunk with a wrong size',
      () => `${head('Transfer-Encoding: chunked')}zz\r\n${BODY}\r\n0\r\n\r\n`,
    ],
    ['a header with a line feed in it', () => head('X-A: a\rb')],
    ['a header without a name', () => head(': value')],
    ['a space before the colon', () => head('Content-Length : 36')],
    ['a null byte', () => head('X-A: a\u0000b')],
    ['headers of 100 kB', () => head(`X-A: ${'a'.repeat(100_000)}`)],
    [
      'a thousand headers',
      () => head(...Array.from({ length: 3000 }, (_, i) => `X-${i}: ${'a'.repeat(20)}`)),
    ],
    ['a path of 100 kB', () => `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ])('%s is refused as a whole', async (_name, message) => {
    const { status, received } = await sendRaw(system.url, message());
    expect([0, 400, 414, 431]).toContain(status);
    expect(received).not.toMatch(/node_modules|at \w+ \(/);
    expect(status === 0 || received.includes('"error":{')).toBe(true);
  });

  test('below the FHIR base it is told in FHIR’s words, with a way out for what is too long', async () => {
    const base = `/integrator/sites/${system.siteId}/fhir/R4`;
    const line = (address: string) => `${address} HTTP/1.1\r\nHost: a\r\n\r\n`;
    const long = await sendRaw(system.url, line(`GET ${base}/Patient?_id=${'1,'.repeat(20_000)}`));
    expect(long.status).toBe(431);
    expect(long.received).toContain('Content-Type: application/fhir+json');
    expect(long.received).toMatch(/"resourceType":"OperationOutcome".*"too-long".*_search/);
    const odd = await sendRaw(system.url, line(`FROBNICATE ${base}/Patient`));
    expect(odd.status).toBe(400);
    expect(odd.received).toContain('"resourceType":"OperationOutcome"');
  });

  test('a second request hidden in a body is not answered', async () => {
    using connection = await RawConnection.open(system.url);
    const hidden = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';
    connection.write(
      `${head('Content-Length: 6', 'Transfer-Encoding: chunked')}0\r\n\r\n${hidden}`,
    );
    await connection.untilClosed();
    expect(connection.received).not.toContain('"status":"ok"');
  });

  test('a connection that was refused is closed', async () => {
    using connection = await RawConnection.open(system.url);
    connection.write(`${head('Content-Length: -1')}${BODY}`);
    await connection.untilClosed();
    expect(connection.statuses).toEqual([400]);
  });

  test('requests in a row on one connection are answered in their order', async () => {
    using connection = await RawConnection.open(system.url);
    const query = `${head(`Content-Length: ${BODY.length}`)}${BODY}`;
    connection.write(`${query}GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    await connection.untilClosed();
    expect(connection.statuses).toEqual([200, 200]);
    expect(connection.received.indexOf('"successful"')).toBeLessThan(
      connection.received.indexOf('"status":"ok"'),
    );
  });

  test('a body that is announced as too large is refused before it is sent', async () => {
    const { status } = await sendRaw(system.url, head('Content-Length: 100000000'));
    expect(status).toBe(413);
  });

  test.each([36_000_000, 100_000_000])(
    'a body of %i bytes is refused while it comes',
    async (bytes) => {
      using connection = await RawConnection.open(system.url);
      connection.write(head('Transfer-Encoding: chunked'));
      const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
      for (let sent = 0; sent < bytes && connection.statuses.length === 0; sent += 0x100000) {
        await connection.writeAll(chunk);
      }
      expect(await connection.firstStatus()).toBe(413);
      await connection.untilClosed();
      expect(await system.queries.answers()).toBe(true);
    },
  );

  test('a caller that leaves in the middle of its body harms nobody', async () => {
    {
      using connection = await RawConnection.open(system.url);
      connection.write(`${head('Content-Length: 1000')}{"comm`);
    }
    expect(await system.queries.answers()).toBe(true);
  });
});

/** Mostly a sensible member, now and then anything that JSON can say. */
const mostly = <T>(sensible: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: sensible }, { weight: 1, arbitrary: fc.jsonValue() });

const parameter = fc.record(
  {
    name: mostly(fc.constantFrom('@a', '@b', 'c', '')),
    type: mostly(fc.constantFrom(...PARAMETER_TYPE_NAMES)),
    direction: mostly(fc.constantFrom('input', 'output', 'inputOutput', 'returnValue')),
    value: mostly(
      fc.oneof(fc.string({ unit: 'binary' }), fc.integer().map(String), fc.constant(null)),
    ),
    size: mostly(fc.integer({ min: -2, max: 5000 })),
  },
  { requiredKeys: [] },
);

const command = fc.record(
  {
    text: mostly(
      fc.oneof(
        fc.constantFrom('SELECT 1 AS n', 'SELECT @a AS a, @b AS b', 'GetPatientID', 'SELECT', ';'),
        fc.string({ unit: 'binary' }),
      ),
    ),
    executionMode: mostly(fc.constantFrom('reader', 'scalar', 'nonQuery')),
    type: mostly(fc.constantFrom('text', 'storedProcedure')),
    parameters: mostly(fc.array(parameter, { maxLength: 4 })),
  },
  { requiredKeys: ['text'] },
);

const body = fc.record(
  {
    command: mostly(command),
    maxTimeInQueue: mostly(fc.integer({ min: -1, max: 60_001 })),
    catalogue: mostly(fc.constantFrom('Patients', 'Documents', 'nope')),
  },
  { requiredKeys: ['command'] },
);

test('no body makes the gateway fail, and every refusal says why', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(mostly(body), async (value) => {
      const answer = await system.http.post(system.queries.path, JSON.stringify(value));
      expect([200, 400]).toContain(answer.status);
      const { error, errorDetails } = answer.json as Record<string, unknown>;
      expect(answer.status === 200 || error !== undefined || errorDetails !== undefined).toBe(true);
      expect(answer.text).not.toMatch(/node_modules/);
      // The agent's own failures would be bugs; what SQL text says is the database's matter.
      expect(errorDetails ?? {}).not.toMatchObject({ errorType: 'haloLink' });
    }),
    { numRuns: 300 },
  );
});

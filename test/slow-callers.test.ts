import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { RawConnection } from './support/raw-http.ts';
import { type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({
    gatewayEnv: {
      PARHELION_HEADERS_LIMIT_MS: '1000',
      PARHELION_REQUEST_LIMIT_MS: '4000',
      PARHELION_BODY_STALL_MS: '1000',
      PARHELION_MAX_HEADERS: '50',
      PARHELION_MAX_CONNECTIONS_PER_ADDRESS: '40',
      PARHELION_MAX_HANDSHAKES: '6',
      PARHELION_MAX_HANDSHAKES_PER_ADDRESS: '3',
    },
  });
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

const head = (path: string, ...headers: string[]) =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Ocp-Apim-Subscription-Key: ${system.integrator.primaryKey}`,
    ...headers,
    '',
    '',
  ].join('\r\n');

/** Writes a little again and again, as long as somebody takes it. */
async function drip(connection: RawConnection, text: string): Promise<void> {
  await until('the dripping connection is closed', async () => {
    if (!connection.isClosed) await connection.writeAll(text);
    return connection.isClosed;
  });
}

describe('who is slow on purpose', () => {
  test('with the head of a request is cut off, while others are served', async () => {
    using connection = await RawConnection.open(system.url);
    connection.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n');
    const dripping = drip(connection, 'X: 1\r\n');
    expect(await system.queries.answers()).toBe(true);
    await dripping;
    expect([[], [408], [431]]).toContainEqual(connection.statuses);
  });

  test('before the first byte is cut off', async () => {
    using connection = await RawConnection.open(system.url);
    expect(await connection.untilClosed()).toBe(true);
  });

  test('in the middle of a body is told so and cut off', async () => {
    using connection = await RawConnection.open(system.url);
    const { path } = system.queries;
    connection.write(head(path, 'Content-Type: application/json', 'Content-Length: 100'));
    connection.write('{"command":');
    expect(await connection.firstStatus()).toBe(408);
    expect(connection.received).toContain('"error":{"status":408');
    expect(connection.received.toLowerCase()).toContain('cache-control: no-store');
    await connection.untilClosed();
  });

  test('with a body that drips is cut off', async () => {
    using connection = await RawConnection.open(system.url);
    const { path } = system.queries;
    connection.write(head(path, 'Content-Type: application/json', 'Content-Length: 100000'));
    await drip(connection, ' ');
    expect([[], [408]]).toContainEqual(connection.statuses);
  });

  test('in the middle of a page that is uploaded is cut off', async () => {
    using connection = await RawConnection.open(system.url);
    const path = '/link/queries/00000000-0000-7000-8000-000000000000/pages/1';
    const text = head(path, 'Content-Type: application/octet-stream', 'Content-Length: 100');
    connection.write(`${text.replace('POST', 'PUT')}half`);
    expect(await connection.untilClosed()).toBe(true);
  });

  test('in reading the answer to a stalled body holds nothing', async () => {
    using connection = await RawConnection.open(system.url);
    connection.write(head('/integrator/nowhere', 'Content-Length: 100'));
    expect(await connection.firstStatus()).toBe(404);
    await connection.untilClosed();
  });
});

test('a connection that has answered may stay idle and be used again', async () => {
  using connection = await RawConnection.open(system.url);
  const body = '{"command":{"text":"SELECT 1 AS n"}}';
  const query = head(
    system.queries.path,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  );
  connection.write(query + body);
  await until('the first answer', () => connection.statuses.length === 1);
  // Longer than a body may be silent.
  using other = await RawConnection.open(system.url);
  await other.untilClosed();
  connection.write(query + body);
  await until('the second answer', () => connection.statuses.length === 2);
  expect(connection.statuses).toEqual([200, 200]);
});

test('too many header fields are refused, not dropped in silence', async () => {
  const headers = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`x-${n}`, '1']));
  const answer = await system.http.get('/healthz', headers);
  expect(answer.status).toBe(431);
  expect(answer.errorMessage).toBe('The request has too many header fields.');
});

test('one address cannot take all connections; the link is not counted among them', async () => {
  const connections = await Promise.all(
    Array.from({ length: 60 }, async () => {
      const connection = await RawConnection.open(system.url);
      return connection;
    }),
  );
  const closed = () => connections.filter(({ isClosed }) => isClosed).length;
  await until('those above the limit are closed', () => closed() >= 20);
  for (const connection of connections) connection[Symbol.dispose]();
  await until('there is room again', () => system.queries.answers());
  expect(system.link.hasEnded).toBe(false);
});

describe('links that never say who they are', () => {
  const url = () => `${system.url.replace('http', 'ws')}/link/connect`;
  async function dial(): Promise<WebSocket | number> {
    const socket = new WebSocket(url());
    socket.on('error', () => {});
    const refused = once(socket, 'unexpected-response').then(
      ([, response]) => (response as { statusCode: number }).statusCode,
    );
    return await Promise.race([once(socket, 'open').then(() => socket), refused]);
  }

  test('take only so many places, which are free again when they are cut off', async () => {
    const dialled = [];
    for (let n = 0; n < 4; n += 1) dialled.push(await dial());
    expect(dialled.map((each) => (typeof each === 'number' ? each : 'open'))).toEqual([
      'open',
      'open',
      'open',
      503,
    ]);
    // The link that is connected already goes on.
    expect(await system.queries.answers()).toBe(true);
    for (const socket of dialled) {
      if (typeof socket !== 'number') socket.terminate();
    }
    const again = await until('a place is free', async () => {
      const socket = await dial();
      return typeof socket === 'number' ? undefined : socket;
    });
    // Nobody proves anything for ten seconds.
    const [code] = (await once(again, 'close')) as [number];
    expect(code).toBe(4004);
  });
});

describe('every answer', () => {
  test.each([
    ['/healthz', 200],
    ['/metrics', 200],
    ['/openapi.json', 200],
    ['/docs/static/swagger-ui.css', 200],
    ['/nowhere', 404],
    ['/integrator/sites', 401],
    ['/%zz', 400],
    ['/admin/integrators', 401],
  ])(
    'of %s forbids to guess its type, and to store what is nobody else’s business',
    async (path, status) => {
      const nobody = system.http.with({ 'ocp-apim-subscription-key': undefined });
      const answer = await nobody.get(path);
      expect(answer.status).toBe(status);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['x-request-id']).toMatch(/\S/);
      const caching = path.startsWith('/docs') ? 'public, max-age=0' : 'no-store';
      expect(answer.headers['cache-control']).toBe(caching);
      expect(answer.headers['strict-transport-security']).toBeUndefined();
    },
  );
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { onlyWebSockets } from './only-web-sockets.ts';

let server: Server;
let warnings: string[];
const onWarning = ({ message }: Error) => warnings.push(message);
beforeEach(async () => {
  warnings = [];
  process.on('warning', onWarning);
  server = createServer((request, response) => {
    const header = String(request.headers['x-a']);
    void text(request).then((body) =>
      response.end(`[${request.method} ${request.url} ${header} ${body}]`),
    );
  });
  server.on(
    'upgrade',
    onlyWebSockets(server, (_request, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    }),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  process.off('warning', onWarning);
  server.closeAllConnections();
  server.close();
});

/** Writes the parts one after the other on one connection and reads what comes until it ends. */
async function exchange(...parts: readonly string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  for (const part of parts) {
    await new Promise((resolve) => setImmediate(resolve));
    socket.write(part, 'latin1');
  }
  return await text(socket);
}

function post(path: string, body: string, connection = 'Upgrade, HTTP2-Settings'): string {
  return [
    `POST ${path} HTTP/1.1`,
    'Host: a',
    `Connection: ${connection}`,
    'Upgrade: h2c',
    'HTTP2-Settings: AAMAAABkAAQAAP__',
    'X-A: \u00e9',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

const last = post('/last', '', 'close, Upgrade');

test('a request that offers h2c is answered in HTTP/1.1, its body and headers whole', async () => {
  const received = await exchange(post('/a?b=c', '{"x":1}'), last);
  expect(received).toMatch(/^HTTP\/1\.1 200/);
  expect(received).toContain('[POST /a?b=c \u00e9 {"x":1}]');
  expect(received).toContain('[POST /last \u00e9 ]');
});

test('a body that comes later is waited for', async () => {
  const body = 'x'.repeat(100_000);
  const message = post('/late', body);
  const received = await exchange(message.slice(0, -99_000), message.slice(-99_000), last);
  expect(received).toContain(body);
});

test('many such requests on one connection leave nothing behind', async () => {
  const requests = Array.from({ length: 40 }, (_, n) => post(`/${n}`, 'body'));
  const received = await exchange(...requests, last);
  expect(received.match(/HTTP\/1\.1 200/g)).toHaveLength(41);
  expect(warnings).toEqual([]);
});

test('a WebSocket is still one', async () => {
  const received = await exchange(
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n',
  );
  expect(received).toMatch(/^HTTP\/1\.1 101/);
});

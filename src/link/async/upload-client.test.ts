import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { deferred } from '../../lib/deferred.ts';
import { UploadClient, uploadUrl } from './upload-client.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const listening = deferred<void>();
  server = createServer(handle).listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`);
}

const never = new AbortController().signal;
const bytes = Buffer.alloc(300_000, 'x');
const atOnce = { giveWay: () => Promise.resolve() };
const client = (options: Partial<ConstructorParameters<typeof UploadClient>[0]> = {}) =>
  new UploadClient({ transport: {}, activity: atOnce, stallMs: 10_000, ...options });

describe('an upload', () => {
  it('brings exactly the bytes, with the headers it was given', async () => {
    let seen: unknown;
    const url = await serve((request, response) => {
      let size = 0;
      request.on('data', (chunk: Buffer) => void (size += chunk.length));
      request.on('end', () => {
        const { authorization, 'content-length': length } = request.headers;
        seen = { size, length, authorization, method: request.method, path: request.url };
        response.writeHead(204).end();
      });
    });
    using uploads = client();
    const status = await uploads.put(url, { Authorization: 'Bearer t' }, bytes, never);
    expect(status).toBe(204);
    expect(seen).toEqual({
      size: 300_000,
      length: '300000',
      authorization: 'Bearer t',
      method: 'PUT',
      path: '/page',
    });
  });

  it('gives way before each piece of 64 KB', async () => {
    let received = 0;
    const url = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => void (received += chunk.length));
      request.on('end', () => response.writeHead(204).end());
    });
    const ways: (() => void)[] = [];
    const giveWay = () => new Promise<void>((resolve) => ways.push(resolve));
    using uploads = client({ activity: { giveWay } });
    const done = uploads.put(url, {}, bytes, never);
    for (let piece = 0; piece < 5; piece += 1) {
      const way = await until('the next piece waits', () => ways.shift());
      expect(received).toBeLessThanOrEqual(piece * 64 * 1024);
      way();
    }
    expect(await done).toBe(204);
    expect(received).toBe(300_000);
  });

  it('ends with an answer that comes before the last byte', async () => {
    const url = await serve((_request, response) => response.writeHead(507).end());
    const large = Buffer.alloc(20_000_000);
    using uploads = client();
    const status = await uploads.put(url, {}, large, never).catch(() => 'cut');
    expect([507, 'cut']).toContain(status);
  });

  it.each([
    {
      what: 'is cut',
      why: /hang up|ECONN|EPIPE/,
      handle: (request: IncomingMessage) => void request.socket.destroy(),
    },
    {
      what: 'gets half an answer',
      why: /aborted|cut|ECONN/,
      handle: (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': 10 });
        response.write('half');
        setImmediate(() => response.destroy());
      },
    },
  ])('fails when it $what', async ({ handle, why }) => {
    const url = await serve(handle);
    using uploads = client();
    await expect(uploads.put(url, {}, bytes, never)).rejects.toThrow(why);
  });

  it('fails when nothing moves, and when it is given up', async () => {
    const url = await serve(() => {});
    using uploads = client({ stallMs: 20 });
    await expect(uploads.put(url, {}, bytes, never)).rejects.toThrow(/stalled/);
    using patient = client();
    const giveUp = new AbortController();
    const upload = patient.put(url, {}, bytes, giveUp.signal);
    giveUp.abort();
    await expect(upload).rejects.toThrow(/abort/);
  });
});

it.each([
  ['https://gw.test', '/link/p?x=1', 'https://gw.test/link/p?x=1'],
  ['https://gw.test/base/', '/link/p', 'https://gw.test/base/link/p'],
  ['https://gw.test', 'https://s3.test/b/k?sig=2', 'https://s3.test/b/k?sig=2'],
])('the address of %s and %s is %s', (base, url, address) => {
  expect(uploadUrl(base, url).href).toBe(address);
});

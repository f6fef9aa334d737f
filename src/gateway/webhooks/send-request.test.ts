import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReceiverAnswer, WebhookReceiver } from '../../../test/support/webhook-receiver.ts';
import { AddressGuard } from './address-guard.ts';
import { type SenderOptions, sendRequest } from './send-request.ts';

const never = new AbortController().signal;
let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await WebhookReceiver.listen();
});
afterEach(async () => {
  await receiver[Symbol.asyncDispose]();
});

function send(url: string, options: Partial<SenderOptions> = {}, stop = never) {
  return sendRequest(
    { url: new URL(url), body: '{"a":"ü"}', headers: { 'X-A': '1' } },
    {
      guard: new AddressGuard(['127.0.0.1']),
      resolveHost: () => Promise.reject(new Error('unexpected')),
      timeoutMs: 20_000,
      clock: { now: () => 0 },
      ...options,
    },
    stop,
  );
}

async function sendAndGet(answer: ReceiverAnswer) {
  receiver.answer = answer;
  return await send(receiver.url);
}

it('posts the very bytes with the headers', async () => {
  expect(await send(`${receiver.url}/a?b=c`)).toEqual({ statusCode: 204 });
  expect(receiver.requests).toEqual([
    {
      method: 'POST',
      path: '/a?b=c',
      headers: expect.objectContaining({ 'x-a': '1', 'content-length': '10' }),
      body: '{"a":"ü"}',
    },
  ]);
});

describe('what becomes of an attempt', () => {
  it.each([200, 201, 202, 204, 299])('%i: delivered', async (statusCode) => {
    expect(await sendAndGet(statusCode)).toEqual({ statusCode });
  });

  it.each([400, 404, 408, 500, 503])('%i: an error with its status', async (statusCode) => {
    expect(await sendAndGet(statusCode)).toEqual({ statusCode, error: 'httpStatus' });
  });

  it.each([301, 302, 303, 307, 308])('%i: a redirect, which nobody follows', async (statusCode) => {
    await using other = await WebhookReceiver.listen();
    const result = await sendAndGet((_, response) =>
      response.writeHead(statusCode, { location: `${other.url}/elsewhere` }).end(),
    );
    expect(result).toEqual({ statusCode, error: 'redirect' });
    expect(other.requests).toEqual([]);
    expect(receiver.requests).toHaveLength(1);
  });

  it.each([
    [429, '7', 7000],
    [503, 'Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
    [500, '7', undefined],
  ])('%i with Retry-After %s', async (statusCode, header, retryAfterMs) => {
    const result = await sendAndGet((_, response) =>
      response.writeHead(statusCode, { 'retry-after': header }).end(),
    );
    expect(result.retryAfterMs).toBe(retryAfterMs);
  });

  it('an answer without end is cut off, its status counts', async () => {
    const result = await sendAndGet((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(60_000)));
      };
      response.on('drain', pour);
      response.writeHead(200);
      pour();
    });
    expect(result).toEqual({ statusCode: 200 });
  });

  it('an answer that stops in its middle is waited for no longer than the time-out', async () => {
    receiver.answer = (_, response) => void response.writeHead(200).write('x');
    expect(await send(receiver.url, { timeoutMs: 300 })).toEqual({ statusCode: 200 });
  });

  it('no answer: a time-out', async () => {
    receiver.answer = undefined;
    expect(await send(receiver.url, { timeoutMs: 300 })).toEqual({ error: 'timeout' });
  });

  it('a gateway that stops interrupts it', async () => {
    receiver.answer = undefined;
    const stop = new AbortController();
    const sent = send(receiver.url, {}, stop.signal);
    await receiver.untilReceived(1);
    stop.abort();
    expect(await sent).toEqual({ error: 'interrupted' });
  });

  it('a connection that is refused, cut, or speaks another protocol', async () => {
    expect(await sendAndGet((_, response) => response.destroy())).toEqual({ error: 'connection' });
    const upgrade = { connection: 'Upgrade', upgrade: 'x' };
    const switched = await sendAndGet((_, response) => response.writeHead(101, upgrade).end());
    expect(switched.error).toBe('connection');
    const server = createServer((socket) => {
      socket.on('error', () => {}).resume();
      socket.end('SSH-2.0-OpenSSH\r\n');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await send(url)).toEqual({ error: 'connection' });
    server.close();
    await once(server, 'close');
    expect(await send(url)).toEqual({ error: 'connection' });
  });

  it('a certificate that nobody vouches for', async () => {
    await using encrypted = await WebhookReceiver.listen('https');
    expect(await send(encrypted.url)).toEqual({ error: 'tls' });
    expect(encrypted.requests).toEqual([]);
  });
});

describe('the address that is connected to', () => {
  const named = (...addresses: string[]) => ({ resolveHost: async () => addresses });
  const hook = () => `http://hook.example:${receiver.port}`;

  it('may be found by a name', async () => {
    expect(await send(hook(), named('127.0.0.1'))).toEqual({ statusCode: 204 });
    expect(receiver.requests[0]?.headers.host).toBe(`hook.example:${receiver.port}`);
  });

  it('is never the refused one of several', async () => {
    await using refused = await WebhookReceiver.listen();
    const url = `http://hook.example:${refused.port}`;
    const guard = new AddressGuard(['127.0.0.2']);
    // Only 127.0.0.1 is listened on.
    const result = await send(url, { guard, ...named('127.0.0.1', '127.0.0.2') });
    expect(result).toEqual({ error: 'connection' });
    expect(refused.requests).toEqual([]);
    expect(await send(hook(), named('::1', '127.0.0.1'))).toEqual({ statusCode: 204 });
  });

  it.each([
    [['127.0.0.2']],
    [['127.0.0.2', '10.0.0.1']],
    [['::ffff:127.0.0.2']],
    [['169.254.169.254']],
    [['8.8.8.8']],
  ])('%j is refused in the clear', async (addresses) => {
    expect(await send(hook(), named(...addresses))).toEqual({ error: 'addressRefused' });
  });

  it.each(['http://127.0.0.2:9', 'https://10.0.0.1', 'https://[::1]:9', 'http://0x7f.0.0.2'])(
    '%s is refused although no name is looked up',
    async (url) => {
      expect(await send(url)).toEqual({ error: 'addressRefused' });
    },
  );

  it('is checked in the very answer that is used, however often DNS changes its mind', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.2'], ['127.0.0.1']];
    const resolveHost = async () => answers.shift() ?? [];
    const results = [];
    for (let count = 0; count < 4; count += 1) results.push(await send(hook(), { resolveHost }));
    expect(results.map(({ error }) => error)).toEqual([
      undefined,
      'addressRefused',
      undefined,
      'dns',
    ]);
    expect(receiver.requests).toHaveLength(2);
  });

  it('a name that nobody knows, or whose servers are silent', async () => {
    const unknown = () => Promise.reject(new Error('NXDOMAIN'));
    expect(await send(hook(), { resolveHost: unknown })).toEqual({ error: 'dns' });
    const silent = () => new Promise<never>(() => {});
    const options = { resolveHost: silent, timeoutMs: 200 };
    expect(await send(hook(), options)).toEqual({ error: 'timeout' });
  });
});

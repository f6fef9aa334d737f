import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../../../test/support/until.ts';
import { deferred } from '../../lib/deferred.ts';
import { createLogger } from '../../lib/logger.ts';
import { signChallenge, signingText } from '../../protocol/challenge.ts';
import { CLOSE_CODES } from '../../protocol/close-codes.ts';
import { MAX_INLINE_BYTES } from '../../protocol/codec.ts';
import { haloLinkError } from '../../protocol/error-details.ts';
import { Metrics } from '../metrics/index.ts';
import { INTAKE_LIMITS } from './frame-intake.ts';
import { LinkSessions } from './link-sessions.ts';
import { SessionEvents } from './session-events.ts';
import type { SiteRequest } from './site-exchange.ts';
import type { SiteSession } from './site-session.ts';

const siteId = '11111111-1111-4111-8111-111111111111';
const queryId = '22222222-2222-4222-8222-222222222222';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

const request: SiteRequest = {
  queryId,
  integratorId: '33333333-3333-4333-8333-333333333333',
  commandJson: JSON.stringify({ text: `UPDATE t SET a = '${'x'.repeat(MAX_INLINE_BYTES)}'` }),
  maxTimeInQueueMs: 1000,
  executionLimitMs: 1000,
  maxResultBytes: 1000,
};

/** One gateway's sessions, behind a server of their own. */
async function startSessions() {
  const served: SiteSession[] = [];
  const helloRecorded = deferred<void>();
  const sessions = new LinkSessions({
    register: {
      findIdentity: async () => ({
        id: 'first identity',
        publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
      }),
      recordHello: async () => {
        await helloRecorded.promise;
        return true;
      },
      recordHeartbeat: async () => {},
      recordOffline: async () => {},
    },
    serve: (session) => {
      served.push(session);
      return { [Symbol.dispose]: () => {} };
    },
    events: new SessionEvents(createLogger('test', 'silent'), new Metrics()),
    heartbeatIntervalMs: 30_000,
    silenceLimitMs: 120_000,
    addressOf: () => '203.0.113.1',
    handshakes: { maxHandshakes: 3, maxHandshakesPerAddress: 2 },
  });
  const server = createServer();
  server.on('upgrade', (message, socket, head) => sessions.handleUpgrade(message, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { sessions, served, helloRecorded, server, url };
}

interface Frame {
  readonly type: string;
  readonly nonce?: string;
  readonly dataToken?: string;
}

/** Dials by hand, proves the identity, and keeps what comes. */
async function dial(url: string, capabilities: readonly string[] = []) {
  const socket = new WebSocket(`${url}/link/connect`);
  const frames: Frame[] = [];
  const closed = deferred<number>();
  socket.on('close', (code) => closed.resolve(code));
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  const received = (type: string) =>
    until(`a frame ${type}`, () => frames.find((frame) => frame.type === type));
  const { nonce = '' } = await received('challenge');
  socket.send(
    JSON.stringify({
      type: 'authenticate',
      siteId,
      signature: signChallenge(signingText('connect', siteId, [nonce]), privateKey),
      protocolVersion: 1,
      capabilities,
      linkVersion: '26.1.0',
      clientTime: new Date().toISOString(),
      catalogues: [],
      practice: {},
    }),
  );
  return { socket, frames, received, closed: closed.promise };
}

async function openData(url: string, token = ''): Promise<WebSocket> {
  const socket = new WebSocket(`${url}/link/data`, {
    headers: { authorization: `Bearer ${token}` },
  });
  socket.on('error', () => {});
  await once(socket, 'open');
  return socket;
}

let gateway: Awaited<ReturnType<typeof startSessions>>;
beforeEach(async () => {
  gateway = await startSessions();
});
afterEach(async () => {
  await gateway.sessions[Symbol.asyncDispose]();
  gateway.server.closeAllConnections();
  gateway.server.close();
});

test('an identity taken back while its link connects ends that session too', async () => {
  const link = await dial(gateway.url);
  gateway.sessions.revoke(['first identity']);
  gateway.helloRecorded.resolve();
  await link.received('welcome');
  gateway.sessions.revoke(['an earlier identity']);
  gateway.sessions.revoke(['first identity']);
  expect(await link.closed).toBe(CLOSE_CODES.revoked.code);
});

test('the data socket ends with its session, and a newer one takes its place', async () => {
  gateway.helloRecorded.resolve();
  const link = await dial(gateway.url);
  const { dataToken } = await link.received('welcome');
  const first = await openData(gateway.url, dataToken);
  const firstClosed = once(first, 'close');
  const second = await openData(gateway.url, dataToken);
  await firstClosed;
  expect(second.readyState).toBe(WebSocket.OPEN);
  const secondClosed = once(second, 'close');
  link.socket.terminate();
  await secondClosed;
});

test('a command whose caller leaves before it is sent never reaches the site', async () => {
  gateway.helloRecorded.resolve();
  const link = await dial(gateway.url);
  const { dataToken } = await link.received('welcome');
  const [session] = gateway.served;
  const answer = session?.execute(request, new AbortController().signal);
  await link.received('openData');
  session?.cancel(queryId);
  const data = await openData(gateway.url, dataToken);
  expect((await answer)?.outcome).toEqual({ kind: 'siteWentAway', wasSent: false });
  expect(link.frames.map(({ type }) => type)).not.toContain('execute');
  data.terminate();
});

test('a site that never answers is given up with its caller', async () => {
  gateway.helloRecorded.resolve();
  const link = await dial(gateway.url);
  await link.received('welcome');
  const patience = new AbortController();
  const answer = gateway.served[0]?.execute(
    { ...request, commandJson: '{"text":"SELECT 1"}' },
    patience.signal,
  );
  await link.received('execute');
  patience.abort();
  expect((await answer)?.outcome).toEqual({ kind: 'siteWentAway', wasSent: true });
  expect(gateway.sessions.inHand).toBe(0);
  await link.received('cancel');
});

const report = (n: number, padding = '') =>
  JSON.stringify({
    type: 'report',
    queryId,
    attempt: 1,
    state: 'executionFailed',
    errorDetails: { errorType: 'mssql', errorCode: n, errorMessage: padding },
  });

describe('a link that sends more than is dealt with', () => {
  const FLOOD = 20_000;

  test('is read no further until some of it is dealt with; nothing is lost', async () => {
    gateway.helloRecorded.resolve();
    const link = await dial(gateway.url);
    await link.received('welcome');
    const release = deferred<void>();
    const seen: number[] = [];
    gateway.served[0]?.subscribe((frame) => {
      if (frame.type === 'report') seen.push(frame.errorDetails?.errorCode ?? 0);
      return release.promise;
    });
    for (let n = 0; n < FLOOD; n += 1) link.socket.send(report(n, 'x'.repeat(1000)));
    await untilStill(() => seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(INTAKE_LIMITS.maxFrames);
    // What had arrived with the frame that was one too many.
    expect(seen.length).toBeLessThan(INTAKE_LIMITS.maxFrames + 1000);
    expect(link.socket.bufferedAmount).toBeGreaterThan(0);
    release.resolve();
    await until('all of it is dealt with', () => seen.length === FLOOD);
    expect(seen).toEqual(Array.from({ length: FLOOD }, (_, n) => n));
  });

  test('is held back by bytes as well', async () => {
    gateway.helloRecorded.resolve();
    const link = await dial(gateway.url);
    await link.received('welcome');
    let bytes = 0;
    const never = deferred<void>();
    const padding = 'x'.repeat(60_000);
    gateway.served[0]?.subscribe(() => {
      bytes += padding.length;
      return never.promise;
    });
    for (let n = 0; n < 1_000; n += 1) link.socket.send(report(n, padding));
    await untilStill(() => bytes);
    expect(bytes).toBeGreaterThan(INTAKE_LIMITS.maxBytes / 2);
    expect(bytes).toBeLessThan(INTAKE_LIMITS.maxBytes + 256 * 1024);
    link.socket.terminate();
  });

  test('and has not proved who it is, is read for one message', async () => {
    const socket = new WebSocket(`${gateway.url}/link/connect`);
    socket.on('error', () => {});
    await once(socket, 'open');
    const padding = JSON.stringify({ type: 'heartbeat', padding: 'x'.repeat(60_000) });
    const closed = once(socket, 'close');
    for (let n = 0; n < 2_000; n += 1) socket.send(padding);
    await closed;
    expect(gateway.served).toEqual([]);
  });

  test('and opens streams that nobody reads, is cut off', async () => {
    gateway.helloRecorded.resolve();
    const link = await dial(gateway.url);
    const { dataToken } = await link.received('welcome');
    const data = await openData(gateway.url, dataToken);
    const closed = once(data, 'close');
    for (let streamId = 1; streamId <= 12_000; streamId += 1) {
      const message = Buffer.alloc(6, 1);
      message.writeUInt32BE(streamId, 1);
      data.send(message);
    }
    const [code] = (await closed) as [number];
    expect(code).toBe(CLOSE_CODES.protocolViolation.code);
  });
});

/** Waits until a number has not changed for a while: what is held back does not go on by itself. */
async function untilStill(read: () => number): Promise<void> {
  let last = Number.NaN;
  let times = 0;
  await until('nothing goes on any more', () => {
    times = read() === last ? times + 1 : 0;
    last = read();
    return times > 10;
  });
}

describe('asking the practice', () => {
  const ask = (signal: AbortSignal) =>
    gateway.served[0]?.askPractice(queryId, request.integratorId, signal);
  const never = new AbortController().signal;

  test('yields its refusal', async () => {
    gateway.helloRecorded.resolve();
    const link = await dial(gateway.url, ['askPractice']);
    await link.received('welcome');
    const answer = ask(never);
    await link.received('askPractice');
    const refusal = haloLinkError('refusedByPractice', 'Refused by the practice: it is paused.');
    link.socket.send(JSON.stringify({ type: 'practiceAnswer', queryId, refusal }));
    expect(await answer).toEqual(refusal);
    // One that comes again, or that nobody has asked for, changes nothing.
    link.socket.send(JSON.stringify({ type: 'practiceAnswer', queryId }));
    const second = ask(never);
    await until('it is asked again', () => link.frames.filter(isQuestion).length === 2);
    link.socket.send(JSON.stringify({ type: 'practiceAnswer', queryId }));
    expect(await second).toBeUndefined();
  });

  test('is over when nobody waits any more, and when the site goes away', async () => {
    gateway.helloRecorded.resolve();
    const link = await dial(gateway.url, ['askPractice']);
    await link.received('welcome');
    expect(await ask(AbortSignal.abort())).toBeUndefined();
    const patience = new AbortController();
    const [first, second] = [ask(patience.signal), ask(never)];
    patience.abort();
    expect(await first).toBeUndefined();
    link.socket.terminate();
    expect(await second).toBeUndefined();
  });

  test('is not done where the link does not know the question', async () => {
    gateway.helloRecorded.resolve();
    const link = await dial(gateway.url);
    await link.received('welcome');
    expect(await ask(never)).toBeUndefined();
    expect(link.frames.filter(isQuestion)).toEqual([]);
  });
});

const isQuestion = ({ type }: Frame) => type === 'askPractice';

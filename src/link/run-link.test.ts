import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import {
  FakeGateway,
  type FakeGatewayOptions,
  type FakeSession,
} from '../../test/support/fake-gateway.ts';
import { type Script, ScriptedDatabase } from '../../test/support/scripted-database.ts';
import { deferred } from '../lib/deferred.ts';
import { DisposalStack } from '../lib/disposal.ts';
import { createLogger } from '../lib/logger.ts';
import { MAX_INLINE_BYTES } from '../protocol/codec.ts';
import type { Command } from '../protocol/command.ts';
import type { DataChannel } from '../protocol/data-channel.ts';
import type { ExecuteFrame } from '../protocol/frames.ts';
import type { Column } from '../sql/columns.ts';
import type { ResultEvent } from '../sql/driver.ts';
import { SqlError } from '../sql/sql-error.ts';
import { publicKeyText } from './config/identity-key.ts';
import type { LinkIdentity } from './connection/dial-session.ts';
import { type LinkOptions, type RunningLink, runLink } from './run-link.ts';

const SITE_ID = '11111111-1111-4111-8111-111111111111';
const MAX_RESULT_BYTES = 8 * 1024 * 1024;
const key = generateKeyPairSync('ed25519').privateKey;

const text: Column = { name: 'v', type: 'text' };
const done = (rowsAffected = 0): ResultEvent => ({
  kind: 'done',
  rowsAffected,
  outputParameters: [],
});
const rows = (...values: string[]): ResultEvent => ({ kind: 'rows', rows: values.map((v) => [v]) });

/** `[{"v":"xxx"}]` of exactly so many bytes. */
function resultOf(bytes: number): Script {
  return async function* () {
    yield { kind: 'columns', columns: [text] };
    const whole = 1_000_000;
    let left = bytes - 2;
    while (left > 0) {
      const size = left > whole + 100 ? whole : left;
      const separator = left === bytes - 2 ? 0 : 1;
      yield rows('x'.repeat(size - separator - '{"v":""}'.length));
      left -= size;
    }
    yield done();
  };
}

const SCRIPTS: Record<string, Script> = {
  'SELECT 1': async function* () {
    yield { kind: 'columns', columns: [text] };
    yield rows('one');
    yield done();
  },
  'SELECT 8 MB': resultOf(MAX_RESULT_BYTES),
  'SELECT 8 MB + 1': resultOf(MAX_RESULT_BYTES + 1),
  'UPDATE 8 MB + 1': resultOf(MAX_RESULT_BYTES + 1),
  'SELECT 5 MB': resultOf(5_000_000),
  'UPDATE 5 MB': resultOf(5_000_000),
  'SELECT inline': resultOf(MAX_INLINE_BYTES),
  'SELECT inline + 1': resultOf(MAX_INLINE_BYTES + 1),
  'SELECT 2': async function* (_command, wait) {
    yield { kind: 'columns', columns: [text] };
    await wait();
    yield rows('two');
    yield done();
  },
  'UPDATE slowly': async function* (_command, wait) {
    await wait();
    yield done(3);
  },
  'two sets': async function* () {
    yield { kind: 'columns', columns: [text, { name: '', type: 'integer' }] };
    yield {
      kind: 'rows',
      rows: [
        ['a', 1],
        ['b', 2],
      ],
    };
    yield { kind: 'columns', columns: [text] };
    yield rows('not wanted');
    yield done(7);
  },
  echo: async function* ({ parameters }) {
    yield {
      kind: 'columns',
      columns: parameters.map(({ name }) => ({ name, type: 'variant' as const })),
    };
    yield { kind: 'rows', rows: [parameters.map(({ value }) => value)] };
    const outputParameters = [{ name: '@out', type: 'integer' as const, value: 42 }];
    yield { kind: 'done', rowsAffected: 0, outputParameters };
  },
  'wrong syntax': async function* () {
    yield { kind: 'columns', columns: [text] };
    throw new SqlError('statement', 'mssql', 102, "Incorrect syntax near 'x'.");
  },
  'SELECT bug': async function* () {
    yield { kind: 'columns', columns: [text] };
    throw new TypeError('secret value');
  },
};

const cleanup: DisposalStack[] = [];
afterEach(async () => {
  for (const stack of cleanup.splice(0)) await stack[Symbol.asyncDispose]();
});

interface Setup {
  gateway: FakeGateway;
  link: RunningLink;
  database: ScriptedDatabase;
  logs: Record<string, unknown>[];
}

async function setUp(
  gatewayOptions: Partial<FakeGatewayOptions> = {},
  linkOptions: Partial<LinkOptions> = {},
): Promise<Setup> {
  const stack = new DisposalStack();
  cleanup.push(stack);
  const gateway = stack.use(
    await new FakeGateway({ publicKey: publicKeyText(key), ...gatewayOptions }).listen(),
  );
  const database = new ScriptedDatabase(SCRIPTS);
  const logs: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void logs.push(JSON.parse(line)) };
  const identity: LinkIdentity = {
    gatewayUrl: gateway.url,
    siteId: SITE_ID,
    privateKey: key,
    practice: { practiceName: 'Demo Practice' },
  };
  const link = stack.use(
    runLink({
      version: '26.1122.0',
      resolveIdentity: () => Promise.resolve(identity),
      catalogues: [
        { name: 'Main', isDefault: true },
        { name: 'Broken', isDefault: false },
      ],
      connections: database,
      maxConnections: 2,
      logger: createLogger('link', 'debug', destination),
      reconnect: { baseMs: 5, capMs: 10, displacedMs: 5, finalMs: 10 },
      ...linkOptions,
    }),
  );
  return { gateway, link, database, logs };
}

let streams = 0;
function send(
  session: FakeSession,
  command: Command | undefined,
  frame: Partial<ExecuteFrame> = {},
): ExecuteFrame {
  streams += 1;
  const execute: ExecuteFrame = {
    type: 'execute',
    queryId: randomUUID(),
    integratorId: randomUUID(),
    streamId: streams,
    maxTimeInQueueMs: 30_000,
    executionLimitMs: 60_000,
    maxResultBytes: MAX_RESULT_BYTES,
    ...(command && { command }),
    ...frame,
  };
  session.send(execute);
  return execute;
}

const ask = async (session: FakeSession, command: Command, frame?: Partial<ExecuteFrame>) =>
  session.outcome(send(session, command, frame).queryId);

async function readAll(channel: DataChannel, streamId: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of channel.read(streamId, new AbortController().signal))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the session', () => {
  it('is opened with the site, its version and its catalogues, and says how it is', async () => {
    const { gateway, link } = await setUp();
    const session = await gateway.session();
    await ask(session, { text: 'SELECT 1' });
    expect(link.status()).toMatchObject({
      linkVersion: '26.1122.0',
      state: 'live',
      gatewayUrl: gateway.url,
      counters: { dials: 1, sessions: 1, queriesSucceeded: 1, queriesRunning: 0 },
    });
  });

  it('sends heartbeats with the clock and the catalogues', async () => {
    const clock = () => Date.UTC(2026, 0, 2, 3, 4, 5);
    const { gateway } = await setUp({ heartbeatIntervalMs: 5 }, { clock });
    const { frame } = await (await gateway.session()).next('heartbeat');
    expect(frame).toMatchObject({
      linkVersion: '26.1122.0',
      clientTime: '2026-01-02T03:04:05.000Z',
      catalogues: [{ name: 'Main', isDefault: true }, { name: 'Broken' }],
    });
  });

  it('is refused with another key, which is an error for a person, and goes on trying', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const { gateway, link, logs } = await setUp({ publicKey: publicKeyText(other) });
    await expect.poll(() => gateway.controlDials).toBeGreaterThan(1);
    expect(link.status().lastEnd).toBe('The identity was not accepted.');
    expect(logs.some(({ level }) => level === 50)).toBe(true);
  });

  it('is refused without a protocol version in common', async () => {
    const { link } = await setUp({ protocolVersions: [99] });
    await expect.poll(() => link.status().lastEnd).toBe('No protocol version in common.');
  });

  it('answers what it does not understand with an error', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    session.socket.send('{"type":"selfDestruct"}');
    expect((await session.next('error')).frame.message).toMatch(/selfDestruct/);
    session.socket.send('no json');
    expect((await session.next('error')).frame.message).toBe('A frame is not JSON.');
    session.socket.send('{"type":"cancel","queryId":5}');
    expect((await session.next('error')).frame.message).toMatch(/cancel.*queryId/);
    expect((await ask(session, { text: 'SELECT 1' })).frame.type).toBe('result');
  });

  it('comes back after a cut', async () => {
    const { gateway, link } = await setUp();
    (await gateway.session()).socket.terminate();
    const again = await gateway.session();
    expect((await ask(again, { text: 'SELECT 1' })).frame.type).toBe('result');
    expect(link.status().counters.sessions).toBe(2);
  });

  it('is given up when the gateway falls silent', async () => {
    const { gateway, link } = await setUp({ silenceLimitMs: 30 });
    const first = await gateway.session();
    await first.closed.promise;
    await gateway.session();
    expect(link.status().lastEnd).toMatch(/Nothing was heard/);
  });

  it('stays while any byte comes in, also a ping', async () => {
    const { gateway, link } = await setUp({ silenceLimitMs: 200 });
    const session = await gateway.session();
    for (let beat = 0; beat < 10; beat += 1) {
      const pong = deferred<void>();
      session.socket.once('pong', () => pong.resolve());
      setTimeout(() => session.socket.ping(), 40);
      await pong.promise;
    }
    expect(link.status().counters.sessions).toBe(1);
  });

  it('gives up a gateway that never speaks', async () => {
    const { gateway, link } = await setUp({ isMute: true }, { timings: { handshakeMs: 20 } });
    await expect.poll(() => gateway.controlDials).toBeGreaterThan(1);
    expect(link.status().lastEnd).toMatch(/handshake in time/);
  });

  it('warns by name when it is displaced, again and again', async () => {
    const { gateway, link, logs } = await setUp();
    (await gateway.session()).close('displaced');
    (await gateway.session()).close('displaced');
    await gateway.session();
    const warnings = logs.filter(({ warning }) => warning === 'identityShared');
    expect(warnings.map(({ displacements }) => displacements)).toEqual([1, 2]);
    expect(link.status().counters.displacements).toBe(2);
  });

  it('waits for a gateway that is not there yet, and asks for its address at each dial', async () => {
    let gatewayUrl = 'http://127.0.0.1:1';
    let asked = 0;
    const resolveIdentity = async (): Promise<LinkIdentity> => {
      asked += 1;
      if (asked === 1) throw new Error('link.json: there is no such file.');
      return { gatewayUrl, siteId: SITE_ID, privateKey: key, practice: {} };
    };
    const { gateway, link } = await setUp({}, { resolveIdentity });
    await expect.poll(() => link.status().lastEnd).toMatch(/ECONNREFUSED/);
    gatewayUrl = gateway.url;
    expect((await ask(await gateway.session(), { text: 'SELECT 1' })).frame.type).toBe('result');
  });
});

describe('a query', () => {
  it('is answered in the frame while its result fits', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    const { frame, body } = await ask(session, { text: 'SELECT inline' });
    expect(frame).toMatchObject({ size: MAX_INLINE_BYTES, rows: 1, isOnDataStream: false });
    expect(body).toHaveLength(MAX_INLINE_BYTES);
    expect(gateway.dataDials).toBe(0);
    const large = send(session, { text: 'SELECT inline + 1' });
    const bytes = await readAll(await gateway.dataChannel(), large.streamId);
    expect(bytes).toHaveLength(MAX_INLINE_BYTES + 1);
    const outcome = await session.outcome(large.queryId);
    expect(outcome.frame).toMatchObject({ size: MAX_INLINE_BYTES + 1, isOnDataStream: true });
  });

  it('gives the first result set, one value, or the number of rows', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const reader = await ask(session, { text: 'two sets' });
    expect(reader.body?.toString()).toBe('[{"v":"a","Column1":1},{"v":"b","Column1":2}]');
    expect(reader.frame).toMatchObject({ rows: 2 });
    expect(reader.frame).not.toHaveProperty('rowsAffected');
    const scalar = await ask(session, { text: 'two sets', executionMode: 'scalar' });
    expect(scalar.body?.toString()).toBe('[{"v":"a"}]');
    expect(scalar.frame).toMatchObject({ rows: 1 });
    const nonQuery = await ask(session, { text: 'two sets', executionMode: 'nonQuery' });
    expect(nonQuery.body).toBeUndefined();
    expect(nonQuery.frame).toMatchObject({ size: 0, rowsAffected: 7 });
    expect(nonQuery.frame).not.toHaveProperty('rows');
    expect(database.finished).toHaveLength(3);
  });

  it('has an empty result without rows', async () => {
    const { gateway, database } = await setUp();
    database.open();
    const { frame, body } = await ask(await gateway.session(), { text: 'UPDATE slowly' });
    expect(body?.toString()).toBe('[]');
    expect(frame).toMatchObject({ rows: 0, size: 2 });
  });

  it('reads its parameters, and returns those that come back', async () => {
    const { gateway } = await setUp();
    const { frame, body } = await ask(await gateway.session(), {
      text: 'echo',
      parameters: [
        { name: '@id', type: 'BigInt', value: '9007199254740993' },
        { name: '@out', type: 'Int', direction: 'output', value: null },
      ],
    });
    expect(body?.toString()).toBe('[{"@id":9007199254740993,"@out":null}]');
    expect(frame).toMatchObject({
      parameters: [{ name: '@out', direction: 'output', type: 'Int', value: '42' }],
    });
  });

  it('fails by name for a parameter that cannot be read, before anything runs', async () => {
    const { gateway, database } = await setUp();
    const { frame } = await ask(await gateway.session(), {
      text: 'echo',
      parameters: [{ name: '@id', type: 'Int', value: 'twelve' }],
    });
    expect(frame).toMatchObject({
      type: 'failure',
      errorDetails: { errorCode: 400, errorMessage: 'The parameter @id is not a whole number.' },
    });
    expect(database.started).toEqual([]);
  });

  it("fails with the database's own number and text", async () => {
    const { gateway } = await setUp();
    const { frame } = await ask(await gateway.session(), { text: 'wrong syntax' });
    expect(frame).toMatchObject({
      reason: 'failed',
      errorDetails: {
        errorType: 'mssql',
        errorCode: 102,
        errorMessage: "Incorrect syntax near 'x'.",
      },
    });
  });

  it('fails blandly when the database is away or the agent has a bug', async () => {
    const { gateway, logs } = await setUp();
    const session = await gateway.session();
    const away = await ask(session, { text: 'SELECT 1' }, { catalogue: 'Broken' });
    expect(away.frame).toMatchObject({ errorDetails: { errorType: 'haloLink', errorCode: 1004 } });
    const bug = await ask(session, { text: 'SELECT bug' });
    expect(bug.frame).toMatchObject({ errorDetails: { errorType: 'haloLink', errorCode: 1000 } });
    expect(JSON.stringify([away.frame, bug.frame, logs])).not.toMatch(/secret/);
  });

  it('runs in the catalogue asked for, and fails for one that is unknown', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    await ask(session, { text: 'SELECT 1' });
    expect(database.catalogues).toEqual(['Main']);
    const { frame } = await ask(session, { text: 'SELECT 1' }, { catalogue: 'Elsewhere' });
    expect(frame).toMatchObject({ type: 'failure', errorDetails: { errorCode: 400 } });
  });

  it('waits for a free connection, or fails when it must not wait', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const busy = [send(session, { text: 'SELECT 2' }), send(session, { text: 'SELECT 2' })];
    await database.until(({ started }) => started.length === 2);
    const now = await ask(session, { text: 'SELECT 1' }, { maxTimeInQueueMs: 0 });
    expect(now.frame).toMatchObject({
      reason: 'notStarted',
      errorDetails: { errorMessage: 'Query was not started within 0 milliseconds.' },
    });
    const soon = await ask(session, { text: 'SELECT 1' }, { maxTimeInQueueMs: 20 });
    expect(soon.frame).toMatchObject({ reason: 'notStarted' });
    const patient = send(session, { text: 'SELECT 1' });
    database.open();
    for (const { queryId } of [...busy, patient]) {
      expect((await session.outcome(queryId)).frame.type).toBe('result');
    }
    await database.until(({ openLeases }) => openLeases === 0);
  });

  it('is stopped in the database at its execution limit', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const { frame } = await ask(session, { text: 'SELECT 2' }, { executionLimitMs: 20 });
    expect(frame).toMatchObject({ reason: 'limit', errorDetails: { errorCode: 1003 } });
    expect(database.stopped).toEqual(['SELECT 2']);
  });

  it('is never run twice', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const { queryId } = send(session, { text: 'SELECT 2' });
    send(session, { text: 'SELECT 2' }, { queryId });
    expect((await session.next('error')).frame.message).toContain(queryId);
    database.open();
    expect((await session.outcome(queryId)).frame.type).toBe('result');
    expect(database.started).toHaveLength(1);
  });
});

describe('the limit of a result', () => {
  it('is reached by exactly 8 MB without harm', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    const query = send(session, { text: 'SELECT 8 MB' });
    const bytes = await readAll(await gateway.dataChannel(), query.streamId);
    expect(bytes).toHaveLength(MAX_RESULT_BYTES);
    const { frame } = await session.outcome(query.queryId);
    expect(frame).toMatchObject({ type: 'result', size: MAX_RESULT_BYTES });
  });

  it.each([
    { command: 'SELECT 8 MB + 1', left: 'stopped' as const },
    { command: 'UPDATE 8 MB + 1', left: 'finished' as const },
  ])('fails one byte further: $command is $left', async ({ command, left }) => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const query = send(session, { text: command });
    await expect(readAll(await gateway.dataChannel(), query.streamId)).rejects.toThrow(/reset/);
    const { frame } = await session.outcome(query.queryId);
    expect(frame).toMatchObject({
      type: 'failure',
      errorDetails: { errorType: 'http', errorCode: 413 },
    });
    expect(database[left]).toEqual([command]);
  });
});

describe('a large result', () => {
  it('waits for its reader and delays nobody', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const large = send(session, { text: 'SELECT 5 MB' });
    const channel = await gateway.dataChannel();
    const reader = channel.read(large.streamId, new AbortController().signal);
    await reader.next();
    const small = await ask(session, { text: 'SELECT 1' });
    expect(small.body?.toString()).toBe('[{"v":"one"}]');
    expect(database.finished).toEqual(['SELECT 1']);
    let size = 0;
    for await (const chunk of reader) size += chunk.length;
    expect(size).toBeGreaterThan(4_900_000);
    expect((await session.outcome(large.queryId)).frame).toMatchObject({ size: 5_000_000 });
  });

  it('fails when no data socket can be had, and a write still finishes', async () => {
    const { gateway, database } = await setUp({ acceptsData: false });
    const session = await gateway.session();
    for (const command of ['SELECT 5 MB', 'UPDATE 5 MB']) {
      const { frame } = await ask(session, { text: command });
      expect(frame).toMatchObject({ errorDetails: { errorType: 'http', errorCode: 502 } });
    }
    expect(database).toMatchObject({ stopped: ['SELECT 5 MB'], finished: ['UPDATE 5 MB'] });
  });

  it('fails when its data socket is lost, and the next one gets a new socket', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    const lost = send(session, { text: 'SELECT 5 MB' });
    await gateway.dataChannel();
    gateway.dataSocket?.terminate();
    const { frame } = await session.outcome(lost.queryId);
    expect(frame).toMatchObject({ errorDetails: { errorType: 'http', errorCode: 502 } });
    await expect.poll(() => gateway.channel).toBeUndefined();
    const next = send(session, { text: 'SELECT 5 MB' });
    expect(await readAll(await gateway.dataChannel(), next.streamId)).toHaveLength(5_000_000);
  });

  it('leaves a data socket that closes when it is idle', async () => {
    const { gateway } = await setUp({}, { timings: { dataIdleMs: 20 } });
    const session = await gateway.session();
    session.send({ type: 'openData' });
    await gateway.dataChannel();
    await expect.poll(() => gateway.channel).toBeUndefined();
    expect(gateway.openSockets).toBe(1);
  });
});

describe('a command on the data stream', () => {
  const signal = new AbortController().signal;

  it('is read and run', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    session.send({ type: 'openData' });
    const value = 'long '.repeat(400_000);
    const command: Command = {
      text: 'echo',
      parameters: [{ name: '@t', type: 'NVarChar', value }],
    };
    const channel = await gateway.dataChannel();
    const query = send(session, undefined);
    await channel.write(query.streamId, [Buffer.from(JSON.stringify(command))], signal);
    const answer = await readAll(channel, query.streamId);
    expect(JSON.parse(answer.toString())).toEqual([{ '@t': value }]);
    expect((await session.outcome(query.queryId)).frame.type).toBe('result');
  });

  it('may arrive before the frame that explains it', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    session.send({ type: 'openData' });
    const channel = await gateway.dataChannel();
    const streamId = 4_000_000_000;
    await channel.write(streamId, [Buffer.from('{"text":"SELECT 1"}')], signal);
    const pong = deferred<void>();
    gateway.dataSocket?.once('pong', () => pong.resolve());
    gateway.dataSocket?.ping();
    await pong.promise;
    const { queryId } = send(session, undefined, { streamId });
    expect((await session.outcome(queryId)).body?.toString()).toBe('[{"v":"one"}]');
  });

  it.each([
    { bytes: 'no json', why: /not JSON/ },
    { bytes: '{"text":""}', why: /\/text/ },
  ])('fails when it is none: $bytes', async ({ bytes, why }) => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    session.send({ type: 'openData' });
    const channel = await gateway.dataChannel();
    const query = send(session, undefined);
    await channel.write(query.streamId, [Buffer.from(bytes)], signal);
    const { frame } = await session.outcome(query.queryId);
    expect(frame).toMatchObject({
      type: 'failure',
      errorDetails: { errorMessage: expect.stringMatching(why) },
    });
  });

  it('fails when it does not come', async () => {
    const { gateway, database } = await setUp({}, { timings: { commandTransferMs: 20 } });
    const session = await gateway.session();
    const { queryId } = send(session, undefined);
    expect((await session.outcome(queryId)).frame).toMatchObject({
      errorDetails: { errorCode: 502 },
    });
    expect(database.started).toEqual([]);
  });

  it('fails beyond 32 MiB', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    session.send({ type: 'openData' });
    const channel = await gateway.dataChannel();
    const query = send(session, undefined);
    const mebibyte = Buffer.alloc(1024 * 1024, ' ');
    const sent = channel.write(query.streamId, Array(40).fill(mebibyte), signal);
    await expect(sent).rejects.toThrow(/reset/);
    expect((await session.outcome(query.queryId)).frame).toMatchObject({
      errorDetails: { errorType: 'http', errorCode: 413 },
    });
  });
});

describe('when the caller is gone', () => {
  it('a read is stopped in the database', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const { queryId } = send(session, { text: 'SELECT 2' });
    await database.until(({ started }) => started.length === 1);
    session.send({ type: 'cancel', queryId });
    expect((await session.outcome(queryId)).frame).toMatchObject({ reason: 'cancelled' });
    expect(database.stopped).toEqual(['SELECT 2']);
  });

  it('a write that has started finishes, and its outcome is told', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const { queryId } = send(session, { text: 'UPDATE slowly', executionMode: 'nonQuery' });
    await database.until(({ started }) => started.length === 1);
    session.send({ type: 'cancel', queryId });
    session.send({ type: 'heartbeatSeen' });
    await ask(session, { text: 'SELECT 1' });
    database.open();
    expect((await session.outcome(queryId)).frame).toMatchObject({
      type: 'result',
      rowsAffected: 3,
    });
  });

  it('a write whose rows nobody reads finishes too', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    const query = send(session, { text: 'UPDATE 5 MB' });
    const channel = await gateway.dataChannel();
    const reader = channel.read(query.streamId, new AbortController().signal);
    await reader.next();
    session.send({ type: 'cancel', queryId: query.queryId });
    expect((await session.outcome(query.queryId)).frame).toMatchObject({
      type: 'result',
      size: 5_000_000,
    });
    expect(database.finished).toEqual(['UPDATE 5 MB']);
    await reader.return();
  });

  it('what has not started never starts', async () => {
    const { gateway, database } = await setUp();
    const session = await gateway.session();
    send(session, { text: 'SELECT 2' });
    send(session, { text: 'SELECT 2' });
    await database.until(({ started }) => started.length === 2);
    const { queryId } = send(session, { text: 'UPDATE slowly' });
    session.send({ type: 'cancel', queryId });
    expect((await session.outcome(queryId)).frame).toMatchObject({ reason: 'cancelled' });
    expect(database.started).not.toContain('UPDATE slowly');
  });

  it('and the session with it, reads stop, writes finish, and their outcome is logged as dropped', async () => {
    const { gateway, database, logs } = await setUp();
    const session = await gateway.session();
    send(session, { text: 'SELECT 2' });
    send(session, { text: 'UPDATE slowly' });
    await database.until(({ started }) => started.length === 2);
    session.socket.terminate();
    await database.until(({ stopped }) => stopped.length === 1);
    database.open();
    await database.until(({ openLeases }) => openLeases === 0);
    expect(database).toMatchObject({ stopped: ['SELECT 2'], finished: ['UPDATE slowly'] });
    await expect.poll(() => logs.filter(({ msg }) => /dropped/.test(String(msg)))).toHaveLength(2);
    const again = await gateway.session();
    expect(again.waitingFrames).toEqual([]);
  });
});

describe('stop', () => {
  it('says goodbye, closes the pool and leaves no socket', async () => {
    const { gateway, link, database } = await setUp();
    const session = await gateway.session();
    session.send({ type: 'openData' });
    await gateway.dataChannel();
    await link.stop();
    expect(await session.closed.promise).toBe(4000);
    await expect.poll(() => gateway.openSockets).toBe(0);
    expect(database.isDisposed).toBe(true);
    expect(link.status().state).toBe('stopped');
  });

  it('lets a query in hand finish and takes no new one', async () => {
    const { gateway, link, database } = await setUp({}, { timings: { drainMs: 5_000 } });
    const session = await gateway.session();
    const { queryId } = send(session, { text: 'SELECT 2' });
    await database.until(({ started }) => started.length === 1);
    const stopped = link.stop();
    const late = await ask(session, { text: 'SELECT 1' });
    expect(late.frame).toMatchObject({ reason: 'notStarted', errorDetails: { errorCode: 1005 } });
    database.open();
    expect((await session.outcome(queryId)).frame.type).toBe('result');
    await stopped;
  });

  it('cuts short what takes too long, and says so of a write', async () => {
    const { gateway, link, database } = await setUp({}, { timings: { drainMs: 20 } });
    const session = await gateway.session();
    const read = send(session, { text: 'SELECT 2' });
    const write = send(session, { text: 'UPDATE slowly' });
    await database.until(({ started }) => started.length === 2);
    await link.stop();
    expect((await session.outcome(read.queryId)).frame).toMatchObject({
      errorDetails: { errorCode: 1005 },
    });
    expect((await session.outcome(write.queryId)).frame).toMatchObject({
      errorDetails: { errorCode: 1001 },
    });
  });

  it('ends also while the gateway is away or does not answer', async () => {
    const { link } = await setUp({ isMute: true });
    await link.stop();
    expect(link.status().state).toBe('stopped');
  });

  it('does not wait for a gateway that ignores the close', async () => {
    const { gateway, link } = await setUp({}, { timings: { closeMs: 20 } });
    const session = await gateway.session();
    (session.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    await link.stop();
    expect(link.status().state).toBe('stopped');
  });
});

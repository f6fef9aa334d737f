import { describe, expect, it } from 'vitest';
import { ask, MAX_RESULT_BYTES, readAll, send, setUp } from '../../../test/support/link-setup.ts';
import { deferred } from '../../lib/deferred.ts';
import type { Command } from '../../protocol/command.ts';

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
    { command: 'SELECT 8 MB + 1', left: 'finished' as const },
    { command: 'SELECT 20 MB', left: 'stopped' as const },
    { command: 'UPDATE 20 MB', left: 'finished' as const },
    { command: 'UPDATE 8 MB + 1', left: 'finished' as const },
  ])('fails beyond that, from one byte on: $command is $left', async ({ command, left }) => {
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

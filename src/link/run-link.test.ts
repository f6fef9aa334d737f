import { describe, expect, it } from 'vitest';
import { ask, readAll, send, setUp } from '../../test/support/link-setup.ts';

describe('stop', () => {
  it('says goodbye, closes the pool and leaves no socket', async () => {
    const { gateway, link, database } = await setUp();
    const session = await gateway.session();
    session.send({ type: 'openData' });
    await gateway.dataChannel();
    await link.stop();
    expect(await session.closed.promise).toBe(4000);
    await expect.poll(() => gateway.openSockets).toBe(0);
    expect(database.openConnections).toBe(0);
    expect(link.status().state).toBe('stopped');
  });

  it('leaves no timer and no socket of its own', async () => {
    const own = () =>
      process.getActiveResourcesInfo().filter((kind) => /Timeout|TCPSocketWrap/.test(kind)).length;
    const before = own();
    const { gateway, link, database } = await setUp();
    const session = await gateway.session();
    await ask(session, { text: 'SELECT 1' });
    const large = send(session, { text: 'SELECT inline + 1' });
    await readAll(await gateway.dataChannel(), large.streamId);
    await session.outcome(large.queryId);
    send(session, { text: 'SELECT 2' });
    await database.until(({ started }) => started.length === 3);
    const stopped = link.stop();
    database.open();
    await stopped;
    await gateway[Symbol.asyncDispose]();
    await expect.poll(own).toBe(before);
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
    session.socket.pause();
    await link.stop();
    expect(link.status().state).toBe('stopped');
  });
});

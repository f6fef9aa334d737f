import { describe, expect, it } from 'vitest';
import { ask, readAll, send, setUp } from '../../../test/support/link-setup.ts';
import { MAX_INLINE_BYTES } from '../../protocol/codec.ts';

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

  it('fails when its output parameters are too large for a frame, after it has run', async () => {
    const { gateway, database } = await setUp();
    const { frame } = await ask(await gateway.session(), {
      text: 'UPDATE long output',
      executionMode: 'nonQuery',
      parameters: [{ name: '@out', type: 'NVarChar', direction: 'output', value: null }],
    });
    expect(frame).toMatchObject({
      errorDetails: { errorType: 'http', errorCode: 413 },
    });
    expect(database.finished).toEqual(['UPDATE long output']);
  });

  it('sends its rows by the data stream when parameters leave them no room in the frame', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    const query = send(session, {
      text: 'full frame',
      parameters: [{ name: '@out', type: 'NVarChar', direction: 'output', value: null }],
    });
    const bytes = await readAll(await gateway.dataChannel(), query.streamId);
    expect(bytes.toString()).toMatch(/^\[{"v":"x+"}\]$/);
    const { frame } = await session.outcome(query.queryId);
    expect(frame).toMatchObject({ isOnDataStream: true, size: bytes.length });
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
    await ask(session, { text: 'SELECT 1' }, { catalogue: 'Main' });
    await ask(session, { text: 'SELECT 1' }, { catalogue: 'Other' });
    expect(database.ran).toEqual(['default: SELECT 1', 'default: SELECT 1', 'Other: SELECT 1']);
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
    database.open();
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
    await database.until(({ finished }) => finished.length === 1);
    expect(database).toMatchObject({ stopped: ['SELECT 2'], finished: ['UPDATE slowly'] });
    await expect.poll(() => logs.filter(({ msg }) => /dropped/.test(String(msg)))).toHaveLength(2);
    const again = await gateway.session();
    expect(again.waitingFrames).toEqual([]);
  });
});

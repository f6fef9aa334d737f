import { describe, expect, it } from 'vitest';
import { FOREVER, resultSet, single } from '../../../../test/support/tds-peer/answers.ts';
import { kinds } from '../../../../test/support/tds-peer/column-kinds.ts';
import { run, startPeerBed, text } from '../../../../test/support/tds-peer/peer-bed.ts';
import { columnsToken, doneToken, rowToken } from '../../../../test/support/tds-peer/tokens.ts';
import type { Connection, ResultEvent } from '../../driver.ts';

const COLUMNS = [
  { name: 'ID', kind: kinds.int },
  { name: 'Notes', kind: kinds.nvarchar(200) },
];
const ROW = rowToken(COLUMNS, [1, 'n'.repeat(200)]);

function* endlessRows() {
  yield columnsToken(COLUMNS);
  for (;;) yield ROW;
}

function iterate(events: AsyncIterable<ResultEvent>): AsyncGenerator<ResultEvent> {
  return events as AsyncGenerator<ResultEvent>;
}

/** Executes until the first row has come, and hands over what goes on from there. */
async function begun(connection: Connection, signal: AbortSignal) {
  const events = iterate(connection.execute(text('SELECT …'), { signal }));
  while ((await events.next()).value.kind !== 'rows');
  return events;
}

describe('cancelling', () => {
  it('a statement that works in silence stops it in the database, and ends the session', async () => {
    const started = new AbortController();
    await using bed = await startPeerBed({
      handler: function* () {
        queueMicrotask(() => started.abort());
        yield FOREVER;
      },
    });
    const connection = await bed.connect();
    const failure = run(connection, text('WAITFOR …'), started.signal);
    await expect(failure).rejects.toMatchObject({ kind: 'cancelled', errorType: 'haloLink' });
    expect(connection.isUsable).toBe(false);
    expect(bed.peer.seen.attentions).toBe(1);
    await expect.poll(() => bed.peer.connections).toBe(0);
    await connection[Symbol.asyncDispose]();
  });

  it('while rows arrive faster than they are taken stops them', async () => {
    await using bed = await startPeerBed({ handler: endlessRows });
    const connection = await bed.connect();
    const caller = new AbortController();
    const events = await begun(connection, caller.signal);
    caller.abort();
    await expect(
      (async () => {
        while (!(await events.next()).done);
      })(),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    expect(bed.peer.seen.attentions).toBe(1);
    await expect.poll(() => bed.peer.connections).toBe(0);
  });

  it('before anything was sent leaves the session as it is', async () => {
    await using bed = await startPeerBed({ handler: () => [single(kinds.int, 1)] });
    await using connection = await bed.connect();
    await expect(run(connection, text('SELECT 1'), AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(connection.isUsable).toBe(true);
    expect(bed.peer.seen.requests).toEqual([]);
  });

  it('while a long command is being sent ends it', async () => {
    await using bed = await startPeerBed({ handler: () => [FOREVER] });
    const connection = await bed.connect();
    const caller = new AbortController();
    const value = 'x'.repeat(8_000_000);
    const failure = run(
      connection,
      text('SELECT @v', [{ name: '@v', direction: 'input', typeName: 'NVarChar', value }]),
      caller.signal,
    );
    setImmediate(() => caller.abort());
    await expect(failure).rejects.toMatchObject({ kind: 'cancelled' });
    await expect.poll(() => bed.peer.connections).toBe(0);
  });

  it('ends in time when the server does not react', async () => {
    await using bed = await startPeerBed({
      handler: async function* () {
        yield Buffer.alloc(0);
        await new Promise((resolve) => setTimeout(resolve, 30_000).unref());
      },
    });
    const connection = await bed.connect();
    await expect(run(connection, text('…'), AbortSignal.timeout(50))).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(connection.isUsable).toBe(false);
    await expect.poll(() => bed.peer.connections).toBe(0);
  });

  it('while the session is being reset does not wait for that', async () => {
    await using bed = await startPeerBed({
      handler: () => [single(kinds.int, 1)],
      silentAt: 'reset',
    });
    const connection = await bed.connect();
    await run(connection, text('SELECT 1'));
    await expect(run(connection, text('SELECT 2'), AbortSignal.timeout(20))).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(connection.isUsable).toBe(false);
    await expect.poll(() => bed.peer.connections).toBe(0);
  });

  it('a hundred times leaves no connection behind', async () => {
    await using bed = await startPeerBed({ handler: endlessRows });
    for (let round = 0; round < 100; round += 1) {
      const connection = await bed.connect();
      const caller = new AbortController();
      const events = await begun(connection, caller.signal);
      caller.abort();
      await expect(events.next()).rejects.toMatchObject({ kind: 'cancelled' });
    }
    expect(bed.peer.connectionsMade).toBe(100);
    expect(bed.peer.seen.attentions).toBe(100);
    await expect.poll(() => bed.peer.connections).toBe(0);
  });
});

describe('a consumer', () => {
  it('that leaves early stops the statement', async () => {
    await using bed = await startPeerBed({ handler: endlessRows });
    const connection = await bed.connect();
    const events = await begun(connection, new AbortController().signal);
    await events.return(undefined);
    expect(bed.peer.seen.attentions).toBe(1);
    expect(connection.isUsable).toBe(false);
    await expect.poll(() => bed.peer.connections).toBe(0);
  });

  it('that is slow slows the server down, and memory stays flat over a million rows', async () => {
    let sentRows = 0;
    await using bed = await startPeerBed({
      handler: function* () {
        yield columnsToken(COLUMNS);
        const block = Buffer.concat(Array.from({ length: 100 }, () => ROW));
        for (; sentRows < 1_000_000; sentRows += 100) yield block;
        yield doneToken({ command: 0xc1, rowCount: sentRows });
      },
    });
    await using connection = await bed.connect();
    let takenRows = 0;
    let mostAhead = 0;
    let done = false;
    const events = connection.execute(text('…'), { signal: new AbortController().signal });
    for await (const event of events) {
      if (event.kind === 'rows') takenRows += event.rows.length;
      if (takenRows % 1_000 < 40) await new Promise((resolve) => setImmediate(resolve));
      mostAhead = Math.max(mostAhead, sentRows - takenRows);
      done = event.kind === 'done';
    }
    expect(takenRows).toBe(1_000_000);
    expect(done).toBe(true);
    // What lies in the sockets of both sides and in at most a few packets: some megabytes of 400 each.
    expect(mostAhead * ROW.length).toBeLessThan(32 * 1024 * 1024);
  });
});

describe('a session', () => {
  it('that the server ends while it is idle is known to be dead', async () => {
    const bed = await startPeerBed({ handler: () => [single(kinds.int, 1)] });
    const connection = await bed.connect();
    expect(connection.isUsable).toBe(true);
    await bed[Symbol.asyncDispose]();
    await expect.poll(() => connection.isUsable).toBe(false);
    await expect(run(connection, text('SELECT 1'))).rejects.toMatchObject({
      kind: 'connection',
      errorCode: 1004,
    });
    await connection[Symbol.asyncDispose]();
  });

  it('runs one command at a time', async () => {
    await using bed = await startPeerBed({ handler: () => [resultSet(COLUMNS, []), FOREVER] });
    const connection = await bed.connect();
    const signal = new AbortController().signal;
    const first = iterate(connection.execute(text('…'), { signal }));
    await first.next();
    await expect(run(connection, text('SELECT 1'))).rejects.toThrow('one command at a time');
    await first.return(undefined);
  });
});

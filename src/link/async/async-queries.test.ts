import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUpAsync } from '../../../test/support/async-setup.ts';
import { ask, send } from '../../../test/support/link-setup.ts';
import { until } from '../../../test/support/until.ts';
import {
  type TemporaryCatalogues,
  temporaryCatalogues,
} from '../../sql/drivers/sqlite/testing/temporary-catalogues.ts';
import { SqlError } from '../../sql/sql-error.ts';

const count = (n: number) =>
  `WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT ${n}) SELECT n, 'row' AS t FROM r`;

let files: TemporaryCatalogues;
beforeAll(() => {
  files = temporaryCatalogues({
    Clinic: 'CREATE TABLE Patients(ID INTEGER PRIMARY KEY, Name TEXT NOT NULL);',
  });
});
afterAll(() => files[Symbol.dispose]());

const real = () => ({
  driver: files.driver,
  catalogues: [{ name: 'Clinic', isDefault: true }],
});

describe('an async query', () => {
  it('goes its course: kept, permitted, cut into pages, uploaded, forgotten', async () => {
    const { remote } = await setUpAsync(real());
    const { queryId } = remote.enqueue({ text: count(5_000) }, { pageBytes: 20_000 });
    const end = await remote.ended(queryId);
    expect(remote.statesOf(queryId)).toEqual([
      'queued 0',
      'executing 1',
      'uploading 1',
      'successful 1',
    ]);
    expect(end).toMatchObject({ rows: 5_000, pages: remote.pages.size });
    expect(remote.rows(queryId)).toHaveLength(5_000);
    const sizes = [...remote.pages.values()].map((page) => page.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(end.size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20_000);
    const cuts = remote.cuts.toSorted((a, b) => a.pageNumber - b.pageNumber);
    expect(cuts.map(({ pageNumber }) => pageNumber)).toEqual(sizes.map((_, index) => index + 1));
    const ends = cuts.map(({ rangeStart, rows }) => rangeStart + rows);
    expect(cuts.map(({ rangeStart }) => rangeStart)).toEqual([0, ...ends.slice(0, -1)]);
    // The link forgets once it knows that its last report has come: a question may be faster.
    await until('the query to be forgotten', () => {
      remote.session?.send({ type: 'enquire', queryIds: [queryId] });
      return remote.statesOf(queryId).some((state) => state.startsWith('unknown'));
    });
  });

  it('has one empty page without rows, one value as a scalar, and no page as a nonQuery', async () => {
    const { remote } = await setUpAsync(real());
    const empty = await remote.run({ text: 'SELECT * FROM Patients WHERE ID < 0' });
    expect(empty).toMatchObject({ state: 'successful', rows: 0, size: 2, pages: 1 });
    expect(remote.pages.get(`${empty.queryId}/1/1`)?.toString()).toBe('[]');
    const scalar = await remote.run({ text: count(3), executionMode: 'scalar' });
    expect(remote.rows(scalar.queryId)).toEqual([{ n: 1 }]);
    const text = "INSERT INTO Patients(Name) VALUES ('Ng'), ('Oz')";
    const write = await remote.run({ text, executionMode: 'nonQuery' });
    expect(write).toMatchObject({ state: 'successful', rowsAffected: 2, size: 0, pages: 0 });
    expect(write).not.toHaveProperty('rows');
    expect(remote.statesOf(write.queryId)).toEqual(['queued 0', 'executing 1', 'successful 1']);
    const asked = remote.reports.filter(({ state }) => state === 'executing');
    expect(asked.map(({ mayWrite }) => mayWrite)).toEqual([false, false, true]);
  });

  it('runs a write with rows once, and its rows are pages too', async () => {
    const { remote } = await setUpAsync(real());
    const text = "INSERT INTO Patients(ID, Name) VALUES (77, 'Once') RETURNING ID, Name";
    const end = await remote.run({ text });
    expect(end.state).toBe('successful');
    expect(remote.rows(end.queryId)).toEqual([{ ID: 77, Name: 'Once' }]);
  });

  it('returns output parameters with its end, or fails when they are too large', async () => {
    const { remote, database } = await setUpAsync();
    const parameters = [
      { name: '@id', type: 'Int' as const, value: '5' },
      { name: '@out', type: 'Int' as const, direction: 'output' as const, value: null },
    ];
    const end = await remote.run({ text: 'echo', parameters });
    expect(end).toMatchObject({
      state: 'successful',
      parameters: [{ name: '@out', direction: 'output', type: 'Int', value: '42' }],
    });
    const [, out] = parameters;
    const long = await remote.run({
      text: 'UPDATE long output',
      parameters: [{ ...out, type: 'NVarChar' } as never],
    });
    expect(long).toMatchObject({
      state: 'executionFailed',
      errorDetails: { errorType: 'http', errorCode: 413 },
    });
    expect(database.finished).toContain('UPDATE long output');
  });

  it.each([
    { command: { text: 'wrong syntax' }, details: { errorType: 'mssql', errorCode: 102 } },
    { command: { text: 'SELECT bug' }, details: { errorType: 'haloLink', errorCode: 1000 } },
    {
      command: { text: 'echo', parameters: [{ name: '@n', type: 'Int' as const, value: 'x' }] },
      details: { errorType: 'http', errorCode: 400 },
    },
    {
      command: { text: 'SELECT 1' },
      catalogue: 'None',
      details: { errorType: 'http', errorMessage: 'The site has no such catalogue.' },
    },
    {
      command: { text: 'SELECT 1' },
      catalogue: 'Broken',
      details: { errorType: 'haloLink', errorCode: 1004 },
    },
  ])('fails with the reason: $command.text $catalogue', async ({ details, command, catalogue }) => {
    const { remote, logs } = await setUpAsync({ timings: { databasePatienceMs: 0 } });
    const end = await remote.run(command, catalogue === undefined ? {} : { catalogue });
    expect(end).toMatchObject({ state: 'executionFailed', attempt: 1, errorDetails: details });
    expect(JSON.stringify(logs)).not.toMatch(/secret|syntax near/);
    expect(await remote.run({ text: 'SELECT 1' })).toMatchObject({ state: 'successful' });
  });

  it('waits for a database that cannot be reached for a while', async () => {
    let refused = 0;
    const { driver } = real();
    const { remote } = await setUpAsync({
      ...real(),
      driver: {
        ...driver,
        connect: async (options) => {
          if (refused++ < 3) throw new SqlError('connection', 'haloLink', 1004, 'secret host');
          return await driver.connect(options);
        },
      },
    });
    const end = await remote.run({ text: count(3) });
    expect(end).toMatchObject({ state: 'successful', attempt: 1, rows: 3 });
    expect(refused).toBeGreaterThan(3);
  });

  it('takes a command on the data stream, and refuses the stream of one that it has', async () => {
    const { remote, gateway } = await setUpAsync();
    remote.session?.send({ type: 'openData' });
    const channel = await gateway.dataChannel();
    const value = 'long '.repeat(400_000);
    const command = { text: 'echo', parameters: [{ name: '@t', type: 'NVarChar', value }] };
    const signal = new AbortController().signal;
    const bytes = [Buffer.from(JSON.stringify(command))];
    const { queryId, streamId } = remote.enqueue(undefined);
    const again = remote.enqueue(undefined, { queryId });
    const refused = channel.write(again.streamId, bytes, signal).catch((error: unknown) => error);
    await channel.write(streamId, bytes, signal);
    expect((await remote.ended(queryId)).state).toBe('successful');
    expect(remote.rows(queryId)).toEqual([{ '@t': value }]);
    expect(await refused).toMatchObject({ message: expect.stringMatching(/reset/) });
  });

  it('is not queued when its command is none, or does not come', async () => {
    const { remote, gateway } = await setUpAsync({ timings: { commandTransferMs: 30 } });
    remote.session?.send({ type: 'openData' });
    const channel = await gateway.dataChannel();
    const { queryId, streamId } = remote.enqueue(undefined);
    await channel.write(streamId, [Buffer.from('no json')], new AbortController().signal);
    expect(await remote.ended(queryId)).toMatchObject({
      state: 'notQueued',
      errorDetails: { errorMessage: 'The command is not JSON.' },
    });
    expect(await remote.ended(remote.enqueue(undefined).queryId)).toMatchObject({
      state: 'notQueued',
      errorDetails: { errorCode: 502 },
    });
  });
});

describe('frames that come twice, late or never', () => {
  it('change nothing: a query runs once', async () => {
    const { remote, database } = await setUpAsync();
    const frame = remote.enqueue({ text: 'UPDATE slowly', executionMode: 'nonQuery' });
    const { queryId } = frame;
    for (let n = 0; n < 3; n += 1) remote.session?.send(frame);
    await remote.reported(queryId, 'executing');
    remote.session?.send(frame);
    remote.session?.send({ type: 'enquire', queryIds: [queryId, randomUUID()] });
    // Answers to reports that were never made, or not yet.
    for (const attempt of [0, 2]) {
      const seen = { state: 'successful', verdict: 'noted' } as const;
      remote.session?.send({ type: 'reportSeen', queryId, attempt, ...seen });
    }
    await until('a report of what is unknown', () => remote.reports.at(-1)?.state === 'unknown');
    database.open();
    expect((await remote.ended(queryId)).state).toBe('successful');
    expect(database.started).toEqual(['UPDATE slowly']);
  });

  it('are sent again until the gateway answers', async () => {
    const seen = new Map<string, number>();
    const { remote, database } = await setUpAsync(
      { timings: { repeatMs: 50 } },
      {
        onReport: ({ state }) => {
          seen.set(state, (seen.get(state) ?? 0) + 1);
          return seen.get(state) === 3 ? 'noted' : undefined;
        },
        onPageCut: ({ pageNumber }) => {
          seen.set(`page ${pageNumber}`, (seen.get(`page ${pageNumber}`) ?? 0) + 1);
          return seen.get(`page ${pageNumber}`) === 2 ? 'upload' : undefined;
        },
      },
    );
    const { queryId } = remote.enqueue({ text: 'SELECT 1' });
    await until('all is answered', () => seen.get('successful') === 3);
    expect(remote.rows(queryId)).toEqual([{ v: 'one' }]);
    expect(database.started).toEqual(['SELECT 1']);
  });
});

describe('the permission to run', () => {
  it('is waited for across sessions, and nothing runs without it', async () => {
    let mayRun = false;
    const { remote, database } = await setUpAsync(
      { timings: { permissionMs: 40, repeatMs: 50 } },
      { onReport: ({ state }) => (state === 'executing' && !mayRun ? undefined : 'noted') },
    );
    const { queryId } = remote.enqueue({ text: 'SELECT 1' });
    await remote.reported(queryId, 'executing');
    const lost = remote.session;
    lost?.socket.terminate();
    await until('another session', () => remote.session !== lost);
    const before = remote.reports.length;
    await until('it asks again', () => remote.reports.length > before + 2);
    expect(database.started).toEqual([]);
    expect(database.openConnections).toBeGreaterThan(0);
    mayRun = true;
    expect(await remote.ended(queryId)).toMatchObject({ state: 'successful', attempt: 1 });
    expect(database.started).toEqual(['SELECT 1']);
  });

  it('can be refused', async () => {
    const { remote, database, logs } = await setUpAsync(
      {},
      { onReport: ({ state }) => (state === 'executing' ? 'over' : 'noted') },
    );
    const { queryId } = remote.enqueue({ text: 'UPDATE slowly' });
    await until('given up', () => logs.some(({ msg }) => String(msg).includes('no more')));
    remote.session?.send({ type: 'enquire', queryIds: [queryId] });
    await remote.reported(queryId, 'unknown');
    expect(database.started).toEqual([]);
  });

  it('comes too late when the time in the queue is over', async () => {
    let now = Date.UTC(2026, 1, 3);
    const { remote, database } = await setUpAsync(
      { clock: () => now },
      { onReport: ({ state }) => (state === 'executing' ? undefined : 'noted') },
    );
    const asking = remote.enqueue({ text: 'SELECT 1' }, { expiresInMs: 60_000 });
    await remote.reported(asking.queryId, 'executing');
    const waiting = remote.enqueue({ text: 'SELECT 2' }, { expiresInMs: 60_000 });
    const longer = remote.enqueue({ text: 'SELECT 2' }, { expiresInMs: 70_000 });
    await remote.reported(longer.queryId, 'queued');
    now += 60_000;
    for (const { queryId } of [asking, waiting]) await remote.reported(queryId, 'expiredInQueue');
    expect(remote.statesOf(longer.queryId)).not.toContain('expiredInQueue 0');
    expect(database.started).toEqual([]);
  });
});

describe('a query that is over', () => {
  it('leaves the queue, is stopped while it reads, and finishes unrecorded when it writes', async () => {
    const { remote, database } = await setUpAsync({ maxConnections: 3 });
    const over = ({ queryId }: { queryId: string }) =>
      remote.session?.send({
        type: 'reportSeen',
        queryId,
        state: 'executing',
        attempt: 1,
        verdict: 'over',
      });
    const read = remote.enqueue({ text: 'SELECT 2' });
    const write = remote.enqueue({ text: 'UPDATE slowly' });
    const waiting = remote.enqueue({ text: 'SELECT 1' });
    await database.until(({ started }) => started.length === 2);
    await remote.reported(waiting.queryId, 'queued');
    for (const query of [waiting, write, read]) over(query);
    await database.until(({ stopped }) => stopped.length === 1);
    expect(database.stopped).toEqual(['SELECT 2']);
    database.open();
    await database.until(({ finished }) => finished.length === 1);
    const queryIds = [read, write, waiting].map(({ queryId }) => queryId);
    await until('all are forgotten', () => {
      remote.session?.send({ type: 'enquire', queryIds });
      return queryIds.every((id) => remote.statesOf(id).includes('unknown 0'));
    });
    expect(database.finished).toEqual(['UPDATE slowly']);
    expect(database.started).not.toContain('SELECT 1');
  });
});

describe('the share of the database', () => {
  it('is never exceeded, immediate queries find a connection, and everything ends', async () => {
    let most = 0;
    const { remote, database } = await setUpAsync({ maxConnections: 3 });
    const watch = setInterval(() => void (most = Math.max(most, database.openConnections)), 1);
    const slow = [0, 1].map(() => remote.enqueue({ text: 'SELECT 2' }));
    await database.until(({ started }) => started.length === 2);
    const many = Array.from({ length: 40 }, (_, n) =>
      remote.enqueue(
        { text: 'SELECT 1' },
        {
          integratorId: `22222222-2222-4222-8222-00000000000${n % 3}`,
          catalogue: n % 2 ? 'Main' : 'Other',
        },
      ),
    );
    const session = remote.session;
    if (!session) throw new Error('no session');
    for (let n = 0; n < 20; n += 1) {
      expect((await ask(session, { text: 'SELECT 1' })).frame.type).toBe('result');
    }
    expect(database.started).toHaveLength(22);
    database.open();
    for (const { queryId } of [...slow, ...many]) {
      expect((await remote.ended(queryId)).state).toBe('successful');
    }
    clearInterval(watch);
    expect(most).toBe(3);
  });

  it('goes round between integrators', async () => {
    const { remote, database } = await setUpAsync();
    const blocking = remote.enqueue({ text: 'SELECT 2' });
    await database.until(({ started }) => started.length === 1);
    const large = Array.from({ length: 300 }, () => remote.enqueue({ text: 'SELECT 1' }));
    await remote.reported(large.at(-1)?.queryId ?? '', 'queued');
    const integratorId = '33333333-3333-4333-8333-333333333333';
    const small = remote.enqueue({ text: 'two sets' }, { integratorId });
    await remote.reported(small.queryId, 'queued');
    database.open();
    for (const { queryId } of [blocking, small, ...large]) await remote.ended(queryId);
    expect(database.started.indexOf('two sets')).toBeLessThanOrEqual(2);
  });

  it('goes on under a constant load of immediate queries', async () => {
    const { remote, database } = await setUpAsync({ maxConnections: 3 });
    const session = remote.session;
    if (!session) throw new Error('no session');
    const immediate = send(session, { text: 'SELECT 2' });
    await database.until(({ started }) => started.length === 1);
    const end = await remote.run({ text: 'SELECT inline + 1' });
    expect(end.state).toBe('successful');
    database.open();
    expect((await session.outcome(immediate.queryId)).frame.type).toBe('result');
  });
});

describe('a query whose time at the database is limited', () => {
  it('is stopped there, and the slowness of its reader does not count', async () => {
    const { remote } = await setUpAsync(real(), {
      onPut: (_page, request, response) => {
        setTimeout(() => request.resume().on('end', () => response.writeHead(204).end()), 20);
        return true;
      },
    });
    const text = count(-1).replace("SELECT n, 'row' AS t", 'SELECT max(n)');
    expect(await remote.run({ text }, { executionLimitMs: 100 })).toMatchObject({
      state: 'executionFailed',
      errorDetails: {
        errorCode: 1003,
        errorMessage: 'Query took more than 0.1 seconds to return a result.',
      },
    });
    const options = { executionLimitMs: 5_000, pageBytes: 20_000 };
    const slow = await remote.run({ text: count(100_000) }, options);
    expect(slow.state).toBe('successful');
    expect(slow.sqlExecutionMs).toBeLessThan(5_000);
  });
});

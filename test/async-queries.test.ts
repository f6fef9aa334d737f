import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AsyncClient, type AsyncQueryBody } from './support/async-client.ts';
import { untilBusy } from './support/process-tree.ts';
import { readMark } from './support/statements.ts';
import { asIntegrator, createIntegrator, type System, startSystem } from './support/system.ts';

/** Rows from 1 to `count`, of about 120 bytes each. */
const numbers = (count: number) =>
  `WITH r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < ${count})
   SELECT n, REPLICATE('x', 100) AS filler FROM r`;

const SLOW_COUNT =
  'SELECT COUNT(*) AS n FROM Patients a, Patients b, Patients c WHERE c.InternalID <= 10';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let system: System;
let client: AsyncClient;
beforeAll(async () => {
  system = await startSystem({
    gatewayEnv: {
      PARHELION_ASYNC_EXECUTION_LIMIT_MS: '8000',
      PARHELION_ASYNC_PAGE_BYTES: '65536',
      PARHELION_RESULT_RETENTION_MS: '60000',
    },
  });
  client = new AsyncClient(system.http, system.siteId);
});
afterAll(() => system[Symbol.asyncDispose]());

describe('an async query', () => {
  test('is accepted with 201 and goes its way, every stage with its times', async () => {
    const accepted = await client.post('SELECT TOP 3 InternalID FROM Patients ORDER BY InternalID');
    expect(accepted.status).toBe(201);
    const query = accepted.json as AsyncQueryBody;
    expect(query).toMatchObject({
      mode: 'async',
      status: 'initialising',
      maxTimeInQueue: 3_600_000,
      integratorId: system.integrator.id,
      siteId: system.siteId,
    });
    expect(Object.keys(query.statusTiming)).toEqual(['initialising']);
    const ended = await client.untilStatus(query.id, 'successful');
    const stages = ['initialising', 'queued', 'executing', 'uploading'];
    expect(Object.keys(ended.statusTiming)).toEqual(stages);
    const times = stages.flatMap((stage) => {
      const timing = ended.statusTiming[stage];
      return [timing?.startTime, timing?.endTime];
    });
    for (const time of times) expect(time).toMatch(INSTANT);
    expect(times).toEqual(times.toSorted((a = '', b = '') => a.localeCompare(b)));
    expect(ended.completedAt).toBe(times.at(-1));
    expect(ended.metrics?.sqlExecutionDuration).toBeGreaterThanOrEqual(0);
    const size = '[{"InternalID":1},{"InternalID":2},{"InternalID":3}]'.length;
    const rows = { count: 3, rangeStart: 0, rangeEnd: 2 };
    expect(ended.result).toEqual({
      rows: 3,
      size,
      pages: [{ pageNumber: 1, status: 'cached', size, rows }],
    });
    expect(ended.resultSize).toBe(size);
  });

  test('has pages that together are the result, none of a split row, each with its four headers', async () => {
    const id = await client.create(numbers(5_000));
    const query = await client.untilStatus(id, 'successful');
    const pages = query.result?.pages ?? [];
    expect(pages.length).toBeGreaterThan(5);
    const rows = await client.rows(query);
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1));
    for (const { pageNumber, size, rows: range } of [pages[0]!, pages.at(-1)!]) {
      expect(size).toBeLessThanOrEqual(65_536);
      const page = await client.page(id, pageNumber);
      const stream = await client.stream(id, pageNumber);
      const { data } = page.json as { data: string };
      expect(Buffer.from(data, 'base64')).toEqual(stream.body);
      for (const answer of [page, stream]) {
        expect(answer.headers).toMatchObject({
          'content-type': 'application/json; charset=utf-8',
          'cache-control': 'no-store',
          size: String(size),
          'rows-count': String(range.count),
          'rows-range-start': String(range.rangeStart),
          'rows-range-end': String(range.rangeEnd),
        });
      }
    }
    const total = pages.reduce((sum, { size }) => sum + size, 0);
    expect(query.result).toMatchObject({ rows: 5_000, size: total });
  });

  test('shows its first pages, and hands them out, while later ones are still being cut', async () => {
    const slow = `SELECT a.InternalID AS n, REPLICATE('x', 3000) AS filler FROM Patients a WHERE a.InternalID <= 300
      AND (SELECT COUNT(*) FROM Patients b, Patients c WHERE b.InternalID <> a.InternalID AND c.InternalID <= 50) > 0`;
    const id = await client.create(slow);
    const partial = await client.until(
      'a page is there before the end',
      id,
      ({ result, completedAt }) =>
        completedAt === undefined && result?.pages?.[0]?.status === 'cached',
    );
    expect(partial.status).toBe('executing');
    const early = await client.stream(id, 1);
    expect(early.status).toBe(200);
    const ended = await client.untilStatus(id, 'successful');
    expect((await client.stream(id, 1)).body).toEqual(early.body);
    expect(await client.rows(ended)).toHaveLength(300);
  });

  test('a row larger than a page is a page of its own', async () => {
    const parameters = [
      { name: '@v', type: 'VarChar', value: 'x'.repeat(100_000), size: -1 },
    ] as const;
    const command = {
      text: 'SELECT 1 AS n, @v AS v UNION ALL SELECT 2, @v',
      parameters: [...parameters],
    };
    const query = await client.untilStatus(await client.create({ command }), 'successful');
    expect(query.result?.pages?.map(({ rows }) => rows)).toEqual([
      { count: 1, rangeStart: 0, rangeEnd: 0 },
      { count: 1, rangeStart: 1, rangeEnd: 1 },
    ]);
  });

  test('without rows it has one empty page', async () => {
    const id = await client.create('SELECT InternalID FROM Patients WHERE 1 = 0');
    const { result } = await client.untilStatus(id, 'successful');
    expect(result).toEqual({
      rows: 0,
      size: 2,
      pages: [
        {
          pageNumber: 1,
          status: 'cached',
          size: 2,
          rows: { count: 0, rangeStart: 0, rangeEnd: -1 },
        },
      ],
    });
    expect((await client.stream(id, 1)).text).toBe('[]');
  });

  test('a nonQuery tells the rows it changed, and its page holds only output parameters', async () => {
    const command = {
      text: "UPDATE Patients SET Middlename = 'async' WHERE InternalID = 4",
      executionMode: 'nonQuery' as const,
    };
    const id = await client.create({ command });
    const { result } = await client.untilStatus(id, 'successful');
    expect(result).toMatchObject({ rowsAffected: 1, size: 0 });
    expect(result).not.toHaveProperty('rows');
    expect((await client.page(id, 1)).json).toEqual({});
    expect(await system.queries.scalar(readMark(4))).toBe('async');
  });

  test('output parameters are on the last page only', async () => {
    const command = {
      text: `SET @total = 7; ${numbers(1_500)}`,
      parameters: [{ name: '@total', direction: 'output' as const, type: 'Int' as const }],
    };
    const id = await client.create({ command });
    const { result } = await client.untilStatus(id, 'successful');
    const last = result?.pages?.length ?? 0;
    expect(last).toBeGreaterThan(1);
    expect((await client.page(id, 1)).json).not.toHaveProperty('parameters');
    expect((await client.page(id, last)).json).toMatchObject({
      parameters: [{ name: '@total', direction: 'output', type: 'Int', value: '7' }],
    });
  });

  test('runs in the catalogue it names', async () => {
    const site = (await system.http.get(`/integrator/sites/${system.siteId}`)).json as {
      catalogue: { name: string; isDefault: boolean }[];
    };
    const other = site.catalogue.find(({ isDefault }) => !isDefault)?.name ?? '';
    const command = { text: 'SELECT DB_NAME() AS name' };
    const id = await client.create({ command, catalogue: other });
    expect(await client.rows(await client.untilStatus(id, 'successful'))).toEqual([
      { name: other },
    ]);
  });

  test('whose SQL fails ends with the words of the database', async () => {
    const id = await client.create('SELECT nothing_like_it FROM Patients');
    const query = await client.untilStatus(id, 'executionFailed');
    expect(query.errorDetails).toMatchObject({ errorType: 'mssql', errorCode: 207 });
    expect(query.errorDetails?.errorMessage).toContain('nothing_like_it');
    expect(query).toMatchObject({
      errorCode: 207,
      errorMessage: query.errorDetails?.errorMessage,
    });
    expect(query).not.toHaveProperty('result');
  });

  test('is stopped at the execution limit, in the database too', { timeout: 60_000 }, async () => {
    const id = await client.create('SELECT COUNT(*) AS n FROM Patients a, Patients b, Patients c');
    await untilBusy(system.link.pid);
    const query = await client.untilStatus(id, 'executionFailed');
    expect(query.errorDetails).toMatchObject({
      errorType: 'haloLink',
      errorCode: 1003,
      errorMessage: 'Query took more than 8 seconds to return a result.',
    });
  });

  test('expires in the queue when its turn does not come', { timeout: 60_000 }, async () => {
    // All connections that async queries may use are busy.
    const busy = await Promise.all(Array.from({ length: 8 }, () => client.create(SLOW_COUNT)));
    const id = await client.create({ command: { text: 'SELECT 1 AS n' }, maxTimeInQueue: 300 });
    const query = await client.untilStatus(id, 'expiredInQueue');
    expect(Object.keys(query.statusTiming)).not.toContain('executing');
    for (const each of busy) await client.untilCompleted(each, 60_000);
  });
});

describe('asking for queries', () => {
  test('many at once, in the order asked, those of others not found', async () => {
    const ids = await Promise.all([1, 2, 3].map((n) => client.create(`SELECT ${n} AS n`)));
    for (const id of ids) await client.untilStatus(id, 'successful');
    const foreign = await foreignQuery();
    const asked = [ids[2]!, foreign, ids[0]!.toUpperCase(), ids[2]!];
    const answer = await system.http.post(`${client.path}/status`, { queryIds: asked });
    expect(answer.status).toBe(200);
    const { results } = answer.json as {
      results: { queryId: string; status: string; query?: AsyncQueryBody }[];
    };
    expect(results.map(({ queryId, status }) => [queryId, status])).toEqual([
      [asked[0], 'found'],
      [asked[1], 'notFound'],
      [asked[2], 'found'],
      [asked[3], 'found'],
    ]);
    expect(results[0]?.query).toEqual(await client.get(ids[2]!));
  });

  test.each([
    ['no ids', { queryIds: [] }, 'body.queryIds'],
    [
      'too many ids',
      { queryIds: Array(101).fill('01a2032a-71a3-75fa-8517-7a049d060a29') },
      'body.queryIds',
    ],
    ['something else', { queryIds: ['x'] }, 'body.queryIds[0]'],
    ['nothing', {}, 'body.queryIds is required'],
  ])('%s: 400 that names the field', async (_what, body, words) => {
    const answer = await system.http.post(`${client.path}/status`, body);
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toContain(words);
  });

  test('pages: unknown ones are 404, and so are those of others', async () => {
    const id = await client.create('SELECT 1 AS n');
    await client.untilStatus(id, 'successful');
    const immediate = (await system.queries.run('SELECT 1 AS n')).json as { id: string };
    for (const path of [
      `${id}/results/2`,
      `${id}/results/99999999999999999999`,
      `${immediate.id}/results/1`,
      `${await foreignQuery()}/results/1`,
      '01a2032a-71a3-75fa-8517-7a049d060a29/results/1',
      'registered/results/1',
    ]) {
      for (const suffix of ['', '/stream']) {
        expect((await system.http.get(`${client.path}/${path}${suffix}`)).status).toBe(404);
      }
    }
    for (const number of ['0', '-1', '1.5', 'x', '1e2']) {
      const answer = await client.page(id, number);
      expect(answer.status).toBe(400);
      expect(answer.errorMessage).toContain('pageNumber');
    }
    const other = await otherIntegrator();
    expect((await other.page(id, 1)).status).toBe(404);
  });

  async function otherIntegrator(): Promise<AsyncClient> {
    const { id, primaryKey } = await createIntegrator(system.admin, 'Another');
    await system.admin.send({
      method: 'PUT',
      path: `/admin/sites/${system.siteId}/pairings/${id}`,
    });
    return new AsyncClient(asIntegrator(system.url, primaryKey), system.siteId);
  }

  async function foreignQuery(): Promise<string> {
    return await (await otherIntegrator()).create('SELECT 1 AS n');
  }
});

test.each([
  ['maxTimeInQueue too long', { maxTimeInQueue: 7_200_001 }, 'body.maxTimeInQueue'],
  ['maxTimeInQueue below zero', { maxTimeInQueue: -1 }, 'body.maxTimeInQueue'],
  ['an unknown catalogue', { catalogue: 'Nowhere' }, 'body.catalogue'],
  [
    'a value that is none of its type',
    { command: { text: 'SELECT @a', parameters: [{ name: '@a', type: 'Int', value: 'seven' }] } },
    '@a',
  ],
])('%s: 400 that names it, and nothing is accepted', async (_what, members, words) => {
  const body = { command: { text: 'SELECT 1 AS n' }, ...members };
  const answer = await system.http.post(`${client.path}/async`, body);
  expect(answer.status).toBe(400);
  expect(answer.errorMessage).toContain(words);
});

describe('a site that is away', { timeout: 90_000 }, () => {
  test('503 and nothing is stored, unless the integrator may queue: then it waits for the site', async () => {
    const patient = await createPatientIntegrator();
    await system.link.stop();
    await expect.poll(() => system.availability(), { timeout: 25_000 }).toBe('offline');
    const refused = await client.post('SELECT 1 AS n');
    expect(refused.status).toBe(503);
    const id = await patient.create('SELECT 7 AS n');
    const expiring = await patient.create({
      command: { text: 'SELECT 1 AS n' },
      maxTimeInQueue: 200,
    });
    await patient.untilStatus(expiring, 'expiredInQueue');
    expect((await patient.get(id)).status).toBe('initialising');
    system.link = system.startLink();
    expect(await patient.rows(await patient.untilStatus(id, 'successful'))).toEqual([{ n: 7 }]);
    await system.untilAnswering();
  });

  async function createPatientIntegrator(): Promise<AsyncClient> {
    const { id, primaryKey } = await createIntegrator(system.admin, 'Patient');
    await system.admin.send({
      method: 'PUT',
      path: `/admin/integrators/${id}/settings`,
      body: { queueWhileOffline: true },
    });
    await system.admin.send({
      method: 'PUT',
      path: `/admin/sites/${system.siteId}/pairings/${id}`,
    });
    return new AsyncClient(asIntegrator(system.url, primaryKey), system.siteId);
  }
});

test('after its retention a page is 410, and the numbers stay', { timeout: 90_000 }, async () => {
  const id = await client.create('SELECT 1 AS n');
  const query = await client.untilStatus(id, 'successful');
  await expect
    .poll(async () => (await client.page(id, 1)).status, { timeout: 80_000, interval: 500 })
    .toBe(410);
  expect((await client.stream(id, 1)).errorMessage).toBe(
    'Access to the target resource is permanently no longer available at the origin server.',
  );
  expect((await client.page(id, 2)).status).toBe(404);
  expect(await client.get(id)).toEqual(query);
});

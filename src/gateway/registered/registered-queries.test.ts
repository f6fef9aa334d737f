import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TempFolder } from '../../../test/support/dev-system.ts';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { DisposalStack } from '../../lib/disposal.ts';
import { newId } from '../../lib/ids.ts';
import { createLogger } from '../../lib/logger.ts';
import type { ResultChangedFrame, RunReport } from '../../protocol/registered-frames.ts';
import { type BlobStore, openBlobStore } from '../blobs/index.ts';
import { InProcessBus } from '../bus/in-process-bus.ts';
import { Metrics } from '../metrics/index.ts';
import type { Database } from '../store/index.ts';
import { applyReports } from './apply-reports.ts';
import { InlineResults } from './inline-results.ts';
import { offerResult } from './offer-result.ts';
import type { RegisteredOptions } from './registered-context.ts';
import { RegisteredEvents } from './registered-events.ts';
import { toRegisteredObject } from './registered-object.ts';
import { RegisteredQueries } from './registered-queries.ts';
import { RegisteredStore } from './registered-store.ts';

const DAY_MS = 24 * 60 * 60_000;
const START = 1_790_000_000_000;
const siteId = newId();
const integratorId = newId();

describeOnEveryEngine('registered queries', (engine) => {
  let stack: DisposalStack;
  let store: TestStore;
  let database: Database;
  let blobs: BlobStore;
  let options: RegisteredOptions;
  let queries: RegisteredQueries;
  let announced: string[];
  const clock = { time: START, now: () => clock.time };

  beforeEach(async () => {
    stack = new DisposalStack();
    clock.time = START;
    announced = [];
    store = stack.use(await engine.createStore());
    database = await store.open();
    await database.migrate();
    blobs = stack.use(await openBlobStore(`file:${stack.use(new TempFolder()).path}`));
    options = {
      database,
      blobs,
      clock,
      bus: new InProcessBus(),
      metrics: new Metrics(),
      announce: async (_session, { queryId }) => announced.push(queryId),
      onAnnounced: () => {},
      limits: {
        admit: async () => ({ withdraw: () => {}, [Symbol.dispose]: () => {} }),
        recordBytes: () => {},
      },
      executionLimitMs: 60_000,
      maxResultBytes: 1_000,
      maxPerSite: 3,
      retentionMs: DAY_MS,
      askPractice: async () => undefined,
      events: new RegisteredEvents(createLogger('gateway', 'silent')),
    };
    queries = stack.use(new RegisteredQueries(options));
  });

  afterEach(async () => {
    await stack[Symbol.asyncDispose]();
  });

  const create = (durationS = 120) =>
    queries.create({
      integratorId,
      siteId,
      name: 'Recalls',
      frequencyS: 60,
      durationS,
      command: { text: 'SELECT 1' },
      requestSize: 180,
    });
  const find = async (id: string) => {
    const query = await queries.find({ integratorId }, siteId, id);
    if (!query) throw new Error('There is no such query.');
    return query;
  };
  const report = (queryId: string, facts: Partial<RunReport> = {}) =>
    applyReports(options, siteId, [
      {
        queryId,
        runNumber: 1,
        succeededCount: 1,
        failedCount: 0,
        lastSucceededAgoMs: 0,
        lastExecutionMs: 15,
        resultSizeSum: 8,
        isLast: false,
        ...facts,
      },
    ]);
  const offerOf = (queryId: string, runNumber: number, rows: string): ResultChangedFrame => ({
    type: 'resultChanged',
    queryId,
    runNumber,
    hash: createHash('sha256').update(rows).digest('base64'),
    sha256: createHash('sha256').update(rows).digest('hex'),
    size: Buffer.byteLength(rows),
    rows: 1,
  });
  const offer = async (queryId: string, runNumber: number, rows: string) => {
    const { verdict, upload } = await offerResult(
      database,
      options.maxResultBytes,
      siteId,
      offerOf(queryId, runNumber, rows),
    );
    return { verdict, token: upload?.headers['authorization']?.slice('Bearer '.length) ?? '' };
  };
  const put = (queryId: string, token: string, rows: string) =>
    queries.receiveResult(
      queryId,
      token,
      (async function* () {
        yield Buffer.from(rows);
      })(),
    );
  const upload = async (queryId: string, runNumber: number, rows: string) => {
    const { token } = await offer(queryId, runNumber, rows);
    await put(queryId, token, rows);
  };
  const latest = async (id: string) => {
    const opened = await queries.openResult(await find(id));
    return opened && (await text(Readable.from(opened.chunks)));
  };
  const blobKeyOf = async (id: string) => {
    const [row] = await database.all<{ result_key: string | null }>(
      'SELECT result_key FROM registered_queries WHERE id = ?',
      [id],
    );
    return row?.result_key ?? 'none';
  };
  const inline = async (queryId: string, runNumber: number, body: string, at = siteId) => {
    await using results = new InlineResults(options);
    return (await results.take(at, { ...offerOf(queryId, runNumber, body), body })).verdict;
  };

  describe('reports', () => {
    test('only a later run changes anything; a report that comes again is answered again', async () => {
      const id = await create();
      const facts = { runNumber: 2, succeededCount: 1, failedCount: 1 } as const;
      const lastError = { errorType: 'mssql', errorCode: 208, errorMessage: 'a\0b' } as const;
      expect(await report(id, { ...facts, lastError })).toEqual([
        { queryId: id, runNumber: 2, verdict: 'noted' },
      ]);
      const before = await find(id);
      expect(toRegisteredObject(before)).toMatchObject({
        lastErrorDetails: { errorCode: 208, errorMessage: 'a\uFFFDb' },
        metrics: {
          executionSucceededCount: 1,
          executionFailedCount: 1,
          lastExecutionDuration: 15,
          resultSizeSum: 8,
          requestSize: 180,
          lastSucceededAt: new Date(START).toISOString(),
        },
      });
      clock.time += 5_000;
      await report(id, { runNumber: 1 });
      await report(id, { ...facts, lastError });
      expect(await find(id)).toEqual(before);
    });

    test('the last run completes a query at its end, and not before', async () => {
      const [early, late] = [await create(90), await create(120)];
      clock.time += 60_500;
      expect(await report(early, { isLast: true })).toMatchObject([{ verdict: 'over' }]);
      expect((await find(early)).status).toBe('enabled');
      clock.time = START + 90_000;
      await queries.completeDue();
      expect(await find(early)).toMatchObject({ status: 'completed', completedAt: START + 90_000 });
      expect((await find(late)).status).toBe('enabled');
      clock.time = START + 121_000;
      await report(late, { isLast: true, lastSucceededAgoMs: 400, runNumber: 3 });
      expect(await find(late)).toMatchObject({
        status: 'completed',
        completedAt: START + 120_600,
        runNumber: 3,
      });
    });

    test('a site that is away completes at the end; late runs still count, but not of a cancelled query', async () => {
      const [away, cancelled] = [await create(), await create()];
      await queries.cancel({ integratorId }, siteId, cancelled);
      clock.time = START + 121_000;
      await queries.completeDue();
      expect(await find(away)).toMatchObject({
        status: 'completed',
        completedAt: START + 120_000,
      });
      expect(await report(away, { runNumber: 3 })).toMatchObject([{ verdict: 'over' }]);
      expect((await find(away)).runNumber).toBe(3);
      expect(await report(cancelled, { runNumber: 3 })).toMatchObject([{ verdict: 'over' }]);
      expect((await find(cancelled)).runNumber).toBe(0);
    });

    test('another site cannot report, and an unknown query is over', async () => {
      const id = await create();
      const stranger = { queryId: id, runNumber: 9, verdict: 'over' };
      const facts = { succeededCount: 9, failedCount: 0, lastExecutionMs: 1, resultSizeSum: 1 };
      const answer = await applyReports(options, newId(), [
        { queryId: id, runNumber: 9, ...facts, isLast: true },
      ]);
      expect(answer).toEqual([stranger]);
      expect(await find(id)).toMatchObject({ runNumber: 0, status: 'enabled' });
      expect(await report(newId())).toMatchObject([{ verdict: 'over' }]);
    });
  });

  describe('results', () => {
    test('are replaced by newer ones only, announced when they differ, and stored once', async () => {
      const id = await create();
      await upload(id, 1, '[{"a":1}]');
      expect(await latest(id)).toBe('[{"a":1}]');
      const key = await blobKeyOf(id);
      expect(await offer(id, 2, '[{"a":1}]')).toMatchObject({ verdict: 'cached' });
      await upload(id, 3, '[{"a":2}]');
      expect(await latest(id)).toBe('[{"a":2}]');
      expect(await blobs.get(key)).toBeUndefined();
      expect(await offer(id, 2, '[{"a":0}]')).toMatchObject({ verdict: 'cached' });
      expect(announced).toEqual([id, id]);
    });

    test('that are small come in their frame, and obey the same rules', async () => {
      const id = await create();
      expect(await inline(id, 2, '[2]')).toBe('cached');
      expect(await inline(id, 3, '[2]')).toBe('cached');
      expect(await inline(id, 1, '[1]')).toBe('cached');
      expect(await latest(id)).toBe('[2]');
      expect(await inline(id, 4, '[4]', newId())).toBe('over');
      expect(await inline(id, 4, `[${'4'.repeat(1_000)}]`)).toBe('over');
      await upload(id, 5, '[5]');
      const key = await blobKeyOf(id);
      expect(await inline(id, 6, '["\u00e9"]')).toBe('cached');
      expect(await latest(id)).toBe('["\u00e9"]');
      expect(await blobs.get(key)).toBeUndefined();
      expect(announced).toEqual([id, id, id]);
      await queries.cancel({ integratorId }, siteId, id);
      expect(await inline(id, 7, '[7]')).toBe('over');
    });

    test('need the token of the latest offer, once, and exactly the bytes of the offer', async () => {
      const id = await create();
      const { token: replaced } = await offer(id, 1, '[1]');
      const { token } = await offer(id, 2, '[2]');
      const refused = { code: 'uploadRefused' };
      await expect(put(id, replaced, '[1]')).rejects.toMatchObject(refused);
      await expect(put(newId(), token, '[2]')).rejects.toMatchObject(refused);
      for (const wrong of ['[3]', '[2', '[2]\n']) {
        await expect(put(id, token, wrong)).rejects.toMatchObject({ code: 'invalidRequest' });
      }
      await put(id, token, '[2]');
      await expect(put(id, token, '[2]')).rejects.toMatchObject(refused);
      expect(await latest(id)).toBe('[2]');
      expect(announced).toEqual([id]);
    });

    test('of a cancelled query, of another site, or too large, are not wanted', async () => {
      const id = await create();
      const { token } = await offer(id, 1, '[1]');
      await queries.cancel({ integratorId }, siteId, id);
      await put(id, token, '[1]');
      expect(await latest(id)).toBeUndefined();
      expect(await offer(id, 2, '[2]')).toMatchObject({ verdict: 'over' });
      const other = await create();
      const foreign = await offerResult(database, 1_000, newId(), offerOf(other, 1, '[1]'));
      expect(foreign).toMatchObject({ verdict: 'over' });
      expect(await offer(other, 1, 'x'.repeat(1_001))).toMatchObject({ verdict: 'over' });
    });

    test('of a query that completed meanwhile are still taken', async () => {
      const id = await create();
      clock.time = START + 121_000;
      await queries.completeDue();
      await upload(id, 3, '[3]');
      expect(await latest(id)).toBe('[3]');
    });
  });

  describe('the end', () => {
    test('ended queries are listed behind enabled ones for a day, then erased with their results', async () => {
      const [first, second] = [await create(), await create(DAY_MS / 1000)];
      await upload(first, 1, '[{"secret":1}]');
      const error = { errorType: 'fbsql', errorCode: 1, errorMessage: 'secret' } as const;
      await report(first, { runNumber: 2, failedCount: 1, lastError: error });
      const key = await blobKeyOf(first);
      await queries.cancel({ integratorId }, siteId, first);
      const listed = async () => (await queries.list({ integratorId }, siteId)).map(({ id }) => id);
      expect(await listed()).toEqual([second, first]);
      clock.time += DAY_MS - 1;
      expect(await queries.eraseDue()).toBe(0);
      expect(await latest(first)).toBe('[{"secret":1}]');
      clock.time += 1;
      expect(await listed()).toEqual([second]);
      expect(await queries.eraseDue()).toBe(1);
      expect(await queries.find({ integratorId }, siteId, first)).toBeUndefined();
      expect(await blobs.get(key)).toBeUndefined();
      const rows = await database.all('SELECT * FROM registered_queries WHERE id = ?', [first]);
      expect(JSON.stringify(rows)).not.toMatch(/secret|Recalls|SELECT/);
      expect(rows).toMatchObject([{ status: 'cancelled', failed_count: 1, error_code: 1 }]);
      expect(await report(first, { runNumber: 9 })).toMatchObject([{ verdict: 'over' }]);
      expect(await database.all('SELECT * FROM registered_uploads')).toEqual([]);
    });

    test('cancelling is for its owner; twice is once', async () => {
      const id = await create();
      expect(await queries.cancel({ integratorId: newId() }, siteId, id)).toBe(false);
      expect(await queries.cancel({ integratorId }, newId(), id)).toBe(false);
      expect(await queries.cancel({ integratorId }, siteId, id)).toBe(true);
      const { completedAt } = await find(id);
      clock.time += 1_000;
      expect(await queries.cancel({ integratorId }, siteId, id)).toBe(true);
      expect(await find(id)).toMatchObject({ status: 'cancelled', completedAt });
    });

    test('what the site could not keep ends, and what it misses is handed over again', async () => {
      const [lost, missing] = [await create(), await create()];
      await using registrations = new RegisteredStore(options);
      await registrations.markNotKept(siteId, [lost]);
      await registrations.markKept(siteId, [lost, missing]);
      expect(await find(lost)).toMatchObject({ status: 'initialisationFailedCacheError' });
      expect(await registrations.listSitesWithPending()).toEqual([]);
      await registrations.markMissing(siteId, [lost, missing, newId()]);
      const pending = await registrations.listPending(siteId, 10);
      expect(pending.map(({ id }) => id)).toEqual([missing]);
      await queries.cancel({ integratorId }, siteId, missing);
      await registrations.markKept(siteId, [missing]);
      expect(await registrations.listSitesWithPending()).toEqual([siteId]);
      await registrations.markDropped(siteId, [missing]);
      expect(await registrations.listSitesWithPending()).toEqual([]);
    });

    test('a desktop sees and cancels its own only, its integrator all', async () => {
      const [own, other] = [
        { integratorId, deviceHash: 'a' },
        { integratorId, deviceHash: 'b' },
      ];
      const queryOf = (deviceHash: string | undefined) =>
        queries.create({
          integratorId,
          deviceHash,
          siteId,
          name: 'Recalls',
          frequencyS: 60,
          durationS: 120,
          command: { text: 'SELECT 1' },
          requestSize: 180,
        });
      const [id, integrators] = [await queryOf('a'), await queryOf(undefined)];
      const listed = async (owner: typeof own | { integratorId: string }) =>
        (await queries.list(owner, siteId)).map((query) => query.id);
      expect(await listed(own)).toEqual([id]);
      expect(await listed(other)).toEqual([]);
      expect(await listed({ integratorId })).toEqual([id, integrators]);
      expect(await queries.find(own, siteId, integrators)).toBeUndefined();
      expect(await queries.find(other, siteId, id)).toBeUndefined();
      expect(await queries.find(own, siteId, id)).toMatchObject({ id });
      expect(await queries.cancel(own, siteId, integrators)).toBe(false);
      expect(await queries.cancel(other, siteId, id)).toBe(false);
      expect((await find(id)).status).toBe('enabled');
      expect(await queries.cancel(own, siteId, id)).toBe(true);
      expect((await find(id)).status).toBe('cancelled');
    });

    test('the number of enabled ones is limited for each integrator and site', async () => {
      const [id] = [await create(), await create(), await create()];
      await expect(create()).rejects.toMatchObject({ code: 'quotaExceeded', status: 403 });
      await queries.cancel({ integratorId }, siteId, id ?? '');
      await create();
    });
  });
});

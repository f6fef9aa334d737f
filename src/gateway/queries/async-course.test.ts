import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import type { PageCutFrame, ReportFrame } from '../../protocol/async-frames.ts';
import { openBlobStore } from '../blobs/index.ts';
import { Metrics } from '../metrics/index.ts';
import type { Database } from '../store/index.ts';
import { AsyncCourse, type Run } from './async-course.ts';
import { endOverdue } from './async-deadlines.ts';
import { AsyncStore } from './async-store.ts';
import { PageStore } from './page-store.ts';
import { QueryStore } from './query-store.ts';
import { openResultPage } from './result-page.ts';
import { eraseDue } from './retention.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const limits = {
  executionLimitMs: 300 * SECOND,
  uploadLimitMs: 24 * HOUR,
  unreachableAfterMs: 120 * SECOND,
  retentionMs: 24 * HOUR,
};
const [integratorId, siteId] = [newId(), newId()];
const ROWS = Buffer.from('[{"a":1},{"a":2}]');
const error = { errorType: 'mssql', errorCode: 208, errorMessage: "Invalid object 'x'." } as const;

class Bed {
  now = 1_790_000_000_000;
  readonly clock = { now: () => this.now };
  readonly announced: string[] = [];
  readonly metrics = new Metrics();
  readonly database: Database;
  readonly folder: string;
  readonly pages: PageStore;
  readonly course: AsyncCourse;
  readonly store: AsyncStore;
  readonly queries: QueryStore;

  constructor(database: Database, folder: string, pages: PageStore) {
    const { clock, metrics } = this;
    this.database = database;
    this.folder = folder;
    this.pages = pages;
    this.store = new AsyncStore(database, clock);
    this.queries = new QueryStore({ database, clock, retentionMs: limits.retentionMs });
    this.course = new AsyncCourse({
      database,
      clock,
      metrics,
      pages,
      retentionMs: limits.retentionMs,
      announce: async (_session, { queryId }) => void this.announced.push(queryId),
    });
  }

  async accept(waitsForSite = false): Promise<Run> {
    const queryId = newId();
    await this.store.accept({
      id: queryId,
      integratorId,
      siteId,
      catalogue: undefined,
      commandJson: '{"text":"SELECT secret"}',
      maxTimeInQueueMs: HOUR,
      requestSize: 10,
      waitsForSite,
      createdAt: this.now,
    });
    return { siteId, queryId, attempt: 1 };
  }

  find({ queryId }: Run) {
    return this.queries.find(integratorId, siteId, queryId);
  }

  async statusOf(run: Run): Promise<string | undefined> {
    return (await this.find(run))?.status;
  }

  async cutAndUpload(run: Run, bytes = ROWS, facts: Partial<PageCutFrame> = {}): Promise<void> {
    const answer = await this.pages.cut(siteId, pageCut(run, bytes, facts));
    const token = answer.upload?.headers['authorization']?.slice('Bearer '.length) ?? '';
    const pageNumber = facts.pageNumber ?? 1;
    await this.pages.upload({ queryId: run.queryId, pageNumber, token }, from(bytes));
  }

  open(run: Run, pageNumber = 1) {
    return openResultPage(
      { store: this.queries, asyncQueries: { pages: this.pages, limits }, clock: this.clock },
      { integratorId, siteId, queryId: run.queryId, pageNumber },
    );
  }

  async presence(availability: string, heartbeatAt: number): Promise<void> {
    await this.database.run(
      `INSERT INTO site_presence (site_id, session_id, availability, heartbeat_at, client_time)
       VALUES (?, ?, ?, ?, ?) ON CONFLICT (site_id) DO UPDATE SET
         availability = excluded.availability, heartbeat_at = excluded.heartbeat_at`,
      [siteId, newId(), availability, heartbeatAt, heartbeatAt],
    );
  }

  endOverdue() {
    const { database, clock, metrics } = this;
    return endOverdue({ database, clock, metrics, limits });
  }
}

async function* from(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

function pageCut(run: Run, bytes: Uint8Array, facts: Partial<PageCutFrame> = {}): PageCutFrame {
  return {
    type: 'pageCut',
    queryId: run.queryId,
    attempt: run.attempt,
    pageNumber: 1,
    size: bytes.length,
    rows: 2,
    rangeStart: 0,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...facts,
  };
}

function report(run: Run, facts: Partial<ReportFrame>): ReportFrame {
  const { queryId, attempt } = run;
  return { type: 'report', queryId, attempt, state: 'uploading', ...facts };
}

const whole = { sqlExecutionMs: 7, rows: 2, size: ROWS.length, pages: 1 };

describeOnEveryEngine('the course of an async query', (engine) => {
  let testStore: TestStore;
  let bed: Bed;

  beforeEach(async () => {
    testStore = await engine.createStore();
    const database = await testStore.open();
    await database.migrate();
    await database.run(
      `INSERT INTO sites (id, pms_type, pms_id, name, status, authoritative, catalogue, created_at, updated_at)
       VALUES (?, 'BestPractice', 'P1', 'n', 'active', 1, '[]', 0, 0)`,
      [siteId],
    );
    const folder = await mkdtemp(join(tmpdir(), 'parhelion-pages-'));
    bed = new Bed(database, folder, new PageStore(database, await openBlobStore(`file:${folder}`)));
  });

  afterEach(async () => {
    await testStore[Symbol.asyncDispose]();
    await rm(bed.folder, { recursive: true });
  });

  test('the whole way, each stage with its times, and the rows as they were sent', async () => {
    const run = await bed.accept();
    bed.now += 10;
    expect(await bed.course.queued(run)).toBe('noted');
    bed.now += 10;
    expect(await bed.course.executing(run, false)).toBe('noted');
    await bed.cutAndUpload(run);
    bed.now += 10;
    expect(await bed.course.uploading(run, report(run, whole))).toBe('noted');
    bed.now += 10;
    expect(await bed.course.successful(run, report(run, whole))).toBe('noted');
    expect(await bed.find(run)).toMatchObject({
      status: 'successful',
      initialisingEndedAt: bed.now - 30,
      queuedAt: bed.now - 30,
      queuedEndedAt: bed.now - 20,
      executingAt: bed.now - 20,
      executingEndedAt: bed.now - 10,
      uploadingAt: bed.now - 10,
      uploadingEndedAt: bed.now,
      completedAt: bed.now,
      sqlExecutionMs: 7,
      rowCount: 2,
      resultSize: ROWS.length,
    });
    const page = await bed.open(run);
    expect(page).toMatchObject({ rowCount: 2, rangeStart: 0, rangeEnd: 1 });
    expect(Buffer.concat(await page.body!.toArray())).toEqual(ROWS);
    expect(bed.announced).toEqual([run.queryId]);
  });

  test('reports that come twice, late or out of order change nothing', async () => {
    const run = await bed.accept();
    await bed.course.executing(run, false);
    expect(await bed.course.queued(run)).toBe('noted');
    expect(await bed.course.executing(run, false)).toBe('noted');
    await bed.cutAndUpload(run);
    await bed.course.successful(run, report(run, whole));
    const after = await bed.find(run);
    bed.now += 1000;
    for (const late of [
      () => bed.course.successful(run, report(run, whole)),
      () => bed.course.uploading(run, report(run, whole)),
      () => bed.course.executing(run, false),
      () => bed.course.executing({ ...run, attempt: 2 }, false),
      () => bed.course.queued(run),
      () => bed.course.expired(run),
      () => bed.course.end(run, { status: 'executionFailed', error }),
    ]) {
      expect(await late()).toBe('over');
    }
    expect(await bed.find(run)).toEqual(after);
    expect(bed.announced).toHaveLength(1);
  });

  test('a site cannot report on the query of another site', async () => {
    const run = await bed.accept();
    const foreign = { ...run, siteId: newId() };
    expect(await bed.course.queued(foreign)).toBe('over');
    expect(await bed.course.executing(foreign, false)).toBe('over');
    expect(await bed.course.end(foreign, { status: 'executionFailed', error })).toBe('over');
    expect((await bed.pages.cut(foreign.siteId, pageCut(run, ROWS))).verdict).toBe('over');
    expect(await bed.statusOf(run)).toBe('initialising');
  });

  test('the command is erased as soon as it runs, or ends', async () => {
    const commandOf = async ({ queryId }: Run) => {
      const [row] = await bed.database.all<{ command: string | null }>(
        'SELECT command FROM queries WHERE id = ?',
        [queryId],
      );
      return row?.command;
    };
    const [running, expired] = [await bed.accept(), await bed.accept()];
    await bed.course.queued(running);
    expect(await commandOf(running)).toContain('secret');
    await bed.course.executing(running, false);
    await bed.course.expired(expired);
    expect(await commandOf(running)).toBeNull();
    expect(await commandOf(expired)).toBeNull();
  });

  test('permission to run is refused once the time in the queue is over', async () => {
    const run = await bed.accept();
    await bed.course.queued(run);
    bed.now += HOUR;
    expect(await bed.course.executing(run, false)).toBe('over');
    expect(await bed.statusOf(run)).toBe('expiredInQueue');
  });

  describe('another run after a crash', () => {
    test.each([
      { mayWrite: false, wasRead: false, verdict: 'noted', status: 'executing', code: undefined },
      { mayWrite: true, wasRead: false, verdict: 'over', status: 'executionFailed', code: 1001 },
      { mayWrite: false, wasRead: true, verdict: 'over', status: 'executionFailed', code: 1005 },
    ])('$status when it may write: $mayWrite, and pages were read: $wasRead', async (wanted) => {
      const run = await bed.accept();
      await bed.course.executing(run, wanted.mayWrite);
      await bed.cutAndUpload(run);
      if (wanted.wasRead) (await bed.open(run)).body?.destroy();
      const again = { ...run, attempt: 2 };
      expect(await bed.course.executing(again, wanted.mayWrite)).toBe(wanted.verdict);
      const query = await bed.find(run);
      expect(query?.status).toBe(wanted.status);
      expect(query?.error?.errorCode).toBe(wanted.code);
    });

    test('begins without the pages of the first, and late pages of the first are refused', async () => {
      const run = await bed.accept();
      await bed.course.executing(run, false);
      await bed.cutAndUpload(run, Buffer.from('[{"a":9}]'), { rows: 1 });
      const late = await bed.pages.cut(siteId, pageCut(run, ROWS, { pageNumber: 2 }));
      const again = { ...run, attempt: 2 };
      await bed.course.executing(again, false);
      expect(await bed.pages.list([run.queryId])).toEqual([]);
      const token = late.upload?.headers['authorization']?.slice(7) ?? '';
      const upload = bed.pages.upload({ queryId: run.queryId, pageNumber: 2, token }, from(ROWS));
      await expect(upload).rejects.toMatchObject({ code: 'uploadRefused' });
      await bed.cutAndUpload(again);
      expect(await bed.course.successful(run, report(run, whole))).toBe('noted');
      expect(await bed.statusOf(run)).toBe('executing');
      expect(await bed.course.successful(again, report(again, whole))).toBe('noted');
      expect(Buffer.concat(await (await bed.open(run)).body!.toArray())).toEqual(ROWS);
    });
  });

  describe('pages', () => {
    test('bytes that are not those announced are not kept', async () => {
      const run = await bed.accept();
      await bed.course.executing(run, false);
      for (const bytes of [Buffer.from('[{"a":1},{"a":3}]'), ROWS.subarray(1), Buffer.alloc(99)]) {
        const { upload } = await bed.pages.cut(siteId, pageCut(run, ROWS));
        const token = upload?.headers['authorization']?.slice(7) ?? '';
        const put = bed.pages.upload({ queryId: run.queryId, pageNumber: 1, token }, from(bytes));
        await expect(put).rejects.toMatchObject({ code: 'invalidRequest' });
        await expect(bed.open(run)).rejects.toMatchObject({ code: 'notFound' });
      }
      await bed.cutAndUpload(run);
      expect((await bed.pages.cut(siteId, pageCut(run, ROWS))).verdict).toBe('cached');
    });

    test('a token is good for one upload, and a newer one ends it', async () => {
      const run = await bed.accept();
      await bed.course.executing(run, false);
      const tokenOf = async () =>
        (await bed.pages.cut(siteId, pageCut(run, ROWS))).upload?.headers['authorization']?.slice(
          7,
        ) ?? '';
      const upload = (token: string) =>
        bed.pages.upload({ queryId: run.queryId, pageNumber: 1, token }, from(ROWS));
      const [old, current] = [await tokenOf(), await tokenOf()];
      await expect(upload(old)).rejects.toMatchObject({ code: 'uploadRefused' });
      await upload(current);
      await expect(upload(current)).rejects.toMatchObject({ code: 'uploadRefused' });
    });

    test('a result whose pages do not add up is no success', async () => {
      const run = await bed.accept();
      await bed.course.executing(run, false);
      await bed.cutAndUpload(run);
      const missing = report(run, { ...whole, pages: 2 });
      expect(await bed.course.successful(run, missing)).toBe('noted');
      expect(await bed.statusOf(run)).toBe('uploadFailed');
      expect(bed.announced).toEqual([]);
    });

    test('a nonQuery has one page without rows, with its output parameters', async () => {
      const run = await bed.accept();
      await bed.course.executing(run, true);
      const parameters = [{ name: '@id', direction: 'output', type: 'Int', value: '7' } as const];
      const done = { rowsAffected: 3, size: 0, pages: 0, parameters };
      expect(await bed.course.successful(run, report(run, done))).toBe('noted');
      expect(await bed.open(run)).toMatchObject({
        sizeBytes: 0,
        rowCount: 0,
        rangeStart: 0,
        rangeEnd: -1,
        body: undefined,
        parameters,
      });
    });

    test('after a day they are gone for good, and nothing of the practice is left', async () => {
      const run = await bed.accept();
      await bed.course.executing(run, false);
      await bed.cutAndUpload(run);
      await bed.course.successful(run, report(run, whole));
      bed.now += limits.retentionMs;
      await expect(bed.open(run)).rejects.toMatchObject({ code: 'resultExpired' });
      await expect(bed.open(run, 2)).rejects.toMatchObject({ code: 'notFound' });
      expect(await eraseDue(bed.database, bed.clock, bed.pages)).toBe(1);
      expect(await readdir(join(bed.folder, siteId))).toEqual([]);
      await expect(bed.open(run)).rejects.toMatchObject({ code: 'resultExpired' });
      expect(await bed.find(run)).toMatchObject({ status: 'successful', rowCount: 2 });
    });
  });

  describe('what its site does not end, the gateway ends', () => {
    const begin = {
      initialising: async () => {},
      queued: (run: Run) => bed.course.queued(run),
      executingRead: (run: Run) => bed.course.executing(run, false),
      executingWrite: (run: Run) => bed.course.executing(run, true),
      uploading: async (run: Run) => {
        await bed.course.executing(run, false);
        await bed.course.uploading(run, report(run, whole));
      },
    };

    test.each([
      {
        stage: 'initialising',
        site: 'offline',
        afterMs: 0,
        status: 'initialisationFailedSiteOffline',
      },
      {
        stage: 'initialising',
        site: 'unreachable',
        afterMs: 0,
        status: 'initialisationFailedSiteUnreachable',
      },
      { stage: 'initialising', site: 'online', afterMs: HOUR - 1, status: 'initialising' },
      { stage: 'initialising', site: 'online', afterMs: HOUR, status: 'expiredInQueue' },
      { stage: 'queued', site: 'offline', afterMs: HOUR - 1, status: 'queued' },
      { stage: 'queued', site: 'offline', afterMs: HOUR, status: 'expiredInQueue' },
      { stage: 'executingRead', site: 'unreachable', afterMs: 419_999, status: 'executing' },
      { stage: 'executingRead', site: 'online', afterMs: HOUR, status: 'executing' },
      {
        stage: 'executingRead',
        site: 'unreachable',
        afterMs: 420_000,
        status: 'executionFailed',
        code: 1005,
      },
      {
        stage: 'executingWrite',
        site: 'offline',
        afterMs: 420_000,
        status: 'executionFailed',
        code: 1001,
      },
      { stage: 'uploading', site: 'offline', afterMs: 24 * HOUR - 1, status: 'uploading' },
      {
        stage: 'uploading',
        site: 'offline',
        afterMs: 24 * HOUR,
        status: 'uploadFailed',
        code: 1005,
      },
    ] as const)('$stage, $site for $afterMs ms → $status', async (wanted) => {
      const run = await bed.accept();
      await begin[wanted.stage](run);
      const heard = wanted.site === 'online' ? bed.now + wanted.afterMs : bed.now;
      await bed.presence(wanted.site, heard);
      bed.now += wanted.afterMs;
      await bed.endOverdue();
      const query = await bed.find(run);
      expect(query?.status).toBe(wanted.status);
      expect(query?.error?.errorCode).toBe('code' in wanted ? wanted.code : undefined);
    });

    test('a query that may wait for its site is not ended by its absence', async () => {
      const run = await bed.accept(true);
      await bed.presence('offline', bed.now);
      await bed.endOverdue();
      expect(await bed.statusOf(run)).toBe('initialising');
      bed.now += HOUR;
      await bed.endOverdue();
      expect(await bed.statusOf(run)).toBe('expiredInQueue');
    });

    test.each([
      { stage: 'queued', isHandedOverAgain: true, status: 'queued', code: undefined },
      { stage: 'executingRead', isHandedOverAgain: false, status: 'executionFailed', code: 1005 },
      { stage: 'executingWrite', isHandedOverAgain: false, status: 'executionFailed', code: 1001 },
      { stage: 'uploading', isHandedOverAgain: false, status: 'executionFailed', code: 1005 },
    ] as const)('$stage at a site that has lost its memory → $status', async (wanted) => {
      const run = await bed.accept();
      await begin[wanted.stage](run);
      expect(await bed.course.unknown(run)).toBe(wanted.isHandedOverAgain);
      const query = await bed.find(run);
      expect(query?.status).toBe(wanted.status);
      expect(query?.error?.errorCode).toBe(wanted.code);
    });
  });
});

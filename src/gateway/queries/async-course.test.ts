import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AsyncQueryBed,
  error,
  from,
  HOUR,
  limits,
  openAsyncQueryBed,
  pageCut,
  ROWS,
  report,
  siteId,
  whole,
} from '../../../test/support/async-query-bed.ts';
import { describeOnEveryEngine } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import type { Run } from './async-course.ts';
import { eraseDue } from './retention.ts';

describeOnEveryEngine('the course of an async query', (engine) => {
  let bed: AsyncQueryBed;

  beforeEach(async () => {
    bed = await openAsyncQueryBed(engine);
  });

  afterEach(() => bed[Symbol.asyncDispose]());

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

  test('a run that has no pages ends each stage before the next begins, however the clock goes on', async () => {
    const run = await bed.accept();
    await bed.course.executing(run, true);
    bed.stepMs = 1;
    const done = report(run, { state: 'successful', rowsAffected: 1, size: 0, pages: 0 });
    expect(await bed.course.successful(run, done)).toBe('noted');
    const query = await bed.find(run);
    expect(query?.executingEndedAt).toBe(query?.uploadingAt);
    expect(query?.completedAt).toBe(query?.uploadingAt);
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
      // Few values have so many bytes that nobody could find them by their hash.
      expect(await bed.database.all('SELECT sha256 FROM query_pages')).toEqual([{ sha256: '' }]);
      await expect(bed.open(run)).rejects.toMatchObject({ code: 'resultExpired' });
      expect(await bed.find(run)).toMatchObject({ status: 'successful', rowCount: 2 });
    });
  });
});

import { expect, test } from 'vitest';
import {
  HOUR,
  limits,
  openAsyncQueryBed,
  report,
  siteId,
  whole,
} from '../../../test/support/async-query-bed.ts';
import { describeOnEveryEngine } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import { openResultPage } from './result-page.ts';

describeOnEveryEngine('queries of desktops', (engine) => {
  test('are seen by their device and their integrator, with their pages, and by nobody else', async () => {
    await using bed = await openAsyncQueryBed(engine);
    const [integratorId, queryId] = [newId(), newId()];
    await bed.store.accept({
      id: queryId,
      integratorId,
      deviceHash: 'mine',
      siteId,
      catalogue: undefined,
      commandJson: '{"text":"SELECT 1"}',
      maxTimeInQueueMs: HOUR,
      requestSize: 10,
      waitsForSite: false,
      createdAt: bed.now,
    });
    const run = { siteId, queryId, attempt: 1 };
    await bed.course.executing(run, false);
    await bed.cutAndUpload(run);
    await bed.course.uploading(run, report(run, whole));
    await bed.course.successful(run, report(run, { state: 'successful', ...whole }));
    const asyncQueries = { pages: bed.pages, limits };
    const open = (owner: { integratorId: string; deviceHash?: string }) =>
      openResultPage(
        { store: bed.queries, asyncQueries, clock: bed.clock },
        { owner, siteId, queryId, pageNumber: 1 },
      );
    for (const owner of [{ integratorId }, { integratorId, deviceHash: 'mine' }]) {
      expect(await bed.queries.find(owner, siteId, queryId)).toMatchObject({ id: queryId });
      const page = await open(owner);
      expect(page.rowCount).toBe(2);
      page.body?.destroy();
    }
    for (const owner of [
      { integratorId, deviceHash: 'other' },
      { integratorId, deviceHash: '' },
      { integratorId: newId(), deviceHash: 'mine' },
    ]) {
      expect(await bed.queries.find(owner, siteId, queryId)).toBeUndefined();
      await expect(open(owner)).rejects.toMatchObject({ code: 'notFound' });
    }
    const own = await bed.accept();
    const [row] = await bed.database.all<{ integrator_id: string }>(
      'SELECT integrator_id FROM queries WHERE id = ?',
      [own.queryId],
    );
    const desktop = { integratorId: String(row?.integrator_id), deviceHash: 'mine' };
    expect(await bed.queries.find(desktop, siteId, own.queryId)).toBeUndefined();
  });
});

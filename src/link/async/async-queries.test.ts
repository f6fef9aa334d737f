import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUpAsync } from '../../../test/support/async-setup.ts';
import {
  type TemporaryCatalogues,
  temporaryCatalogues,
} from '../../sql/drivers/sqlite/testing/temporary-catalogues.ts';

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
    const ranges = remote.cuts.map(({ rangeStart, rows }) => [rangeStart, rangeStart + rows]);
    expect(ranges.slice(1).map(([from]) => from)).toEqual(ranges.slice(0, -1).map(([, to]) => to));
    remote.session?.send({ type: 'enquire', queryIds: [queryId] });
    await remote.reported(queryId, 'unknown');
  });
});

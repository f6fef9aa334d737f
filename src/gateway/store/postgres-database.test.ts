import { expect, test } from 'vitest';
import { describeOnPostgres } from '../../../test/support/store-engines.ts';
import { deferred } from '../../lib/deferred.ts';

const CUT_THE_OTHERS = `
  SELECT count(pg_terminate_backend(pid)) AS cut FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

describeOnPostgres('connections', (engine) => {
  test('that are cut while idle are replaced', async () => {
    await using store = await engine.createStore();
    const [database, operator] = [await store.open(), await store.open()];
    await database.run('CREATE TABLE things (id TEXT)');
    expect(await operator.all(CUT_THE_OTHERS)).toEqual([{ cut: 1 }]);
    const insert = (id: string) => database.run('INSERT INTO things (id) VALUES (?)', [id]);
    // The news of the cut and the statement may cross: that one statement then fails.
    const first = await insert('first').catch((error: unknown) => error);
    expect([1, expect.objectContaining({ code: 'storeUnavailable' })]).toContainEqual(first);
    await insert('second');
    expect(await database.all("SELECT id FROM things WHERE id = 'second'")).toHaveLength(1);
  });

  test('that are cut within a transaction roll it back and fail it as unavailable', async () => {
    await using store = await engine.createStore();
    const [database, operator] = [await store.open(), await store.open()];
    await database.run('CREATE TABLE things (id TEXT)');
    const isOpen = deferred<void>();
    const isCut = deferred<void>();
    const transaction = database.transaction(async (session) => {
      await session.run("INSERT INTO things (id) VALUES ('a')");
      isOpen.resolve();
      await isCut.promise;
      await session.run("INSERT INTO things (id) VALUES ('b')");
    });
    const outcome = transaction.catch((error: unknown) => error);
    await isOpen.promise;
    await operator.all(CUT_THE_OTHERS);
    isCut.resolve();
    expect(await outcome).toMatchObject({ code: 'storeUnavailable' });
    expect(await operator.all('SELECT id FROM things')).toEqual([]);
  });

  test('a claim under way is skipped by another gateway’s claim', async () => {
    await using store = await engine.createStore();
    const [one, two] = [await store.open(), await store.open()];
    await one.run('CREATE TABLE jobs (id TEXT PRIMARY KEY, taken_by TEXT)');
    await one.insertMany({ table: 'jobs', columns: ['id'] }, [['a'], ['b'], ['c']]);
    const claim = `
      UPDATE jobs SET taken_by = ? WHERE id IN (
        SELECT id FROM jobs WHERE taken_by IS NULL ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED
      ) RETURNING id`;
    const taken = await one.transaction(async (session) => [
      (await session.all<{ id: string }>(claim, ['one'])).map(({ id }) => id).toSorted(),
      (await two.all<{ id: string }>(claim, ['two'])).map(({ id }) => id),
    ]);
    expect(taken).toEqual([['a', 'b'], ['c']]);
  });
});

import { expect, test } from 'vitest';
import { describeOnEveryEngine } from '../../../test/support/store-engines.ts';
import { GroupedUpdates } from './grouped-updates.ts';

describeOnEveryEngine('grouped updates', (engine) => {
  test('each tells what it changed itself, and one that fails spoils no other', async () => {
    await using store = await engine.createStore();
    const database = await store.open();
    await database.run('CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)');
    await database.run('INSERT INTO t (id, n) VALUES (1, 0), (2, 0)');
    await using updates = new GroupedUpdates(database);
    const add = (id: number, n: number | null) =>
      updates.run('UPDATE t SET n = ? WHERE id = ? AND n = 0', [n, id]);
    const outcomes = await Promise.allSettled([
      add(1, 5),
      add(1, 6),
      add(2, null),
      add(2, 7),
      add(3, 8),
    ]);
    expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
      1,
      0,
      'failed',
      1,
      0,
    ]);
    expect(await database.all('SELECT id, n FROM t ORDER BY id')).toEqual([
      { id: 1, n: 5 },
      { id: 2, n: 7 },
    ]);
  });
});

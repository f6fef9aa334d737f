import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { deferred } from '../../lib/deferred.ts';
import type { Database, SqlValue } from './database.ts';

describeOnEveryEngine('the database', (engine) => {
  let store: TestStore;
  let database: Database;

  beforeEach(async () => {
    store = await engine.createStore();
    database = await store.open();
    await database.run('CREATE TABLE things (id TEXT PRIMARY KEY, n BIGINT, f DOUBLE PRECISION)');
  });

  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const insert = (id: string, n: SqlValue = null) =>
    database.run('INSERT INTO things (id, n) VALUES (?, ?)', [id, n]);
  const ids = async () =>
    (await database.all<{ id: string }>('SELECT id FROM things ORDER BY id')).map(({ id }) => id);

  test('values come back as they went in', async () => {
    const time = 1_790_000_000_123;
    await database.run('INSERT INTO things (id, n, f) VALUES (?, ?, ?)', ["it's ? 😀", time, 1.5]);
    await database.run('INSERT INTO things (id, n, f) VALUES (?, ?, ?)', ['none', null, null]);
    expect(await database.all('SELECT id, n, f FROM things ORDER BY id')).toEqual([
      { id: "it's ? 😀", n: time, f: 1.5 },
      { id: 'none', n: null, f: null },
    ]);
  });

  test('counts and sums are numbers', async () => {
    await insert('a', 2);
    await insert('b', 3);
    expect(await database.all('SELECT count(*) AS c, sum(n) AS s FROM things')).toEqual([
      { c: 2, s: 5 },
    ]);
  });

  test('run tells how many rows changed', async () => {
    await insert('a', 1);
    await insert('b', 1);
    expect(await database.run('UPDATE things SET n = 2 WHERE n = ?', [1])).toBe(2);
    expect(await database.run('UPDATE things SET n = 3 WHERE n = ?', [1])).toBe(0);
    expect(
      await database.run('INSERT INTO things (id) VALUES (?) ON CONFLICT (id) DO NOTHING', ['a']),
    ).toBe(0);
  });

  test('RETURNING gives the changed rows', async () => {
    await insert('a', 1);
    await insert('b', 1);
    const rows = await database.all<{ id: string }>(
      'UPDATE things SET n = n + ? WHERE n = ? RETURNING id, n',
      [1, 1],
    );
    expect(rows.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: 'a', n: 2 },
      { id: 'b', n: 2 },
    ]);
  });

  test('a claim that skips locked rows is one text for both engines', async () => {
    await insert('a', 1);
    const claimed = await database.all(
      `UPDATE things SET n = 9 WHERE id IN (
         SELECT id FROM things WHERE n = ? ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [1, 10],
    );
    expect(claimed).toEqual([{ id: 'a' }]);
  });

  test('a statement that returns rows is not taken by run', async () => {
    await insert('a');
    await expect(database.run('SELECT id FROM things')).rejects.toMatchObject({ code: 'internal' });
  });

  test('a wrong statement or value is an error that shows no value', async () => {
    const wrong = [
      () => database.all('SELECT id FROM nowhere WHERE id = ?', ['Ng']),
      () => database.run('INSERT INTO things (id) VALUES (?)', []),
      () => insert('Ng').then(() => insert('Ng')),
    ];
    for (const attempt of wrong) {
      const error: unknown = await attempt().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'internal' });
      expect(`${String(error)}${String((error as Error).cause)}`).not.toContain('Ng');
    }
  });

  test('a transaction commits what it did and gives its result', async () => {
    const result = await database.transaction(async (session) => {
      await session.run('INSERT INTO things (id) VALUES (?)', ['a']);
      await session.insertMany({ table: 'things', columns: ['id'] }, [['b'], ['c']]);
      return (await session.all('SELECT id FROM things')).length;
    });
    expect([result, await ids()]).toEqual([3, ['a', 'b', 'c']]);
  });

  test('a transaction that fails leaves nothing, rejects with its own error and can be followed', async () => {
    const failure = new Error('changed my mind');
    await expect(
      database.transaction(async (session) => {
        await session.run('INSERT INTO things (id) VALUES (?)', ['a']);
        throw failure;
      }),
    ).rejects.toBe(failure);
    await expect(
      database.transaction(async (session) => {
        await session.run('INSERT INTO things (id) VALUES (?)', ['a']);
        await session.run('INSERT INTO things (id) VALUES (?)', ['a']);
      }),
    ).rejects.toMatchObject({ code: 'internal' });
    await insert('b');
    expect(await ids()).toEqual(['b']);
  });

  test('while a transaction is open, reads see what is committed and writes are not part of it', async () => {
    const gate = deferred<void>();
    const started = deferred<void>();
    const transaction = database.transaction(async (session) => {
      await session.run('INSERT INTO things (id) VALUES (?)', ['inside']);
      started.resolve();
      await gate.promise;
      throw new Error('rolled back');
    });
    const outcome = transaction.catch(() => 'failed');
    await started.promise;
    const outside = insert('outside');
    expect((await ids()).includes('inside')).toBe(false);
    gate.resolve();
    expect(await outcome).toBe('failed');
    await outside;
    expect(await ids()).toEqual(['outside']);
  });

  test('concurrent transactions and writes all happen', async () => {
    await insert('sum', 0);
    const add = () =>
      database.transaction(async (session) => {
        await session.run('UPDATE things SET n = n + 1 WHERE id = ?', ['sum']);
      });
    await Promise.all([...Array.from({ length: 20 }, add), insert('other')]);
    expect(await database.all('SELECT id, n FROM things ORDER BY id')).toEqual([
      { id: 'other', n: null },
      { id: 'sum', n: 20 },
    ]);
  });

  test('insertMany inserts all rows or none', async () => {
    const target = { table: 'things', columns: ['id', 'n', 'f'] };
    const rows = Array.from({ length: 2500 }, (_, n) => [`id ${n} "?'\\`, n, n / 8]);
    await database.insertMany(target, rows);
    expect(await database.all('SELECT count(*) AS c, sum(f) AS s FROM things')).toEqual([
      { c: 2500, s: (2499 * 2500) / 16 },
    ]);
    await expect(
      database.insertMany(target, [
        ['new', 1, 1],
        ['id 7 "?\'\\', 1, 1],
      ]),
    ).rejects.toMatchObject({ code: 'internal' });
    expect(await database.all('SELECT id FROM things WHERE id = ?', ['new'])).toEqual([]);
  });

  test('insertMany follows its conflict clause', async () => {
    await insert('a', 1);
    await database.insertMany(
      {
        table: 'things',
        columns: ['id', 'n'],
        onConflict: 'ON CONFLICT (id) DO UPDATE SET n = excluded.n + things.n',
      },
      [
        ['a', 10],
        ['b', null],
      ],
    );
    expect(await database.all('SELECT id, n FROM things ORDER BY id')).toEqual([
      { id: 'a', n: 11 },
      { id: 'b', n: null },
    ]);
  });

  test('a second database on the same store sees what the first has committed', async () => {
    const other = await store.open();
    await insert('a', 1);
    expect(await other.all('SELECT id, n FROM things')).toEqual([{ id: 'a', n: 1 }]);
    await other.run('UPDATE things SET n = 2');
    expect(await database.all('SELECT n FROM things')).toEqual([{ n: 2 }]);
  });

  test('closing lets what is in hand finish and refuses the rest; closing twice is fine', async () => {
    const inHand = insert('a');
    const closing = database[Symbol.asyncDispose]();
    await inHand;
    await closing;
    await expect(insert('b')).rejects.toMatchObject({ code: 'storeUnavailable' });
    await database[Symbol.asyncDispose]();
    const other = await store.open();
    expect(await other.all('SELECT id FROM things')).toEqual([{ id: 'a' }]);
  });
});

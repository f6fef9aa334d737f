import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import type { Migration } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';

const first: Migration = {
  id: 1,
  name: 'first',
  statements: ['CREATE TABLE a (id TEXT)', "INSERT INTO a (id) VALUES ('once')"],
};
const second: Migration = { id: 2, name: 'second', statements: ['CREATE TABLE b (id TEXT)'] };

test('migrations are numbered from 1 without a gap', () => {
  expect(MIGRATIONS.map(({ id }) => id)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

describeOnEveryEngine('migrations', (engine) => {
  let store: TestStore;

  beforeEach(async () => {
    store = await engine.createStore();
  });

  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  test('each is applied once, the new ones at the next start', async () => {
    const database = await store.open();
    await database.migrate([first]);
    await database.migrate([first, second]);
    await database.migrate([first, second]);
    expect(await database.all('SELECT id FROM a')).toEqual([{ id: 'once' }]);
    expect(await database.all('SELECT id FROM b')).toEqual([]);
  });

  test('gateways that start at once apply each once', async () => {
    const databases = await Promise.all([store.open(), store.open(), store.open()]);
    await Promise.all(databases.map((database) => database.migrate([first, second])));
    expect(await databases[0]?.all('SELECT id FROM a')).toEqual([{ id: 'once' }]);
  });

  test('one that fails leaves the schema as it was', async () => {
    const database = await store.open();
    const broken = { id: 2, name: 'broken', statements: [...second.statements, 'CREATE nonsense'] };
    await expect(database.migrate([first, broken])).rejects.toMatchObject({ code: 'internal' });
    await database.migrate([first, second]);
    expect(await database.all('SELECT id FROM b')).toEqual([]);
  });

  test('a schema newer than the program is refused with a sentence', async () => {
    const database = await store.open();
    await database.migrate([first, second]);
    await expect(database.migrate([first])).rejects.toMatchObject({
      code: 'configInvalid',
      message: expect.stringContaining('(version 2, second) is newer than this program'),
    });
  });

  test('a schema of another program is refused with a sentence', async () => {
    const database = await store.open();
    await database.migrate([first]);
    await expect(database.migrate([{ ...first, name: 'other' }])).rejects.toMatchObject({
      code: 'configInvalid',
      message: expect.stringContaining('belongs to another program'),
    });
  });

  test('the real ones run', async () => {
    const database = await store.open();
    await database.migrate();
    expect(await database.all('SELECT id FROM queries')).toEqual([]);
  });
});

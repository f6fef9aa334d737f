import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parhelion-open-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('the folder of a SQLite store is made', async () => {
  const file = join(folder, 'a', 'b', 'store.db');
  await using database = await openDatabase(`sqlite:${file}`);
  await database.migrate();
  expect((await stat(file)).isFile()).toBe(true);
});

test.skipIf(process.platform === 'win32')('only its owner may read a SQLite store', async () => {
  await using database = await openDatabase(`sqlite:${join(folder, 'new', 'store.db')}`);
  await database.migrate();
  const names = ['.', ...(await readdir(join(folder, 'new')))];
  expect(names).toContain('store.db-wal');
  const open = await Promise.all(
    names.map(async (name) => (await stat(join(folder, 'new', name))).mode & 0o077),
  );
  expect(new Set(open)).toEqual(new Set([0]));
});

test('what is erased from a SQLite store is not left in its file', async () => {
  const file = join(folder, 'store.db');
  await using database = await openDatabase(`sqlite:${file}`);
  await database.run('CREATE TABLE t (a TEXT)');
  for (let n = 0; n < 50; n += 1) await database.run('INSERT INTO t VALUES (?)', [`secret ${n}`]);
  await database.all('PRAGMA wal_checkpoint(TRUNCATE)');
  expect((await readFile(file)).includes('secret')).toBe(true);
  await database.run('UPDATE t SET a = NULL');
  await database.all('PRAGMA wal_checkpoint(TRUNCATE)');
  expect((await readFile(file)).includes('secret')).toBe(false);
});

test('sqlite:///path and sqlite:/path are one store', async () => {
  const file = join(folder, 'store.db');
  await using first = await openDatabase(`sqlite:${file}`);
  await first.migrate();
  await using second = await openDatabase(`sqlite://${file}`);
  expect(await second.all('SELECT id FROM integrators')).toEqual([]);
});

test('a SQLite store survives closing and opening', async () => {
  const url = `sqlite:${join(folder, 'store.db')}`;
  await using first = await openDatabase(url);
  await first.run('CREATE TABLE t (a TEXT)');
  await first.run('INSERT INTO t (a) VALUES (?)', ['kept']);
  await first[Symbol.asyncDispose]();
  await using second = await openDatabase(url);
  expect(await second.all('SELECT a FROM t')).toEqual([{ a: 'kept' }]);
});

test('a SQLite path that is a folder is refused with a sentence', async () => {
  await expect(openDatabase(`sqlite:${folder}`)).rejects.toMatchObject({
    code: 'storeUnavailable',
    message: expect.stringContaining(`The SQLite store ${folder} cannot be opened`),
  });
});

test('a PostgreSQL that is not there is one sentence without the password', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => probe.close(resolve));
  const opened = openDatabase(`postgres://me:s3cr%65t@127.0.0.1:${port}/parhelion`);
  const error: unknown = await opened.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'storeUnavailable',
    message: expect.stringMatching(
      new RegExp(`^PostgreSQL at 127.0.0.1:${port}/parhelion cannot be used: .*ECONNREFUSED.*\\.$`),
    ),
  });
  expect(String(error)).not.toMatch(/s3cr/);
});

test.each(['', 'mysql://host/x', 'sqlite:', 'sqlite::memory:', 'postgres://a:secret@:bad:/x'])(
  'the address "%s" is refused with a sentence and not repeated',
  async (url) => {
    const error: unknown = await openDatabase(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'configInvalid' });
    expect(String(error)).not.toContain('secret');
  },
);

test('what is erased from a SQLite store is not left in its log either, once its traces are erased', async () => {
  const file = join(folder, 'store.db');
  await using database = await openDatabase(`sqlite:${file}`);
  await database.run('CREATE TABLE t (a TEXT)');
  await database.run('INSERT INTO t VALUES (?)', ['secret']);
  await database.all('SELECT a FROM t');
  await database.run('DELETE FROM t');
  await database.eraseTraces();
  for (const name of await readdir(folder)) {
    expect((await readFile(join(folder, name))).includes('secret')).toBe(false);
  }
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeStatementsLeavable } from './leavable-statements.ts';

let folder: string;
let database: Database.Database;
let other: Database.Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parhelion-leavable-'));
  database = new Database(join(folder, 'a.db'));
  database.exec('PRAGMA journal_mode=WAL; CREATE TABLE t(a)');
  database.exec(
    'INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 1000) SELECT n FROM r',
  );
  makeStatementsLeavable(database);
  other = new Database(join(folder, 'a.db'));
});
afterEach(() => {
  database.close();
  other.close();
  rmSync(folder, { recursive: true });
});

/** Whether a reader still holds the write-ahead log, which then cannot be emptied. */
function isLogHeld(): boolean {
  other.exec('UPDATE t SET a = a + 1');
  const [result] = other.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  return result?.busy === 1;
}

it.each([1, 99, 100, 101, 250, 999, 1_000])(
  'a loop left after %i rows frees its statement',
  (rows) => {
    const statement = database.prepare('SELECT a FROM t');
    let seen = 0;
    for (const _ of statement.iterate()) {
      seen += 1;
      if (seen === rows) break;
    }
    expect(isLogHeld()).toBe(false);
    expect(statement.all()).toHaveLength(1_000);
    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toMatchObject({ n: 1_000 });
  },
);

it('a loop that runs to its end is as before', () => {
  const statement = database.prepare('SELECT a FROM t WHERE a <= @most').raw(true);
  expect([...statement.iterate({ most: 3 })]).toEqual([[1], [2], [3]]);
});

it('a loop left inside another leaves that one alone', () => {
  let outer = 0;
  for (const _ of database.prepare('SELECT a FROM t').iterate()) {
    outer += 1;
    for (const inner of database.prepare('SELECT a FROM t LIMIT 300').iterate()) if (inner) break;
    if (outer === 150) break;
  }
  expect(outer).toBe(150);
  expect(isLogHeld()).toBe(false);
});

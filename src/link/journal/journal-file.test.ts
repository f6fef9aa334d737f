import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalFile } from './journal-file.ts';
import { JOURNAL_STEPS } from './journal-schema.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parhelion-journal-'));
  path = join(folder, 'data', 'journal.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TABLE = 'CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)';
const ADD = 'INSERT INTO notes (text) VALUES (?)';
const texts = (file: JournalFile) =>
  file.all<{ text: string }>('SELECT text FROM notes ORDER BY id').map(({ text }) => text);

describe('the journal', () => {
  it('has what was confirmed when it is opened again, and is its owner’s alone', async () => {
    {
      using file = new JournalFile(path, [TABLE]);
      await Promise.all([file.write(ADD, ['one']), file.write(ADD, ['two'])]);
    }
    using again = new JournalFile(path, [TABLE]);
    expect(texts(again)).toEqual(['one', 'two']);
    for (const name of readdirSync(join(folder, 'data'))) {
      expect(statSync(join(folder, 'data', name)).mode & 0o777).toBe(0o600);
    }
  });

  it('has it in its files at that moment, so that a crash loses nothing', async () => {
    using file = new JournalFile(path, [TABLE]);
    await file.write(ADD, ['kept']);
    const copy = join(folder, 'copy');
    cpSync(join(folder, 'data'), copy, { recursive: true });
    using found = new JournalFile(join(copy, 'journal.db'), [TABLE]);
    expect(texts(found)).toEqual(['kept']);
  });

  it('refuses one write without harm to the others of the same moment', async () => {
    using file = new JournalFile(path, [TABLE]);
    const writes = ['a', 'b', 'a', 'c'].map((text) => file.write(ADD, [text]));
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(texts(file)).toEqual(['a', 'b', 'c']);
  });

  it('takes a file of an earlier program, with what is in it', async () => {
    {
      using file = new JournalFile(path, [TABLE]);
      await file.write(ADD, ['old']);
    }
    const steps = [TABLE, 'ALTER TABLE notes ADD COLUMN rank INTEGER NOT NULL DEFAULT 7'];
    for (let opened = 0; opened < 2; opened += 1) {
      using file = new JournalFile(path, steps);
      expect(file.all('SELECT text, rank FROM notes')).toMatchObject([{ text: 'old', rank: 7 }]);
    }
    expect(() => new JournalFile(path, [TABLE])).toThrow(/newer than this program/);
  });

  it('has a schema whose every step applies', () => {
    using file = new JournalFile(path);
    expect(file.all('SELECT * FROM async_queries')).toEqual([]);
    expect(JOURNAL_STEPS.length).toBeGreaterThan(0);
  });

  it('is open once: a second link on the folder is told so', () => {
    {
      using _first = new JournalFile(path, [TABLE]);
      expect(() => new JournalFile(path, [TABLE])).toThrow(/another link runs on this data folder/);
    }
    using _third = new JournalFile(path, [TABLE]);
  });

  it.each([
    { what: 'no database', damage: () => writeFileSync(path, 'x'.repeat(5_000)) },
    {
      what: 'half a database',
      damage: () => truncateSync(path, Math.floor(statSync(path).size / 2)),
    },
  ])('refuses to go on over $what, with advice', async ({ damage }) => {
    {
      using file = new JournalFile(path, [TABLE]);
      const text = 'long '.repeat(1_000);
      for (let n = 0; n < 50; n += 1) await file.write(ADD, [`${n} ${text}`]);
    }
    damage();
    expect(() => new JournalFile(path, [TABLE])).toThrow(/cannot be opened.*move it away/s);
  });

  it('keeps no trace of what was erased', async () => {
    using file = new JournalFile(path, [TABLE]);
    const secret = 'Patient Zebediah';
    await file.write(ADD, [`${secret} ${'x'.repeat(20_000)}`]);
    const bytes = () =>
      readdirSync(join(folder, 'data'))
        .map((name) => readFileSync(join(folder, 'data', name), 'latin1'))
        .join();
    expect(bytes()).toContain(secret);
    await file.write('DELETE FROM notes', []);
    file.truncate();
    expect(bytes()).not.toContain(secret);
  });

  it('takes no writes after it is closed', async () => {
    const file = new JournalFile(path, [TABLE]);
    const last = file.write(ADD, ['last']);
    file[Symbol.dispose]();
    await last;
    await expect(file.write(ADD, ['late'])).rejects.toThrow(/closed/);
    const raw = new Libsql(path, { readonly: true });
    expect(raw.prepare('SELECT count(*) AS n FROM notes').get()).toMatchObject({ n: 1 });
    raw.close();
  });
});

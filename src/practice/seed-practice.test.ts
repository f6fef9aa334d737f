import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Practice, seedPractice } from './index.ts';

const folders: string[] = [];
const morning = new Date('2026-11-23T00:30:00Z');
const evening = new Date('2026-11-23T09:00:00Z');

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'practice-'));
  folders.push(folder);
  return folder;
}

function seed(folder: string, today = morning): Practice {
  return seedPractice({ openDatabase: (file) => new Database(file), folder, today });
}

function query<T>(folder: string, catalogue: string, sql: string): T[] {
  const database = new Database(join(folder, `${catalogue}.db`));
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
}

const freeSlots = (folder: string, from: string) =>
  query<{ n: number }>(
    folder,
    'Patients',
    `SELECT COUNT(*) AS n FROM Slots WHERE SlotStatusCode = 'F' AND StartTime >= '${from}'`,
  )[0]?.n ?? 0;

/** One hash over every value of every table, in a fixed order. */
function contents(folder: string): string {
  const hash = createHash('sha256');
  for (const catalogue of ['Patients', 'Documents']) {
    const database = new Database(join(folder, `${catalogue}.db`));
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .all() as { name: string }[];
    for (const { name } of tables) {
      if (name.startsWith('sqlite_')) continue;
      for (const row of database.prepare(`SELECT * FROM ${name} ORDER BY rowid`).all()) {
        hash.update(JSON.stringify(row));
      }
    }
    database.close();
  }
  return hash.digest('hex');
}

/** The practice's files; SQLite's logs beside them come and go. */
const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !/-(wal|shm)$/.test(name))
    .toSorted();

/** Seeded once; most tests begin with a copy. */
const template = mkdtempSync(join(tmpdir(), 'practice-template-'));
let practice: Practice;

beforeAll(() => {
  practice = seed(template);
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

function copyOfTemplate(): string {
  const folder = newFolder();
  cpSync(template, folder, { recursive: true });
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('seedPractice', () => {
  it('makes two catalogues and says who the practice is', () => {
    const folder = template;
    expect(practice).toEqual({
      catalogues: [
        { name: 'Patients', isDefault: true, file: join(folder, 'Patients.db') },
        { name: 'Documents', isDefault: false, file: join(folder, 'Documents.db') },
      ],
      practiceName: 'Wattle Street Family Practice',
      practiceManagementSiteId: 'BP-DEMO-0001',
      practiceManagementVersion: '1.12.1.990',
      timeZone: 'Australia/Sydney',
      isNew: true,
    });
    expect(filesIn(folder)).toEqual(['Documents.db', 'Patients.db']);
    expect(query(folder, 'Patients', 'PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });

  it('writes the same values for the same day, at any hour', () => {
    const folder = newFolder();
    seed(folder, evening);
    expect(contents(folder)).toBe(contents(template));
  });

  it('keeps what is there when it opens a finished folder', () => {
    const folder = copyOfTemplate();
    const database = new Database(join(folder, 'Patients.db'));
    database.exec("UPDATE Patients SET PreferredName = 'Kept' WHERE InternalID = 1");
    database.close();
    expect(seed(folder).isNew).toBe(false);
    expect(
      query(folder, 'Patients', 'SELECT PreferredName FROM Patients WHERE InternalID = 1'),
    ).toEqual([{ PreferredName: 'Kept' }]);
  });

  it('has free slots in the weeks to come whenever it is opened', () => {
    const folder = copyOfTemplate();
    expect(freeSlots(folder, '2026-12-14')).toBeGreaterThan(300);
    const booked = query(folder, 'Patients', "SELECT * FROM Slots WHERE SlotStatusCode = 'B'");
    // Only what was cancelled is free beyond the weeks that are filled.
    const cancelled = freeSlots(folder, '2027-02-08');
    seed(folder, new Date('2027-01-18T00:00:00Z'));
    expect(freeSlots(folder, '2027-02-08')).toBeGreaterThan(cancelled + 300);
    expect(query(folder, 'Patients', "SELECT * FROM Slots WHERE SlotStatusCode = 'B'")).toEqual(
      booked,
    );
    const before = freeSlots(folder, '2026-01-01');
    seed(folder, new Date('2027-01-18T05:00:00Z'));
    expect(freeSlots(folder, '2026-01-01')).toBe(before);
  });
});

function isWhole(folder: string): boolean {
  const count = (catalogue: string, table: string) =>
    query<{ n: number }>(folder, catalogue, `SELECT COUNT(*) AS n FROM ${table}`)[0]?.n;
  return count('Patients', 'Patients') === 2000 && count('Documents', 'DocumentIndex') === 320;
}

describe('a folder that is not whole', () => {
  it('is seeded again after a seeding that broke off', () => {
    const folder = newFolder();
    let opened = 0;
    const breaksOff = (file: string) => {
      opened += 1;
      if (opened === 2) throw new Error('the machine went down');
      return new Database(file);
    };
    expect(() => seedPractice({ openDatabase: breaksOff, folder, today: morning })).toThrow('down');
    expect(readdirSync(folder).some((name) => name === 'Patients.db')).toBe(false);
    expect(seed(folder).isNew).toBe(true);
    expect(isWhole(folder)).toBe(true);
    expect(filesIn(folder)).toEqual(['Documents.db', 'Patients.db']);
  });

  it.each([
    ['one file is missing', (folder: string) => rmSync(join(folder, 'Documents.db'))],
    ['a file is no database', (folder: string) => writeFileSync(join(folder, 'Patients.db'), 'x')],
    [
      'the schema is of another version',
      (folder: string) =>
        query(folder, 'Patients', 'UPDATE __seed SET schemaVersion = 0 RETURNING 1'),
    ],
    [
      'the files come from two seedings',
      (folder: string) =>
        query(folder, 'Documents', "UPDATE __seed SET seededOn = '2020-01-01' RETURNING 1"),
    ],
  ])('is seeded again when %s', (_, spoil) => {
    const folder = copyOfTemplate();
    spoil(folder);
    expect(seed(folder).isNew).toBe(true);
    expect(isWhole(folder)).toBe(true);
    expect(seed(folder).isNew).toBe(false);
  });
});

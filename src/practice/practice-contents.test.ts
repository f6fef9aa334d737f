import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedPractice } from './index.ts';
import oddities from './test-data/oddities.json' with { type: 'json' };

const folder = mkdtempSync(join(tmpdir(), 'practice-contents-'));
const open: Record<string, Database.Database> = {};

beforeAll(() => {
  const today = new Date('2026-11-23T00:30:00Z');
  const practice = seedPractice({ openDatabase: (file) => new Database(file), folder, today });
  for (const { name, file } of practice.catalogues) open[name] = new Database(file);
});

afterAll(() => {
  for (const database of Object.values(open)) database.close();
  rmSync(folder, { recursive: true, force: true });
});

function query(catalogue: string, sql: string): Record<string, unknown>[] {
  const database = open[catalogue];
  if (database === undefined) throw new Error(`no catalogue ${catalogue}`);
  return database.prepare(sql).all() as Record<string, unknown>[];
}

const count = (catalogue: string, sql: string) =>
  Number(query(catalogue, `SELECT COUNT(*) AS n FROM ${sql}`)[0]?.['n']);

describe('size of the practice', () => {
  it.each([
    ['Patients', 2000, 2000],
    ['Practitioners', 10, 10],
    ['Locations', 3, 3],
    ['Appointments', 19_900, 20_000],
    ['Visits', 10_000, 20_000],
    ['Observations', 12_000, 30_000],
    ['InvestigationResults', 4000, 20_000],
    ['Conditions', 1500, 8000],
    ['Immunisations', 3000, 20_000],
    ['Medications', 800, 8000],
    ['Prescriptions', 1500, 20_000],
    ['Allergies', 500, 3000],
    ['RelatedPersons', 800, 4000],
  ])('%s: between %d and %d rows', (table, least, most) => {
    const rows = count('Patients', table);
    expect(rows).toBeGreaterThanOrEqual(least);
    expect(rows).toBeLessThanOrEqual(most);
  });

  it('spans two years of appointments, one behind and one ahead', () => {
    expect(
      query(
        'Patients',
        'SELECT MIN(AppointmentDate) AS a, MAX(AppointmentDate) AS z FROM Appointments',
      ),
    ).toEqual([
      { a: expect.stringMatching(/^2025-11-2\d$/), z: expect.stringMatching(/^2027-11-[12]\d$/) },
    ]);
  });
});

describe('constraints', () => {
  it.each(['Patients', 'Documents'])('hold in %s', (catalogue) => {
    expect(query(catalogue, 'PRAGMA foreign_key_check')).toEqual([]);
    expect(query(catalogue, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('refuse a second appointment in a slot until the first is cancelled', () => {
    const database = open['Patients'];
    const [taken] = query(
      'Patients',
      'SELECT * FROM Appointments WHERE SlotID IS NOT NULL AND AppointmentStatusCode = 1 LIMIT 1',
    );
    const copy = `INSERT INTO Appointments (InternalID, PractitionerID, LocationID, SlotID,
      AppointmentDate, AppointmentTime, StartTime, EndTime, AppointmentStatusCode, CreatedAt, UpdatedAt)
      SELECT InternalID, PractitionerID, LocationID, SlotID, AppointmentDate, AppointmentTime,
      StartTime, EndTime, 1, CreatedAt, UpdatedAt FROM Appointments
      WHERE AppointmentID = ${String(taken?.['AppointmentID'])}`;
    database?.exec('BEGIN');
    expect(() => database?.exec(copy)).toThrow(/UNIQUE/);
    database?.exec(
      `UPDATE Appointments SET AppointmentStatusCode = 6 WHERE AppointmentID = ${String(taken?.['AppointmentID'])}`,
    );
    expect(() => database?.exec(copy)).not.toThrow();
    database?.exec('ROLLBACK');
  });

  it('never show two appointments of a practitioner at one time', () => {
    expect(
      query(
        'Patients',
        `SELECT a.AppointmentID FROM Appointments a JOIN Appointments b
         ON b.PractitionerID = a.PractitionerID AND b.AppointmentDate = a.AppointmentDate
         AND b.AppointmentID > a.AppointmentID AND b.StartTime < a.EndTime AND a.StartTime < b.EndTime
         WHERE a.AppointmentStatusCode <> 6 AND b.AppointmentStatusCode <> 6`,
      ),
    ).toEqual([]);
  });

  it('look-ups by name, birth date, day and patient use an index', () => {
    for (const [sql, index] of [
      ["SELECT * FROM Patients WHERE Surname = 'Ng'", 'IX_Patients_Surname_Firstname'],
      ["SELECT * FROM Patients WHERE DOB = '1990-01-01'", 'IX_Patients_DOB'],
      ["SELECT * FROM Appointments WHERE AppointmentDate = '2026-11-23'", 'IX_Appointments_'],
      ['SELECT * FROM Conditions WHERE InternalID = 1', 'IX_Conditions_InternalID'],
      ['SELECT * FROM Immunisations WHERE InternalID = 1', 'IX_Immunisations_InternalID'],
    ] as const) {
      expect(JSON.stringify(query('Patients', `EXPLAIN QUERY PLAN ${sql}`))).toContain(index);
    }
  });
});

/** What each declared type must look like in the file, as text. */
const formats: readonly (readonly [type: RegExp, stored: string, format: RegExp])[] = [
  [/^(integer|int)$/i, 'integer', /^-?\d{1,10}$/],
  [/^bigint$/i, 'integer', /^-?\d{1,19}$/],
  [/^smallint$/i, 'integer', /^-?\d{1,5}$/],
  [/^tinyint$/i, 'integer', /^(\d{1,2}|1\d\d|2[0-4]\d|25[0-5])$/],
  [/^bit$/i, 'integer', /^[01]$/],
  [/^(decimal|numeric)\(\d+,\d+\)$/i, 'integer', /^-?\d{1,18}$/],
  [/^(small)?money$/i, 'integer', /^-?\d{1,18}$/],
  [/^text_decimal\(38,10\)$/i, 'text', /^-?\d{1,28}\.\d{10}$/],
  [/^text_decimal\(28,0\)$/i, 'text', /^-?\d{1,28}$/],
  [/^(float|real)$/i, 'real', /^-?\d+(\.\d+)?(e[+-]?\d+)?$/],
  [/^n?(var)?char\(\d+\)$|^nvarchar\(max\)$|^n?text$|^xml_text$/i, 'text', /^[^]*$/],
  [/^date$/i, 'text', /^\d{4}-\d\d-\d\d$/],
  [/^(small)?datetime$/i, 'text', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?$/],
  [/^datetime2\(\d\)$/i, 'text', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?$/],
  [/^time\(\d\)$/i, 'text', /^\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?$/],
  [
    /^datetimeoffset\(\d\)$/i,
    'text',
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?[+-]\d\d:\d\d$/,
  ],
  [/^uniqueidentifier$/i, 'text', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
  [/^(varbinary\(max\)|binary\(\d+\)|image|rowversion)$/i, 'blob', /^[^]*$/],
];

interface ColumnFacts {
  readonly catalogue: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

function columns(): ColumnFacts[] {
  return Object.keys(open).flatMap((catalogue) =>
    query(
      catalogue,
      `SELECT m.name AS tableName, c.name AS columnName, c.type AS type
       FROM sqlite_master m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name GLOB '[A-Z]*'`,
    ).map((row) => ({
      catalogue,
      table: String(row['tableName']),
      column: String(row['columnName']),
      type: String(row['type']),
    })),
  );
}

describe('stored formats', () => {
  it('fit the declared type, value by value', () => {
    const wrong: string[] = [];
    for (const { catalogue, table, column, type } of columns()) {
      const rule = formats.find(([name]) => name.test(type));
      if (rule === undefined) {
        wrong.push(`${table}.${column}: no rule for ${type}`);
        continue;
      }
      const [, stored, format] = rule;
      const length = Number(/char\((\d+)\)|binary\((\d+)\)/i.exec(type)?.slice(1).find(Boolean));
      const isFixed = /^n?char|^binary/i.test(type);
      const isBlob = stored === 'blob';
      for (const row of query(
        catalogue,
        `SELECT DISTINCT typeof("${column}") AS stored, length("${column}") AS length,
         ${isBlob ? "''" : `CAST("${column}" AS TEXT)`} AS value FROM "${table}" WHERE "${column}" IS NOT NULL`,
      )) {
        const tooLong = row['length'] !== undefined && Number(row['length']) > length;
        const notPadded = isFixed && Number(row['length']) !== length;
        if (
          row['stored'] !== stored ||
          !format.test(String(row['value'])) ||
          tooLong ||
          notPadded
        ) {
          wrong.push(`${table}.${column} (${type}): ${JSON.stringify(row)}`);
        }
      }
    }
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it('keep decimals within their precision', () => {
    for (const { catalogue, table, column, type } of columns()) {
      const precision = /^(?:decimal|numeric)\((\d+),/i.exec(type)?.[1];
      if (precision === undefined) continue;
      const [row] = query(catalogue, `SELECT MAX(ABS("${column}")) AS most FROM "${table}"`);
      expect(Number(row?.['most'] ?? 0)).toBeLessThan(10 ** Number(precision));
    }
  });

  it('cover the T-SQL types', () => {
    const used = new Set(columns().map(({ type }) => type.toLowerCase().replace(/\(\d.*/, '')));
    const wanted =
      'integer int bigint smallint tinyint bit decimal numeric money smallmoney text_decimal float real nvarchar varchar nchar char nvarchar(max) text ntext xml_text date datetime smalldatetime datetime2 time datetimeoffset uniqueidentifier varbinary(max) binary image rowversion';
    expect([...used]).toEqual(expect.arrayContaining(wanted.split(' ')));
  });
});

describe('oddities', () => {
  it.each(oddities)('$case', ({ from }) => {
    expect(count('Patients', from)).toBeGreaterThan(0);
  });

  it.each(['HR', 'RR', 'TEMP', 'WT', 'HT', 'WAIST', 'BP', 'SMOKE'])('measures %s', (code) => {
    expect(count('Patients', `Observations WHERE ObservationTypeCode = '${code}'`)).toBeGreaterThan(
      50,
    );
  });

  it('gives every indigenous status, and every blood pressure its two parts', () => {
    expect(
      query('Patients', 'SELECT DISTINCT IndigenousStatusCode AS c FROM Patients ORDER BY c').map(
        (r) => r['c'],
      ),
    ).toEqual([null, 1, 2, 3, 4, 9]);
    expect(
      count(
        'Patients',
        `Observations o WHERE ObservationTypeCode = 'BP' AND
         (SELECT COUNT(*) FROM ObservationComponents c WHERE c.ObservationID = o.ObservationID) <> 2`,
      ),
    ).toBe(0);
  });
});

describe('the catalogue Documents', () => {
  it('holds every document the other catalogue knows, with its size and hash', () => {
    const known = query('Patients', 'SELECT DocumentID, DocumentGuid, SizeBytes FROM Documents');
    const kept = query('Documents', 'SELECT * FROM DocumentIndex');
    const deleted = new Set(
      query('Patients', 'SELECT DocumentID FROM Documents WHERE IsDeleted = 1').map(
        (row) => row['DocumentID'],
      ),
    );
    expect(deleted.size).toBeGreaterThan(0);
    expect(
      kept.map(({ DocumentID, DocumentGuid, SizeBytes }) => ({
        DocumentID,
        DocumentGuid,
        SizeBytes,
      })),
    ).toEqual(known);
    const heads = {
      'application/pdf': '25504446',
      'image/png': '89504e47',
      'image/jpeg': 'ffd8ffe0',
    };
    expect(new Set(kept.map((row) => row['ContentType']))).toEqual(new Set(Object.keys(heads)));
    for (const row of kept) {
      const pages = query(
        'Documents',
        `SELECT SizeBytes, Content FROM DocumentContents WHERE DocumentID = ${String(row['DocumentID'])}
         ORDER BY PageNo`,
      ).map((page) => ({
        size: page['SizeBytes'],
        bytes: Buffer.from(page['Content'] as Uint8Array),
      }));
      expect(pages.length > 0).toBe(!deleted.has(row['DocumentID']));
      if (pages.length === 0) continue;
      for (const page of pages) expect(page.bytes.length).toBe(page.size);
      const content = Buffer.concat(pages.map((page) => page.bytes));
      expect(content.length).toBe(row['SizeBytes']);
      expect(Buffer.from(row['Sha256'] as Uint8Array)).toEqual(
        createHash('sha256').update(content).digest(),
      );
      expect(content.subarray(0, 4).toString('hex')).toBe(
        heads[row['ContentType'] as keyof typeof heads],
      );
    }
  });

  it('has documents of several pages', () => {
    expect(count('Documents', 'DocumentContents WHERE PageNo = 3')).toBeGreaterThan(0);
    expect(count('Patients', 'Documents WHERE PageCount = 3')).toBe(
      count('Documents', 'DocumentContents WHERE PageNo = 3'),
    );
  });

  it('has a scan of several hundred kilobytes and a note of more than 8000 characters', () => {
    expect(count('Documents', 'DocumentIndex WHERE SizeBytes > 200000')).toBeGreaterThan(0);
    expect(count('Documents', 'DocumentTexts WHERE length(Body) > 8000')).toBeGreaterThan(0);
  });
});

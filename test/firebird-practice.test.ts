import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentsCatalogue, patientsCatalogue } from '../src/practice/seed-rows.ts';
import type { Value } from '../src/protocol/values.ts';
import type { Connection } from '../src/sql/driver.ts';
import { createFirebirdDriver } from '../src/sql/drivers/firebird/create-firebird-driver.ts';
import {
  createFirebirdPractice,
  FIREBIRD_PRACTICE_TIMEOUT_MS,
  type FirebirdPractice,
} from './support/firebird-practice.ts';
import { describeOnFirebird } from './support/firebird-server.ts';
import { copyPractice } from './support/practice-copy.ts';

const never = { signal: new AbortController().signal };

describeOnFirebird('the demo practice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parhelion-firebird-practice-'));
  let practice: FirebirdPractice;
  let patients: Connection;
  let documents: Connection;
  const demos = {} as Record<'patients' | 'documents', Database.Database>;

  beforeAll(async () => {
    practice = await createFirebirdPractice();
    const driver = createFirebirdDriver(practice.options);
    patients = await driver.connect(never);
    documents = await driver.connect({ ...never, catalogue: 'Documents' });
    const files = copyPractice(folder);
    demos.patients = new Database(files.Patients);
    demos.documents = new Database(files.Documents);
  }, FIREBIRD_PRACTICE_TIMEOUT_MS);

  afterAll(async () => {
    for (const demo of Object.values(demos)) demo.close();
    rmSync(folder, { recursive: true, force: true });
    await patients?.[Symbol.asyncDispose]();
    await documents?.[Symbol.asyncDispose]();
    await practice?.[Symbol.asyncDispose]();
  });

  async function rows(connection: Connection, text: string): Promise<(readonly Value[])[]> {
    const all: (readonly Value[])[] = [];
    for await (const event of connection.execute({ text, type: 'text', parameters: [] }, never)) {
      if (event.kind === 'rows') all.push(...event.rows);
    }
    return all;
  }

  const inDemo = (database: Database.Database, text: string): unknown[][] =>
    database.prepare(text).raw(true).all() as unknown[][];

  const tryChange = (text: string): Promise<unknown> =>
    rows(patients, text).catch(({ constraint }) => constraint);

  it('has as many rows in each table', async () => {
    const counts = async (connection: Connection, tables: readonly { readonly name: string }[]) => {
      const text = tables.map(
        ({ name }) => `SELECT '${name}', COUNT(*) FROM "${name.toUpperCase()}"`,
      );
      return (await rows(connection, text.join(' UNION ALL '))).map(([name, count]) => [
        String(name).trim(),
        count,
      ]);
    };
    for (const [connection, demo, { tables }] of [
      [patients, demos.patients, patientsCatalogue],
      [documents, demos.documents, documentsCatalogue],
    ] as const) {
      const wanted = tables.map(({ name }) => [
        name,
        inDemo(demo, `SELECT COUNT(*) FROM ${name}`)[0]?.[0],
      ]);
      expect(await counts(connection, tables)).toEqual(wanted);
    }
  });

  it('has the same texts, dates and codes', async () => {
    const text = `SELECT InternalID, ExternalID, Firstname, Surname, DOB, SexCode, State, MedicareNo, Email, IsDeleted,
      TimeOfBirth, UsualPractitionerID FROM Patients ORDER BY InternalID`;
    const found = await rows(patients, text);
    const wanted = inDemo(demos.patients, text);
    expect(found).toHaveLength(2000);
    expect(found.slice(0, 300)).toEqual(wanted.slice(0, 300));
    const accented = found.filter((row) => /[^\0-\x7f]/.test(String(row[3])));
    expect(accented.length).toBeGreaterThan(0);
  });

  it('has the same decimals, whatever their size', async () => {
    const value = `SELECT ObservationID, CAST("VALUE" AS VARCHAR(30)) FROM Observations
      WHERE "VALUE" IS NOT NULL ORDER BY ObservationID ROWS 500`;
    const scaled = inDemo(
      demos.patients,
      `SELECT ObservationID, printf('%.2f', Value / 100.0) FROM Observations
       WHERE Value IS NOT NULL ORDER BY ObservationID LIMIT 500`,
    );
    expect(await rows(patients, value)).toEqual(scaled);
    const factors = 'SELECT ResultCode, Factor, LargestCount FROM UnitConversions ORDER BY 1, 2';
    expect(await rows(patients, factors)).toEqual(inDemo(demos.patients, factors));
    const [balance] = await rows(
      patients,
      'SELECT FIRST 1 AccountBalance FROM Patients WHERE AccountBalance <> 0 ORDER BY InternalID',
    );
    const [stored] = inDemo(
      demos.patients,
      'SELECT AccountBalance FROM Patients WHERE AccountBalance <> 0 ORDER BY InternalID LIMIT 1',
    );
    expect(Number(balance?.[0]) * 10_000).toBeCloseTo(Number(stored?.[0]), 3);
  });

  it('has the same moments, local and cut to what Firebird holds', async () => {
    const text = 'SELECT BookedAt, StartTime, UpdatedAt FROM Appointments ORDER BY AppointmentID';
    const found = await rows(patients, `${text} ROWS 200`);
    const stored = inDemo(demos.patients, `${text} LIMIT 200`);
    const comparable = (moment: unknown): unknown =>
      typeof moment === 'string'
        ? moment
            .replace(/[+-]\d\d:\d\d$/, '')
            .replace(/(\.\d{4})\d+/, '$1')
            .replace(/(\.\d*?)0+$/, '$1')
            .replace(/\.$/, '')
        : moment;
    const comparables = (all: readonly (readonly unknown[])[]) =>
      all.map((row) => row.map(comparable));
    expect(comparables(found)).toEqual(comparables(stored));
    expect(found.some(([booked]) => booked !== null)).toBe(true);
  });

  it('has the same blobs, of bytes and of text', async () => {
    const contents = 'SELECT DocumentID, PageNo, Content FROM DocumentContents ORDER BY 1, 2';
    const found = await rows(documents, contents);
    const wanted = inDemo(demos.documents, contents);
    expect(found.map(([, , bytes]) => Buffer.from(bytes as Uint8Array).toString('base64'))).toEqual(
      wanted.map(([, , bytes]) => (bytes as Buffer).toString('base64')),
    );
    const bodies = 'SELECT DocumentTextID, Title, Body, PlainBody FROM DocumentTexts ORDER BY 1';
    expect(await rows(documents, bodies)).toEqual(inDemo(demos.documents, bodies));
  });

  it('finds words without regard to case and accents, and codes as they are', async () => {
    const [[surname] = []] = inDemo(
      demos.patients,
      "SELECT Surname FROM Patients WHERE Surname GLOB '*[^ -~]*' ORDER BY InternalID LIMIT 1",
    );
    const plain = String(surname).normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
    const [[count] = []] = await rows(
      patients,
      `SELECT COUNT(*) FROM Patients WHERE Surname = '${plain.replaceAll("'", "''")}'`,
    );
    expect(Number(count)).toBeGreaterThan(0);
    expect(await rows(patients, "SELECT Description FROM Sex WHERE SexCode = 'f'")).toEqual([]);
  });

  it('numbers rows and versions on from where the demo is', async () => {
    await using transaction = await patients.begin(never);
    const highest = inDemo(demos.patients, 'SELECT MAX(NoteID) FROM PatientNotes')[0]?.[0];
    const insert = `INSERT INTO PatientNotes (InternalID, NotedAt, Note) VALUES (1, '2026-01-02 03:04:05', 'n')
      RETURNING NoteID, IsConfidential`;
    expect(await rows(patients, insert)).toEqual([[Number(highest) + 1, 0]]);
    const version = async () =>
      Number(
        (await rows(patients, 'SELECT RowVersion FROM Patients WHERE InternalID = 1'))[0]?.[0],
      );
    const [[top] = []] = await rows(patients, 'SELECT MAX(RowVersion) FROM Patients');
    await rows(patients, "UPDATE Patients SET PreferredName = 'x' WHERE InternalID = 1");
    const first = await version();
    await rows(patients, "UPDATE Patients SET PreferredName = 'y' WHERE InternalID = 1");
    expect(await version()).toBeGreaterThan(first);
    expect(first).toBeGreaterThan(Number(top));
    await transaction.rollback();
  });

  it('keeps the demo’s rules', async () => {
    await using transaction = await patients.begin(never);
    const taken = `FROM Appointments WHERE SlotID IS NOT NULL AND AppointmentStatusCode <> 6`;
    const again = (
      status: string,
    ) => `INSERT INTO Appointments (PractitionerID, LocationID, SlotID, AppointmentDate,
        AppointmentTime, StartTime, EndTime, AppointmentStatusCode, CreatedAt, UpdatedAt)
      SELECT FIRST 1 PractitionerID, LocationID, SlotID, AppointmentDate, AppointmentTime, StartTime, EndTime, ${status},
        CreatedAt, UpdatedAt ${taken}`;
    expect(await tryChange(again('1'))).toBe('unique');
    expect(await tryChange(again('6'))).toEqual([]);
    expect(
      await tryChange('UPDATE Patients SET UsualPractitionerID = 99999 WHERE InternalID = 1'),
    ).toBe('foreignKey');
    expect(await tryChange('UPDATE Patients SET IsDeleted = 2 WHERE InternalID = 1')).toBe('check');
    expect(await tryChange('UPDATE Patients SET CreatedAt = NULL WHERE InternalID = 1')).toBe(
      'notNull',
    );
    expect(
      await tryChange(
        'UPDATE Patients SET ExternalID = (SELECT ExternalID FROM Patients WHERE InternalID = 2) WHERE InternalID = 1',
      ),
    ).toBe('unique');
    expect(await tryChange('DELETE FROM Practitioners WHERE PractitionerID = 1')).toBe(
      'foreignKey',
    );
    await transaction.rollback();
  });

  it('has an index wherever the demo has one', async () => {
    const [[count] = []] = await rows(
      patients,
      `SELECT COUNT(*) FROM RDB$INDICES WHERE RDB$SYSTEM_FLAG = 0 AND COALESCE(RDB$INDEX_INACTIVE, 0) = 0`,
    );
    const [[demo] = []] = inDemo(
      demos.patients,
      "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index'",
    );
    expect(Number(count)).toBeGreaterThanOrEqual(Number(demo));
  });
});

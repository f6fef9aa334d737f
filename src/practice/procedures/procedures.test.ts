import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, describe, expect, it } from 'vitest';
import type { Value } from '../../protocol/values.ts';
import type { SqlParameter } from '../../sql/driver.ts';
import type { SqliteDatabase } from '../../sql/drivers/sqlite/tsql/database.ts';
import { openTsqlSession } from '../../sql/drivers/sqlite/tsql/session.ts';
import { seedPractice } from '../index.ts';
import { documentsCatalogue, patientsCatalogue } from '../seed-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'procedures-'));
const practice = seedPractice({
  openDatabase: (file) => new Database(file),
  folder,
  today: new Date('2026-03-02T00:00:00Z'),
});
const connection = new Database(join(folder, 'Patients.db'));
connection.exec('PRAGMA foreign_keys=ON');
connection.exec(`ATTACH '${join(folder, 'Documents.db')}' AS "Documents"`);
const session = openTsqlSession(connection as unknown as SqliteDatabase, {
  catalogue: 'Patients',
  clock: () => new Date('2026-03-02T00:00:00Z'),
  timeZone: practice.timeZone,
});

afterAll(() => {
  connection.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly outputs: Readonly<Record<string, Value>>;
}

type Direction = SqlParameter['direction'];
type Given = readonly [name: string, typeName: string, value: Value, direction?: Direction];

function call(text: string, ...given: readonly Given[]): Outcome {
  const parameters = [...given, ['@result', 'Int', null, 'returnValue'] as const].map(
    ([name, typeName, value, direction = 'input']): SqlParameter => ({
      name,
      typeName,
      value,
      direction,
    }),
  );
  const columns: string[] = [];
  const rows: (readonly Value[])[] = [];
  const outputs: Record<string, Value> = {};
  for (const event of session.run({ text, type: 'storedProcedure', parameters })) {
    if (event.kind === 'columns') columns.push(...event.columns.map(({ name }) => name));
    else if (event.kind === 'rows') rows.push(...event.rows);
    else for (const { name, value } of event.outputParameters) outputs[name] = value;
  }
  return { columns, rows, outputs };
}

function scalar(sql: string): Value {
  for (const event of session.run({ text: sql, type: 'text', parameters: [] })) {
    if (event.kind === 'rows') return event.rows[0]?.[0] ?? null;
  }
  return null;
}

describe('stored procedures for reading', () => {
  it('GetPatientID lists the patients and hands out the site number', () => {
    const { columns, rows, outputs } = call('GetPatientID', ['@siteid', 'BigInt', null, 'output']);
    expect(columns).toEqual(['InternalID', 'Firstname', 'Surname']);
    expect(rows).toHaveLength(Number(scalar('SELECT COUNT(*) FROM Patients WHERE IsDeleted = 0')));
    expect(outputs).toEqual({
      '@siteid': scalar('SELECT SiteNumber FROM PracticeInfo'),
      '@result': 0,
    });
    expect(call('GetPatientID').rows).toHaveLength(rows.length);
  });

  it('GetPatient finds a patient, and returns 1 for none', () => {
    const found = call('dbo.GetPatient', ['@InternalID', 'Int', 1]);
    expect(found.rows.map((row) => row[0])).toEqual([1]);
    expect(found.outputs).toEqual({ '@result': 0 });
    const none = call('GetPatient', ['@InternalID', 'Int', 999_999]);
    expect(none).toMatchObject({ rows: [], outputs: { '@result': 1 } });
  });

  it('FindPatients searches by the beginnings of names, without regard to case', () => {
    const { rows } = call('FindPatients', ['@Surname', 'NVarChar', 'ng']);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => /^ng/i.test(String(row[1])))).toBe(true);
    const first = String(rows.find((row) => row[2] !== null)?.[2]);
    const narrowed = call(
      'FindPatients',
      ['@Surname', 'NVarChar', 'ng'],
      ['@Firstname', 'NVarChar', first.toUpperCase()],
    ).rows;
    expect(narrowed.map((row) => row[2])).toContain(first);
    expect(narrowed.length).toBeLessThanOrEqual(rows.length);
  });

  it('CountPatients counts those that are not deleted', () => {
    expect(call('CountPatients', ['@Count', 'Int', null, 'output']).outputs).toEqual({
      '@Count': scalar('SELECT COUNT(*) FROM Patients WHERE IsDeleted = 0'),
      '@result': 0,
    });
  });

  it('GetPatientConditions names every condition', () => {
    const patient = scalar(
      'SELECT TOP 1 InternalID FROM Conditions WHERE IsDeleted = 0 ORDER BY 1',
    );
    const { columns, rows } = call('GetPatientConditions', ['@InternalID', 'Int', patient]);
    expect(columns).toContain('Term');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row[2] !== null)).toBe(true);
  });

  it('GetAppointments gives the book of a day, and of one practitioner', () => {
    const day = scalar(
      'SELECT TOP 1 AppointmentDate FROM Appointments WHERE IsDeleted = 0 GROUP BY AppointmentDate ORDER BY COUNT(*) DESC',
    );
    const { rows } = call('GetAppointments', ['@Date', 'Date', day]);
    const starts = rows.map((row) => String(row[1]));
    expect(starts.every((start) => start.startsWith(`${String(day)}T`))).toBe(true);
    expect(starts).toEqual(starts.toSorted());
    const practitioner = rows[0]?.[3] ?? null;
    const own = call(
      'GetAppointments',
      ['@Date', 'Date', day],
      ['@PractitionerID', 'Int', practitioner],
    ).rows;
    expect(own).toEqual(rows.filter((row) => row[3] === practitioner));
  });

  it('GetFreeSlots looks a week ahead unless told', () => {
    const { rows } = call('GetFreeSlots', ['@From', 'DateTime', '2026-03-02T00:00:00']);
    const starts = rows.map((row) => String(row[1]));
    expect(starts.length).toBeGreaterThan(0);
    expect(starts.every((start) => start >= '2026-03-02' && start < '2026-03-09')).toBe(true);
  });

  it('FindDocuments and GetDocument run in the catalogue that holds them', () => {
    const patient = scalar('SELECT TOP 1 InternalID FROM Documents.dbo.DocumentIndex ORDER BY 1');
    const found = call('Documents.dbo.FindDocuments', ['@InternalID', 'Int', patient]).rows;
    expect(found.length).toBeGreaterThan(0);
    const document = found[0]?.[0] ?? null;
    const { rows, outputs } = call('Documents..GetDocument', ['@DocumentID', 'Int', document]);
    expect(rows[0]?.slice(0, 2)).toEqual([document, found[0]?.[2]]);
    expect(rows[0]?.at(-1)).toBeInstanceOf(Uint8Array);
    expect(outputs).toEqual({ '@result': 0 });
    const none = call('Documents..GetDocument', ['@DocumentID', 'Int', 999_999]);
    expect(none.outputs).toEqual({ '@result': 1 });
  });
});

describe('stored procedures for writing', () => {
  it('BookAppointment takes a free slot once; CancelAppointment frees it', () => {
    const slot = scalar(
      "SELECT TOP 1 SlotID FROM Slots WHERE SlotStatusCode = 'F' ORDER BY SlotID",
    );
    const book = (patient: number): Outcome['outputs'] =>
      call(
        'BookAppointment',
        ['@SlotID', 'Int', slot],
        ['@InternalID', 'Int', patient],
        ['@Reason', 'NVarChar', 'Check-up'],
        ['@AppointmentID', 'Int', null, 'output'],
      ).outputs;
    expect(book(999_999)).toEqual({ '@AppointmentID': null, '@result': 2 });
    const booked = book(1);
    expect(booked['@result']).toBe(0);
    const appointment = booked['@AppointmentID'] ?? null;
    expect(
      scalar(`SELECT Reason FROM Appointments WHERE AppointmentID = ${String(appointment)}`),
    ).toBe('Check-up');
    expect(book(1)).toEqual({ '@AppointmentID': null, '@result': 1 });
    const cancel = (): Value =>
      call('CancelAppointment', ['@AppointmentID', 'Int', appointment]).outputs['@result'] ?? null;
    expect([cancel(), cancel()]).toEqual([0, 1]);
    expect(scalar(`SELECT SlotStatusCode FROM Slots WHERE SlotID = ${String(slot)}`)).toBe('F');
  });

  it('AddPatientNote adds a note, replaces the one it is given, and knows its patients', () => {
    const add = (patient: number, note: string, id: number | null): Outcome['outputs'] =>
      call(
        'AddPatientNote',
        ['@InternalID', 'Int', patient],
        ['@Note', 'NVarChar', note],
        ['@NoteID', 'Int', id, 'inputOutput'],
      ).outputs;
    const first = add(1, 'One', null);
    expect(first['@result']).toBe(0);
    const id = Number(first['@NoteID']);
    expect(add(1, 'Two', id)).toEqual({ '@NoteID': id, '@result': 0 });
    expect(scalar(`SELECT Note FROM PatientNotes WHERE NoteID = ${id}`)).toBe('Two');
    expect(add(2, 'Three', id)['@result']).toBe(2);
    expect(add(999_999, 'x', null)['@result']).toBe(1);
  });
});

describe('the catalogues', () => {
  it('hold exactly the procedures that these tests run', () => {
    expect(Object.keys(patientsCatalogue.procedures).toSorted()).toEqual([
      'AddPatientNote',
      'BookAppointment',
      'CancelAppointment',
      'CountPatients',
      'FindPatients',
      'GetAppointments',
      'GetFreeSlots',
      'GetPatient',
      'GetPatientConditions',
      'GetPatientID',
    ]);
    expect(Object.keys(documentsCatalogue.procedures).toSorted()).toEqual([
      'FindDocuments',
      'GetDocument',
    ]);
  });
});

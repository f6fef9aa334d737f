import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirebirdDriver } from '../src/sql/drivers/firebird/create-firebird-driver.ts';
import {
  type TemporaryCatalogues,
  temporaryCatalogues,
} from '../src/sql/drivers/sqlite/testing/temporary-catalogues.ts';
import { type FhirBed, idsOf, linkOf, openFhirBed } from './support/fhir-bed.ts';
import {
  createFirebirdDatabase,
  describeOnFirebird,
  type TestDatabase,
} from './support/firebird-server.ts';

const EXAMPLE = fileURLToPath(new URL('../examples/fhir/harbour-clinic', import.meta.url));
const SCRIPT = readFileSync(`${EXAMPLE}/harbour-clinic.sql`, 'utf8');
const OPTIONS = { folder: `${EXAMPLE}/mapping`, timeZone: 'Australia/Hobart' };

/** The script's statements in Firebird's SQL, which inserts row by row. */
function firebirdStatements(): string[] {
  const text = SCRIPT.replaceAll(/^--.*$/gm, '').replaceAll('NVARCHAR', 'VARCHAR');
  return text
    .split(';\n')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
    .flatMap((statement) => {
      const [head = '', ...rows] = statement.split(/,?\n(?= {2}\()/);
      return head.startsWith('INSERT') ? rows.map((row) => `${head} ${row}`) : [statement];
    });
}

/** What holds of the example, whatever engine keeps the clinic's tables. */
function describeClinic(bed: () => FhirBed): void {
  const found = async (address: string) => {
    const { status, json } = await bed().ask(address);
    expect([address, status]).toEqual([address, 200]);
    return idsOf(json);
  };

  it('makes one resource of several tables', async () => {
    const { json, status } = await bed().ask('Patient/HC-0001');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      meta: { lastUpdated: '2024-02-01T09:15:00+11:00' },
      name: [
        { use: 'maiden', family: 'Marsh', given: ['Edith'] },
        { use: 'official', text: 'Edith Rose Fennimore' },
      ],
      gender: 'female',
      birthDate: '1948-03-30',
      address: [
        { use: 'home', type: 'physical', city: 'Gullhaven' },
        { use: 'home', type: 'postal' },
        { use: 'old', type: 'physical', period: { end: '2015-06-30' } },
      ],
      generalPractitioner: [{ reference: 'Practitioner/OKA' }],
    });
    const unknown = (await bed().ask('Patient/HC-0003')).json;
    expect(unknown).toMatchObject({
      gender: 'unknown',
      _birthDate: { extension: [{ valueCode: 'unknown' }] },
    });
  });

  it('has ids of text keys, whatever they are made of', async () => {
    const { json } = await bed().ask('Condition?onset-date=2021');
    const [condition] = json.entry ?? [];
    expect(condition?.resource).toMatchObject({
      id: 'HC.205.2FB-1',
      subject: { reference: 'Patient/HC.205.2FB' },
    });
    expect((await bed().ask('Patient/HC.205.2FB')).json).toMatchObject({
      name: [{ family: "O'Marsh" }],
    });
    expect((await bed().ask('Condition/HC.2D0001-2')).json).toMatchObject({
      code: { text: 'Diet only', coding: [{ code: '44054006' }, { code: 'T2' }] },
    });
  });

  it('tells what was struck out from what never was', async () => {
    const statuses = [];
    for (const address of [
      'Patient/HC-0006',
      'Patient/HC-0007',
      'Appointment/108',
      'Appointment/107',
      'Condition/HC.2D0004-2',
      'Observation/7',
      'AllergyIntolerance/14',
    ]) {
      statuses.push((await bed().ask(address)).status);
    }
    expect(statuses).toEqual([410, 404, 410, 404, 410, 410, 410]);
    expect(await found('Patient?family=gone')).toEqual([]);
    expect(await found('AllergyIntolerance?patient=HC-0002')).toEqual(['AllergyIntolerance/12']);
  });

  it('looks into a table of names, without regard to case and accents', async () => {
    expect(await found('Patient?family=fenni')).toEqual(['Patient/HC-0001', 'Patient/HC-0004']);
    expect(await found('Patient?family=MARSH')).toEqual(['Patient/HC-0001']);
    expect(await found('Patient?name:contains=marsh')).toEqual([
      'Patient/HC.205.2FB',
      'Patient/HC-0001',
    ]);
    expect(await found('Patient?family=abello')).toEqual(['Patient/HC-0002']);
    expect(await found('Patient?family:exact=abelló')).toEqual([]);
    expect(await found('Patient?given=tom&address-city=strahan')).toEqual(['Patient/HC-0002']);
  });

  it('searches days and times that stand in two columns', async () => {
    const date = async (value: string) =>
      (await found(`Appointment?date=${value}&_sort=date`)).map((id) => id.split('/')[1]);
    expect(await date('2024-06-03')).toEqual(['102', '103', '104']);
    expect(await date('2024-06-03T09:00:00%2B10:00')).toEqual(['102', '103']);
    expect(await date('ge2024-06-03T23:00:00Z')).toEqual(['105']);
    expect(await date('gt2024-06-03T09:00:00%2B10:00&date=lt2024-06-04')).toEqual(['104']);
    expect(await date('lt2024-04-08')).toEqual(['101']);
    expect(await found('Observation?date=ge2024-06-02T23:55:00%2B10:00')).toEqual([
      'Observation/5',
    ]);
    expect((await bed().ask('Appointment/105')).json).toMatchObject({
      requestedPeriod: [{ start: '2024-06-04' }],
    });
    expect((await bed().ask('Appointment/105')).json).not.toHaveProperty('start');
    // The first of the two times that the clocks show that night.
    expect((await bed().ask('Appointment/101')).json).toMatchObject({
      start: '2024-04-07T02:15:00+11:00',
    });
  });

  it('searches local codes by what they mean', async () => {
    expect(await found('Appointment?status=booked,noshow&practitioner=SOU,LIN')).toEqual([
      'Appointment/103',
      'Appointment/105',
      'Appointment/106',
    ]);
    expect(await found('Patient?gender=unknown')).toEqual(['Patient/HC-0003']);
    expect(await found('Observation?code=http://loinc.org|8310-5')).toEqual([
      'Observation/4',
      'Observation/5',
      'Observation/6',
    ]);
    expect(await found('Condition?code=38341003')).toHaveLength(2);
    expect(await found('Condition?code=SEAS')).toEqual(['Condition/HC.2D0002-1']);
    expect(await found('Condition?clinical-status=inactive')).toHaveLength(2);
    expect(await found('AllergyIntolerance?severity=severe')).toEqual(['AllergyIntolerance/11']);
  });

  it('renders what was measured, and says what is missing', async () => {
    expect((await bed().ask('Observation/1')).json).toMatchObject({
      component: [
        { valueQuantity: { value: 158, code: 'mm[Hg]' } },
        { valueQuantity: { value: 92 } },
      ],
    });
    const none = (await bed().ask('Observation/6')).json;
    expect(none).toMatchObject({ dataAbsentReason: { coding: [{ code: 'unknown' }] } });
    expect(none).not.toHaveProperty('valueQuantity');
    expect((await bed().ask('Observation/3')).json).toMatchObject({
      effectiveDateTime: '2024-01-31',
      valueQuantity: { value: 88, unit: 'kg' },
    });
  });

  it('follows references, forth and back', async () => {
    expect(await found('Condition?patient.family=fennimore&code=HT')).toEqual([
      'Condition/HC.2D0001-1',
    ]);
    expect(await found('Patient?general-practitioner.name=okafor')).toEqual([
      'Patient/HC-0001',
      'Patient/HC-0004',
    ]);
    expect(await found('Patient?_has:AllergyIntolerance:patient:criticality=high')).toEqual([
      'Patient/HC-0001',
    ]);
    const { json } = await bed().ask(
      'Appointment?status=cancelled&_include=Appointment:actor&_include=Appointment:patient',
    );
    expect(idsOf(json, 'include').toSorted()).toEqual(['Patient/HC-0004', 'Practitioner/OKA']);
  });

  it('gives every page, in the order of days and times', async () => {
    const ids: string[] = [];
    let next: string | undefined = 'Appointment?_sort=date&_count=2';
    for (let page = 0; next !== undefined && page < 10; page += 1) {
      const { json } = await bed().ask(next);
      ids.push(...idsOf(json));
      next = linkOf(json, 'next');
    }
    expect(ids.map((id) => id.split('/')[1])).toEqual(['101', '106', '102', '103', '104', '105']);
  });
}

describe('the mapping of the Harbour Clinic', () => {
  let catalogues: TemporaryCatalogues;
  let opened: FhirBed;

  beforeAll(async () => {
    catalogues = temporaryCatalogues({ Clinic: SCRIPT });
    opened = await openFhirBed(catalogues.driver, 'sqlite', OPTIONS);
  });
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
    catalogues?.[Symbol.dispose]();
  });

  describeClinic(() => opened);
});

describeOnFirebird('the mapping of the Harbour Clinic', () => {
  let database: TestDatabase;
  let opened: FhirBed;

  beforeAll(async () => {
    database = await createFirebirdDatabase();
    await database.run(...firebirdStatements());
    opened = await openFhirBed(createFirebirdDriver(database.options), 'firebird', OPTIONS);
  });
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  describeClinic(() => opened);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FhirBed, openFhirBed } from '../../../test/support/fhir-bed.ts';
import {
  type TemporaryCatalogues,
  temporaryCatalogues,
} from '../../sql/drivers/sqlite/testing/temporary-catalogues.ts';
import { loadMapping } from '../mapping/load-mapping.ts';

const SCRIPT = `
  CREATE TABLE Persons (Code nvarchar(20) PRIMARY KEY, Name nvarchar(20) NOT NULL);
  INSERT INTO Persons VALUES ('O''B 1', 'O''Brien');
  CREATE TABLE Visits (ID INTEGER PRIMARY KEY, Person nvarchar(20) NOT NULL, PersonName nvarchar(20));
`;

const MAPPING = {
  'system.json': { name: 'text-keys', title: 'Text keys', dialects: ['sqlite'], text: 'nocase' },
  'tables.json': {
    Persons: { columns: { Code: 'nvarchar(20)', Name: 'nvarchar(20)' }, key: ['Code'] },
    Visits: {
      columns: { ID: 'int', Person: 'nvarchar(20)', PersonName: 'nvarchar(20) null' },
      key: ['ID'],
      indexes: [['Person']],
    },
  },
  'codes.json': {},
  'Patient.json': {
    resourceType: 'Patient',
    from: { table: 'Persons', as: 'p' },
    key: ['p.Code'],
    resource: { identifier: [{ value: { $: 'p.Code' } }], name: [{ family: { $: 'p.Name' } }] },
    write: {
      fields: { name: { path: 'name.family' }, code: { path: 'identifier.value' } },
      create: [
        {
          insert: 'Persons',
          values: { Code: { $field: 'code' }, Name: { $field: 'name' } },
          key: 'Code',
        },
      ],
      update: [
        {
          update: 'Persons',
          set: { Name: { $field: 'name' } },
          where: { Code: { $row: 'p.Code' } },
        },
      ],
    },
  },
  'Encounter.json': {
    resourceType: 'Encounter',
    from: { table: 'Visits', as: 'v' },
    key: ['v.ID'],
    resource: {
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { $reference: 'Patient', key: ['v.Person'] },
      serviceType: { text: { $: 'v.PersonName' } },
    },
    write: {
      fields: { patient: { path: 'subject', reference: 'Patient', required: true } },
      lookups: { person: { resource: 'Patient', field: 'patient' } },
      create: [
        {
          insert: 'Visits',
          values: { Person: { $field: 'patient' }, PersonName: { $lookup: 'person.p.Name' } },
          key: 'ID',
        },
      ],
    },
  },
};

let catalogues: TemporaryCatalogues;
let bed: FhirBed;

beforeAll(async () => {
  catalogues = temporaryCatalogues({ Practice: SCRIPT });
  const mapping = loadMapping(MAPPING, 'sqlite');
  bed = await openFhirBed(catalogues.driver, 'sqlite', { mapping });
});

afterAll(async () => {
  await bed?.[Symbol.asyncDispose]();
  catalogues?.[Symbol.dispose]();
});

const create = (resource: { readonly resourceType: string }) =>
  bed.ask(resource.resourceType, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });

describe('an update that changes nothing', () => {
  it('is made of what may be stored, and leaves it as it was', async () => {
    const [patient] = (await bed.ask('Patient?_count=1')).json.entry ?? [];
    const address = `Patient/${patient?.resource.id}`;
    const { status, json } = await bed.ask(address, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(patient?.resource),
    });
    expect(json).toEqual(patient?.resource);
    expect(status).toBe(200);
  });
});

describe('keys that are text, and hold what ids cannot', () => {
  it('are those of what a write refers to', async () => {
    const [patient] = (await bed.ask('Patient')).json.entry ?? [];
    const reference = `Patient/${patient?.resource.id}`;
    const { status, json } = await create({
      resourceType: 'Encounter',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference },
    } as never);
    expect(json).toMatchObject({ subject: { reference }, serviceType: { text: "O'Brien" } });
    expect(status).toBe(201);
  });

  it('are those of what a write makes', async () => {
    const { status, json } = await create({
      resourceType: 'Patient',
      identifier: [{ value: 'N G/2' }],
      name: [{ family: 'Ng' }],
    } as never);
    expect(json).toMatchObject({ resourceType: 'Patient', name: [{ family: 'Ng' }] });
    expect(status).toBe(201);
    expect((await bed.ask(`Patient/${json.id}`)).status).toBe(200);
  });
});

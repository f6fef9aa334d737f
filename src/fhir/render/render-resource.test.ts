import { describe, expect, it } from 'vitest';
import { loadMapping } from '../mapping/load-mapping.ts';
import type { RenderContext, ResourceMapping } from '../mapping/system-mapping.ts';
import { clinicFiles } from '../test-data/clinic.ts';
import { type RowValues, rowOf } from '../test-data/rows.ts';
import { metaColumns, renderResource } from './render-resource.ts';
import { versionColumns, versionIdOf } from './version-id.ts';

const context: RenderContext = { timeZone: 'Australia/Sydney', baseUrl: 'http://x' };
const mapping = loadMapping(clinicFiles(), 'tsql');
const patient = mapping.resources.get('Patient') as ResourceMapping;
const condition = mapping.resources.get('Condition') as ResourceMapping;
const allergy = mapping.resources.get('AllergyIntolerance') as ResourceMapping;

const MEI: RowValues = {
  'p.PatientID': 66,
  'p.Surname': 'Ng',
  'p.Firstname': 'Mei ',
  'p.SexCode': 'f',
  'p.DOB': '1980-02-29',
  'p.IHI': '8003608833357361',
  'p.UpdatedAt': '2026-01-15T10:30:00.1234567',
  'p.RowVersion': new Uint8Array([0, 0, 0, 0, 0, 0, 7, 0xd1]),
};

describe('a resource', () => {
  it('has type, id, meta and the elements in their order', () => {
    const resource = renderResource(patient, rowOf(MEI), {}, context);
    expect(Object.keys(resource)).toEqual([
      'resourceType',
      'id',
      'meta',
      'identifier',
      'name',
      'gender',
      'birthDate',
    ]);
    expect(resource).toEqual({
      resourceType: 'Patient',
      id: '66',
      meta: {
        versionId: '00000000000007d1',
        lastUpdated: '2026-01-15T10:30:00.1234567+11:00',
        profile: ['http://hl7.org.au/fhir/core/StructureDefinition/au-core-patient'],
      },
      identifier: [
        {
          type: {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/v2-0203',
                code: 'NI',
                display: 'National unique individual identifier',
              },
            ],
            text: 'IHI',
          },
          system: 'http://ns.electronichealth.net.au/id/hi/ihi/1.0',
          value: '8003608833357361',
        },
      ],
      name: [{ use: 'official', family: 'Ng', given: ['Mei'], text: 'Mei Ng' }],
      gender: 'female',
      birthDate: '1980-02-29',
    });
  });

  it('leaves out what has no value, and says so where it is told to', () => {
    const row = rowOf({ 'p.PatientID': 7, 'p.Surname': '   ', 'p.IHI': '8003608833357362' });
    expect(renderResource(patient, row, {}, context)).toEqual({
      resourceType: 'Patient',
      id: '7',
      meta: { profile: patient.profiles },
      identifier: [
        { system: 'http://ns.electronichealth.net.au/id/hi/ihi/1.0', value: '8003608833357362' },
      ],
      gender: 'unknown',
      _birthDate: {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
            valueCode: 'unknown',
          },
        ],
      },
    });
  });

  it('is cut to the elements that are wanted, and tagged', () => {
    const elements = patient.elements.filter(({ name }) => name === 'gender');
    expect(renderResource(patient, rowOf(MEI), { elements }, context)).toEqual({
      resourceType: 'Patient',
      id: '66',
      meta: {
        versionId: '00000000000007d1',
        lastUpdated: '2026-01-15T10:30:00.1234567+11:00',
        profile: patient.profiles,
        tag: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
            code: 'SUBSETTED',
            display: 'subsetted',
          },
        ],
      },
      gender: 'female',
    });
    const all = patient.elements;
    expect(renderResource(patient, rowOf(MEI), { elements: all }, context).meta).not.toHaveProperty(
      'tag',
    );
  });

  it('gives one type of a choice', () => {
    const row = rowOf({
      'c.ConditionID': 1,
      'c.OnsetDate': '2020-01-02',
      'c.OnsetText': 'as a child',
    });
    const both = renderResource(condition, row, {}, context);
    expect(both).toMatchObject({ onsetDateTime: '2020-01-02' });
    expect(both).not.toHaveProperty('onsetString');
    const other = rowOf({ 'c.ConditionID': 1, 'c.OnsetText': 'as a child' });
    expect(renderResource(condition, other, {}, context)).toMatchObject({
      onsetString: 'as a child',
    });
  });

  it('has the rows of children in it', () => {
    const row = rowOf(
      { 'a.AllergyID': 5, 'a.PatientID': 66 },
      { reactions: [{ 'r.Manifestation': 'Rash', 'r.SeverityCode': 2 }, { 'r.SeverityCode': 9 }] },
    );
    expect(renderResource(allergy, row, {}, context)).toMatchObject({
      code: { coding: [{ code: 'unknown' }] },
      patient: { reference: 'Patient/66' },
      reaction: [
        { manifestation: [{ text: 'Rash' }], severity: 'moderate' },
        { manifestation: [{ coding: [{ code: 'unknown', display: 'Unknown' }] }] },
      ],
    });
    const without = rowOf({ 'a.AllergyID': 5, 'a.PatientID': 66 });
    expect(renderResource(allergy, without, {}, context)).not.toHaveProperty('reaction');
  });
});

describe('the version of a row without a version column', () => {
  const row = (values: RowValues, reactions: RowValues[] = []) =>
    rowOf({ 'a.AllergyID': 5, 'a.PatientID': 66, ...values }, { reactions });
  const version = (values: RowValues, reactions?: RowValues[]) =>
    versionIdOf(allergy, row(values, reactions));

  it('changes with each value, those of children included', () => {
    const rash = { 'r.Manifestation': 'Rash' };
    const versions = [
      version({}),
      version({ 'a.Substance': 'Nuts' }),
      version({ 'a.Substance': 'Nuts' }, [rash]),
      version({ 'a.Substance': 'Nuts' }, [rash, rash]),
      version({ 'a.Substance': '' }),
    ];
    expect(new Set(versions).size).toBe(versions.length);
    expect(version({})).toBe(version({}));
    expect(version({})).toMatch(/^[0-9a-f]{32}$/);
  });

  it('needs all columns, and is not told of a resource that is cut', () => {
    expect(versionColumns(allergy).map((column) => column.column.name)).toEqual([
      'AllergyID',
      'Substance',
      'PatientID',
      'Manifestation',
      'SeverityCode',
    ]);
    const elements = allergy.elements.filter(({ name }) => name === 'code');
    expect(renderResource(allergy, row({}), { elements }, context).meta).not.toHaveProperty(
      'versionId',
    );
  });
});

it('profiles can hang on a code of the row', () => {
  const files = clinicFiles();
  files['codes.json'].profile = { codes: { F: 'http://p/f', M: 'http://p/m' } };
  files['Patient.json'].profile = ['http://p/all', { $: 'p.SexCode', codes: 'profile' }];
  const own = loadMapping(files, 'tsql').resources.get('Patient') as ResourceMapping;
  expect(own.profiles).toEqual(['http://p/all', 'http://p/f', 'http://p/m']);
  expect(metaColumns(own).map((column) => column.column.name)).toEqual(['SexCode']);
  const meta = (row: RowValues) => renderResource(own, rowOf(row), {}, context).meta['profile'];
  expect(meta(MEI)).toEqual(['http://p/all', 'http://p/f']);
  expect(meta({ 'p.PatientID': 1 })).toEqual(['http://p/all']);
});

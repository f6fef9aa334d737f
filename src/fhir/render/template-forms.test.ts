/* oxlint-disable unicorn/no-thenable -- "then" is a member of the template language */
import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { loadMapping } from '../mapping/load-mapping.ts';
import type { SiteSettings } from '../mapping/site-settings.ts';
import type { RenderContext } from '../mapping/system-mapping.ts';
import { clinicFiles } from '../test-data/clinic.ts';
import { type RowValues, rowOf } from '../test-data/rows.ts';

const context: RenderContext = { timeZone: 'Australia/Sydney', baseUrl: 'http://x' };
const ABSENT = {
  extension: [
    { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' },
  ],
};

/** What a template of Patient gives for a row (of the table `Patients` as `p`). */
function patient(
  resource: object,
  values: RowValues = {},
  settings: SiteSettings = {},
): Record<string, unknown> {
  const files = clinicFiles();
  files['Patient.json'].resource = resource;
  const mapping = loadMapping(files, 'tsql', settings).resources.get('Patient')!;
  const row = rowOf({ 'p.PatientID': 66, ...values });
  return Object.assign({}, ...mapping.elements.map((element) => element.render(row, context)));
}

describe('objects', () => {
  const telecom = { system: 'phone', value: { $: 'p.Phone' }, use: 'mobile' };

  it('stand when one of their columns has a value, or when all is constant', () => {
    expect(patient({ telecom: [telecom] }, { 'p.Phone': '02 5550' })).toEqual({
      telecom: [{ system: 'phone', value: '02 5550', use: 'mobile' }],
    });
    expect(patient({ telecom: [telecom] })).toEqual({});
    expect(patient({ maritalStatus: { text: 'unasked' } })).toEqual({
      maritalStatus: { text: 'unasked' },
    });
  });

  it('do not stand on constants in lists of theirs, nor on what a condition chose', () => {
    const name = { prefix: ['Dr'], family: { $: 'p.Surname' } };
    expect(patient({ name: [name] })).toEqual({});
    const chosen = {
      ...telecom,
      use: { $if: { column: 'p.IsDeleted', equals: true }, then: 'old', else: 'home' },
    };
    expect(patient({ telecom: [chosen] }, { 'p.IsDeleted': true })).toEqual({});
    expect(patient({ telecom: [chosen] }, { 'p.IsDeleted': 0, 'p.Phone': '1' })).toEqual({
      telecom: [{ system: 'phone', value: '1', use: 'home' }],
    });
  });

  it('stand on a condition where nothing else varies', () => {
    const concept = { coding: [{ $if: 'p.Surname', then: { code: 'A' } }] };
    expect(patient({ maritalStatus: concept }, { 'p.Surname': 'Ng' })).toEqual({
      maritalStatus: { coding: [{ code: 'A' }] },
    });
    expect(patient({ maritalStatus: concept })).toEqual({});
  });

  it('are left out by $when', () => {
    const when = { ...telecom, $when: ['p.Surname', { column: 'p.IsDeleted', equals: false }] };
    const row = { 'p.Phone': '1', 'p.Surname': 'Ng', 'p.IsDeleted': false };
    expect(patient({ telecom: [when] }, row)).toHaveProperty('telecom');
    expect(patient({ telecom: [when] }, { ...row, 'p.Surname': ' ' })).toEqual({});
    expect(patient({ telecom: [when] }, { ...row, 'p.IsDeleted': true })).toEqual({});
    const constant = { text: 'widowed', $when: 'p.Surname' };
    expect(patient({ maritalStatus: constant }, row)).toHaveProperty('maritalStatus');
    expect(patient({ maritalStatus: constant })).toEqual({});
  });

  it('of the type Extension have a value or nothing', () => {
    const extension = [
      { url: 'http://e/a', valueBoolean: { $if: 'p.Surname', then: true } },
      { url: 'http://e/b', valueDate: { $: 'p.DOB' } },
    ];
    expect(patient({ extension })).toEqual({});
    expect(patient({ extension }, { 'p.Surname': 'x', 'p.DOB': '2000-01-01' })).toEqual({
      extension: [
        { url: 'http://e/a', valueBoolean: true },
        { url: 'http://e/b', valueDate: '2000-01-01' },
      ],
    });
  });

  it('are not changed by what was rendered before', () => {
    const resource = {
      birthDate: { $: 'p.DOB', $absent: 'unknown' },
      _birthDate: { extension: [{ url: 'http://e/a', valueString: { $: 'p.Title' } }] },
    };
    const twice = [patient(resource, { 'p.Title': 'Dr' }), patient(resource, { 'p.Title': 'Dr' })];
    expect(twice[0]).toEqual(twice[1]);
  });
});

describe('what is missing', () => {
  it.each([
    ['a primitive', { birthDate: { $: 'p.DOB', $absent: 'unknown' } }, { _birthDate: ABSENT }],
    [
      'a concept',
      { maritalStatus: { text: { $: 'p.Title' }, $absent: 'asked-unknown' } },
      {
        maritalStatus: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
              code: 'asked-unknown',
              display: 'Asked But Unknown',
            },
          ],
        },
      },
    ],
    [
      'another type',
      { name: [{ family: { $: 'p.Surname' }, $absent: 'unknown' }] },
      { name: [ABSENT] },
    ],
    [
      'a list',
      { name: [{ family: { $: 'p.Surname' } }, { $absent: 'unknown' }] },
      { name: [ABSENT] },
    ],
    [
      'a primitive in a list',
      { name: [{ given: [{ $: 'p.Firstname', $absent: 'unknown' }, 'X'] }] },
      { name: [{ given: [null, 'X'], _given: [ABSENT, null] }] },
    ],
    [
      'a Reference',
      { managingOrganization: { display: { $: 'p.Title' }, $absent: 'unknown' } },
      { managingOrganization: ABSENT },
    ],
  ])('%s says so', (_what, resource, expected) => {
    expect(patient(resource)).toEqual(expected);
  });

  it('stands beside the extensions of a primitive', () => {
    const resource = {
      birthDate: { $: 'p.DOB', $absent: 'unknown' },
      _birthDate: { extension: [{ url: 'http://e/a', valueString: { $: 'p.Title' } }] },
    };
    const own = { url: 'http://e/a', valueString: 'Dr' };
    expect(patient(resource, { 'p.Title': 'Dr' })).toEqual({
      _birthDate: { extension: [...ABSENT.extension, own] },
    });
    expect(patient(resource, { 'p.Title': 'Dr', 'p.DOB': '2000-01-01' })).toEqual({
      birthDate: '2000-01-01',
      _birthDate: { extension: [own] },
    });
  });
});

describe('forms', () => {
  it('$text has the columns in it, without blanks that are too many', () => {
    const resource = { name: [{ text: { $text: '{p.Title} {p.Firstname}  {p.Surname}' } }] };
    expect(patient(resource, { 'p.Title': 'Dr', 'p.Surname': 'Ng' })).toEqual({
      name: [{ text: 'Dr Ng' }],
    });
    expect(patient(resource)).toEqual({});
  });

  it('$first takes the first that has a value, a constant too', () => {
    const name = (...list: object[]) => ({ name: [{ family: { $first: list } }] });
    const columns = [{ $: 'p.Surname' }, { $: 'p.Title' }];
    expect(patient(name(...columns), { 'p.Title': 'Dr' })).toEqual({ name: [{ family: 'Dr' }] });
    expect(patient(name(...columns))).toEqual({});
    const resource = { name: [{ family: { $first: [{ $: 'p.Surname' }, 'Nobody'] } }] };
    expect(patient(resource)).toEqual({ name: [{ family: 'Nobody' }] });
  });

  it('$if asks columns, conditions and settings of the site', () => {
    const either = (test: unknown) => ({
      active: { $if: test, then: true, else: false },
    });
    expect(patient(either('p.Surname'), { 'p.Surname': 'x' })).toEqual({ active: true });
    expect(patient(either({ column: 'p.SexCode', in: ['F', 'M'] }), { 'p.SexCode': 'f' })).toEqual({
      active: true,
    });
    const not = either({ column: 'p.SexCode', notEquals: 'F' });
    expect(patient(not, { 'p.SexCode': 'M' })).toEqual({ active: true });
    expect(patient(not, { 'p.SexCode': 'F' })).toEqual({ active: false });
    expect(patient(not)).toEqual({ active: true });
    expect(patient(either({ column: 'p.DOB', is: 'null' }))).toEqual({ active: true });
    const setting = either({ setting: 'shy' });
    expect(patient(setting, {}, { shy: true })).toEqual({ active: true });
    expect(patient(setting)).toEqual({ active: false });
  });

  it('$if chooses between whole lists', () => {
    const resource = {
      name: { $if: 'p.Title', then: [{ family: 'A' }, { family: 'B' }], else: [{ text: 'C' }] },
    };
    expect(patient(resource, { 'p.Title': 'x' })).toEqual({
      name: [{ family: 'A' }, { family: 'B' }],
    });
    expect(patient(resource)).toEqual({ name: [{ text: 'C' }] });
  });

  it('$coding gives all codings in a list, and the first where one is wanted', () => {
    const files = clinicFiles();
    files['codes.json'].sex.codes.M = [
      { system: 'http://a', code: 'male' },
      { system: 'http://b', code: 'm', display: 'Male' },
    ];
    files['Patient.json'].resource = {
      extension: [{ url: 'http://e', valueCoding: { $coding: 'p.SexCode', codes: 'sex' } }],
      maritalStatus: { coding: [{ $coding: 'p.SexCode', codes: 'sex' }] },
    };
    const mapping = loadMapping(files, 'tsql').resources.get('Patient')!;
    const row = rowOf({ 'p.SexCode': 'M' });
    expect(mapping.elements.map((element) => element.render(row, context))).toEqual([
      { extension: [{ url: 'http://e', valueCoding: { system: 'http://a', code: 'male' } }] },
      {
        maritalStatus: {
          coding: [
            { system: 'http://a', code: 'male' },
            { system: 'http://b', code: 'm', display: 'Male' },
          ],
        },
      },
    ]);
  });

  it('codes are found for flags, and for a boolean', () => {
    const files = clinicFiles();
    files['codes.json'].life = { codes: { true: 'false', 0: 'true' } };
    files['Patient.json'].resource = { active: { $: 'p.IsDeleted', codes: 'life' } };
    const [element] = loadMapping(files, 'tsql').resources.get('Patient')!.elements;
    for (const deleted of [true, 1, 1n, '1']) {
      expect(element!.render(rowOf({ 'p.IsDeleted': deleted }), context)).toEqual({
        active: false,
      });
    }
    expect(element!.render(rowOf({ 'p.IsDeleted': 0 }), context)).toEqual({ active: true });
  });

  it('a date has its time in another column', () => {
    const resource = { deceasedDateTime: { $: 'p.DOB', time: 'p.UpdatedAt' } };
    const row = { 'p.DOB': '2026-01-15', 'p.UpdatedAt': '1900-01-01T10:30:00' };
    expect(patient(resource, row)).toEqual({ deceasedDateTime: '2026-01-15T10:30:00+11:00' });
    expect(patient(resource, { 'p.DOB': '2026-01-15' })).toEqual({
      deceasedDateTime: '2026-01-15',
    });
    expect(patient(resource, { 'p.UpdatedAt': '1900-01-01T10:30:00' })).toEqual({});
  });

  it('$identifier leaves the type off when the check digits are wrong, unless it is always wanted', () => {
    const identifier = (more: object) => ({
      identifier: [{ $identifier: 'medicare', value: { $: 'p.IHI' }, ...more }],
    });
    const right = patient(identifier({ period: { end: { $: 'p.DOB' } } }), {
      'p.IHI': '2123456701',
      'p.DOB': '2027-01-31',
    });
    expect(right).toMatchObject({
      identifier: [
        { type: { coding: [{ code: 'MC' }] }, value: '2123456701', period: { end: '2027-01-31' } },
      ],
    });
    const wrong = { 'p.IHI': '2123456711' };
    expect(patient(identifier({}), wrong)).toEqual({
      identifier: [
        { system: 'http://ns.electronichealth.net.au/id/medicare-number', value: '2123456711' },
      ],
    });
    expect(patient(identifier({ type: 'always' }), wrong)).toHaveProperty('identifier[0].type');
    expect(patient(identifier({ use: 'official' }))).toEqual({});
  });

  it('contained resources are those of their own type', () => {
    const contained = [{ resourceType: 'Organization', id: 'fund', name: { $: 'p.Title' } }];
    expect(patient({ contained }, { 'p.Title': 'HCF' })).toEqual({
      contained: [{ resourceType: 'Organization', id: 'fund', name: 'HCF' }],
    });
    expect(patient({ contained })).toEqual({});
  });

  it('numbers keep their digits', () => {
    const extension = [{ url: 'http://e', valueDecimal: { $: 'p.Weight' } }];
    const weight = '12345678901234567.89';
    expect(patient({ extension }, { 'p.Weight': weight })).toEqual({
      extension: [{ url: 'http://e', valueDecimal: new LosslessNumber(weight) }],
    });
  });
});

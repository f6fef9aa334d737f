import { describe, expect, it } from 'vitest';
import { smallClinicFiles } from '../../../test/support/small-clinic.ts';
import { loadMapping } from '../mapping/load-mapping.ts';
import { parseSearch, SearchError } from './index.ts';

const system = loadMapping(smallClinicFiles('linguistic'), 'tsql');
const options = { baseUrl: 'https://g.example/R4', timeZone: 'Australia/Sydney', now: 0 };

function parse(type: string, ...parameters: [string, string][]) {
  const mapping = system.resources.get(type);
  if (!mapping) throw new Error(type);
  return parseSearch(mapping, system, parameters, options);
}

function errorOf(type: string, name: string, value: string): SearchError {
  try {
    parse(type, [name, value]);
  } catch (error) {
    if (error instanceof SearchError) return error;
    throw error;
  }
  throw new Error(`${name}=${value} was followed`);
}

describe('parameters', () => {
  it('are told apart: followed, unknown, and empty ones that are left out', () => {
    const search = parse(
      'Patient',
      ['family', 'Ng'],
      ['shoe-size', '43'],
      ['shoe-size', '44'],
      ['birthdate', ''],
      ['birthdate', 'ge1980'],
      ['birthdate', 'lt1990'],
      ['_sort', '-birthdate'],
    );
    expect(search.unknown).toEqual(['shoe-size']);
    expect(search.used).toEqual([
      ['family', 'Ng'],
      ['birthdate', 'ge1980'],
      ['birthdate', 'lt1990'],
      ['_sort', '-birthdate'],
    ]);
    expect(search.filters).toHaveLength(3);
    expect(search.sort).toMatchObject([
      { places: [{ column: { column: { name: 'DOB' } } }], isDescending: true },
    ]);
  });

  it('have alternatives between commas, and escapes', () => {
    const [filter] = parse('Patient', ['family', String.raw`a\,b,c\|d\$e\\f,,`]).filters;
    expect(filter).toMatchObject({
      kind: 'any',
      filters: [{ text: 'a,b' }, { text: String.raw`c|d$e\f` }],
    });
    const [token] = parse('Patient', ['identifier', String.raw`urn:a|x\|y\,z`]).filters;
    expect(JSON.stringify(token)).toContain('x|y,z');
  });

  it('with a type that they do not have are unknown in no other type', () => {
    expect(parse('Practitioner', ['birthdate', '1980']).unknown).toEqual(['birthdate']);
    expect(parse('Practitioner', ['_lastUpdated', 'gt2024']).unknown).toEqual(['_lastUpdated']);
  });

  it.each([
    ['Patient', 'family:phonetic', 'x', 'not-supported', ':phonetic'],
    ['Patient', 'birthdate:exact', '2024', 'not-supported', ':exact'],
    ['Patient', 'gender:in', 'x', 'not-supported', ':in'],
    ['Patient', '_id:not', '1', 'not-supported', ':not'],
    ['Patient', 'birthdate', '2024-02-30', 'invalid', 'birthdate'],
    ['Patient', 'birthdate', 'xx2024', 'invalid', 'birthdate'],
    ['Patient', 'birthdate', '2024-01-01T25:00:00Z', 'invalid', 'birthdate'],
    ['Patient', 'birthdate', '2024-01-01T10:00:00+15:00', 'invalid', 'birthdate'],
    ['Patient', 'birthdate', '0000', 'invalid', 'birthdate'],
    ['Patient', 'birthdate:missing', 'yes', 'invalid', 'true or false'],
    ['Patient', 'gender', 'a|b|c', 'invalid', 'gender'],
    ['Patient', 'gender', '|', 'invalid', 'gender'],
    ['Patient', 'identifier:of-type', 'a|b', 'invalid', 'system|code|value'],
    ['Patient', 'family', 'a\0b', 'invalid', 'U+0000'],
    ['Patient', 'family', '\ud800', 'invalid', 'surrogate'],
    ['Patient', 'family', 'x'.repeat(101), 'invalid', '100'],
    [
      'Patient',
      '_id',
      Array.from({ length: 201 }, (_, index) => index).join(','),
      'too-costly',
      '200',
    ],
    ['Encounter', 'patient', 'Patient/1/2', 'invalid', 'patient'],
    ['Encounter', 'patient:Device', '1', 'not-supported', ':Device'],
    ['Encounter', 'patient.shoe-size', '43', 'not-supported', 'shoe-size'],
    ['Encounter', 'date.family', 'x', 'not-supported', 'date'],
    ['Encounter', 'length', 'five', 'invalid', 'length'],
    ['Encounter', 'length', '5|min', 'invalid', '5.4|system|code'],
    ['Encounter', 'length', 'five|http://unitsofmeasure.org|min', 'invalid', 'length'],
    ['Encounter', 'practitioner:identifier', 'x', 'not-supported', 'identifier'],
    ['Encounter', 'date:identifier', 'x', 'not-supported', ':identifier'],
    [
      'Encounter',
      'patient.general-practitioner._has:Encounter:practitioner:status',
      'x',
      'not-supported',
      '2',
    ],
    ['Patient', '_has:Encounter:practitioner:status', 'finished', 'not-supported', '_has'],
    ['Patient', '_has:Encounter', 'finished', 'not-supported', '_has'],
    ['Patient', '_sort', 'shoe-size', 'not-supported', 'shoe-size'],
    ['Patient', '_sort', 'identifier', 'not-supported', 'several values'],
    ['Patient', '_sort', 'family,family,family,family,family,family', 'too-costly', '5'],
  ])('%s?%s=%s is refused as %4$s', (type, name, value, code, part) => {
    const error = errorOf(type, name, value);
    expect(error).toMatchObject({ code, parameter: name });
    expect(error.message).toContain(part);
  });

  it('name no unit where the mapping knows of none', () => {
    const files = smallClinicFiles('linguistic');
    const encounter = files['Encounter.json'] as { search: object };
    const search = { ...encounter.search, length: { quantity: 'v.Cost' } };
    const bare = loadMapping({ ...files, 'Encounter.json': { ...encounter, search } }, 'tsql');
    const mapping = bare.resources.get('Encounter');
    if (!mapping) throw new Error('no mapping');
    const parseLength = (value: string) => parseSearch(mapping, bare, [['length', value]], options);
    expect(() => parseLength('5|http://unitsofmeasure.org|min')).toThrow(/names a unit/);
    expect(parseLength('5||').filters).toHaveLength(1);
  });

  it('may be fifty', () => {
    const many = Array.from({ length: 51 }, (): [string, string] => ['family', 'x']);
    expect(() => parse('Patient', ...many)).toThrow(SearchError);
  });

  it('cannot join what is in different databases', () => {
    const encounter = system.resources.get('Encounter');
    const patient = system.resources.get('Patient');
    if (!encounter || !patient) throw new Error('no mapping');
    const apart = {
      ...system,
      resources: new Map([...system.resources, ['Patient', { ...patient, catalogue: 'Other' }]]),
    };
    expect(() => parseSearch(encounter, apart, [['patient.family', 'x']], options)).toThrow(
      /different databases/,
    );
  });
});

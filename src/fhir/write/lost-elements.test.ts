import { assert, dictionary, jsonValue, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLostElements } from './lost-elements.ts';

const baseUrl = 'https://gateway.example/integrator/sites/1/fhir/R4';
const compare = (submitted: object, stored: object, ignored: readonly string[] = []) =>
  findLostElements(
    { resourceType: 'Patient', ...submitted },
    { resourceType: 'Patient', ...stored },
    { baseUrl, ignored: new Set(ignored) },
  ).map(({ place }) => place);

describe('what a stored resource lost of the submitted one', () => {
  it('is nothing when all of it stands there, with more beside it', () => {
    const submitted = { name: [{ family: 'Ng', given: ['Kit'] }], gender: 'male' };
    const stored = {
      id: '1',
      name: [{ use: 'official', family: 'Ng', given: ['Kit'] }],
      gender: 'male',
    };
    expect(compare(submitted, stored)).toEqual([]);
  });

  it('names each lost value by its place', () => {
    const submitted = {
      name: [{ family: 'Ng', suffix: ['Jr'] }],
      photo: [{ url: 'x' }],
      active: true,
    };
    const stored = { name: [{ family: 'Nguyen' }], active: false };
    expect(compare(submitted, stored)).toEqual([
      'name[0].family',
      'name[0].suffix[0]',
      'photo[0].url',
      'active',
    ]);
  });

  it('does not mind the order of a list, but counts each item once', () => {
    const phone = (value: string) => ({ system: 'phone', value });
    expect(
      compare({ telecom: [phone('1'), phone('2')] }, { telecom: [phone('2'), phone('1')] }),
    ).toEqual([]);
    expect(compare({ telecom: [phone('1'), phone('1')] }, { telecom: [phone('1')] })).toEqual([
      'telecom[1].system',
      'telecom[1].value',
    ]);
  });

  it('knows one moment in two zones, one reference in two forms, one number in two texts', () => {
    expect(
      compare(
        {
          start: '2026-12-01T00:00:00Z',
          subject: { reference: `${baseUrl}/Patient/1` },
          priority: 1,
        },
        {
          start: '2026-12-01T11:00:00+11:00',
          subject: { reference: 'Patient/1' },
          priority: 1.0,
        },
      ),
    ).toEqual([]);
    expect(compare({ birthDate: '1970' }, { birthDate: '1970-01-01' })).toEqual(['birthDate']);
  });

  it('leaves out what the server writes, displays, and what the mapping names', () => {
    const submitted = {
      id: '7',
      meta: { versionId: 'x' },
      text: { status: 'generated', div: '<div/>' },
      managingOrganization: { reference: 'Organization/1', display: 'Old name' },
      name: [{ text: 'Old text', family: 'Ng' }],
    };
    const stored = {
      managingOrganization: { reference: 'Organization/1', display: 'New name' },
      name: [{ text: 'New text', family: 'Ng' }],
    };
    expect(compare(submitted, stored)).toEqual(['name[0].text']);
    expect(compare(submitted, stored, ['name.text'])).toEqual([]);
  });

  it('misses labels, which say how a resource is to be treated', () => {
    const meta = { profile: ['x'], tag: [{ code: 'a' }], security: [{ code: 'R' }] };
    expect(compare({ meta }, { meta: { versionId: '1' } })).toEqual([
      'meta.tag[0].code',
      'meta.security[0].code',
    ]);
    expect(compare({ meta }, { meta })).toEqual([]);
  });

  it('misses the whole item of a list, also when it held nothing but what the mapping names', () => {
    const submitted = { name: [{ family: 'Ng' }, { text: 'Somebody else' }] };
    const stored = { name: [{ text: 'Ng', family: 'Ng' }] };
    expect(compare(submitted, stored, ['name.text'])).toEqual(['name[1].text']);
  });

  it('tells what became another value from what is gone', () => {
    const lost = findLostElements(
      { birthDate: '1970-01-01', gender: 'male', photo: [{ url: 'x' }] },
      { birthDate: '1970-01-02' },
      { baseUrl, ignored: new Set() },
    );
    expect(lost.map(({ place, isReplaced }) => [place, isReplaced])).toEqual([
      ['birthDate', true],
      ['gender', false],
      ['photo[0].url', false],
    ]);
  });

  it('finds nothing lost between a resource and itself', () => {
    assert(
      property(dictionary(string(), jsonValue()), (resource) => {
        expect(compare(resource, structuredClone(resource))).toEqual([]);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { withUnknownElements } from './unknown-elements.ts';

const ABSENT = {
  url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
  valueCode: 'unknown',
};
const UNKNOWN = { extension: [ABSENT] };
const laboratory = [{ coding: [{ code: 'laboratory' }] }];

describe('what a summary wants and nobody has recorded', () => {
  it.each([
    ['MedicationStatement', {}, { _effectiveDateTime: UNKNOWN }],
    ['MedicationStatement', { effectivePeriod: { start: '2024' } }, {}],
    ['Procedure', { performer: [{ actor: {} }] }, { _performedDateTime: UNKNOWN }],
    ['Procedure', { performedString: 'as a child' }, {}],
    ['Observation', { _effectiveDateTime: { id: 'x' } }, {}],
    [
      'Observation',
      { category: laboratory },
      { _effectiveDateTime: UNKNOWN, performer: [UNKNOWN] },
    ],
    ['Condition', {}, {}],
  ])('is said to be unknown in a %s of %o', (resourceType, given, added) => {
    expect(withUnknownElements({ resourceType, ...given })).toEqual({
      resourceType,
      ...given,
      ...added,
    });
  });

  it.each([
    [undefined, [{ _family: UNKNOWN }]],
    [[UNKNOWN], [{ _family: UNKNOWN }]],
    [[{ use: 'usual', prefix: ['Ms'] }], [{ use: 'usual', prefix: ['Ms'], _family: UNKNOWN }]],
    [
      [{ extension: [{ url: 'urn:x', valueString: 'y' }, ABSENT] }],
      [{ extension: [{ url: 'urn:x', valueString: 'y' }], _family: UNKNOWN }],
    ],
    [[{ text: 'Mei Ng' }], [{ text: 'Mei Ng' }]],
    [[{ given: ['Mei'], _family: UNKNOWN }], [{ given: ['Mei'], _family: UNKNOWN }]],
  ])('makes a name of a patient with the names %o', (name, wanted) => {
    const patient = { resourceType: 'Patient', ...(name ? { name } : {}) };
    expect(withUnknownElements(patient)).toEqual({ resourceType: 'Patient', name: wanted });
  });
});

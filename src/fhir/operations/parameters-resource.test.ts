import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { FhirProblem } from '../outcome/fhir-problem.ts';
import { parametersOfResource } from './parameters-resource.ts';

const NAMES = new Set(['one']);

function valueOf(member: string, value: unknown): string | undefined {
  const parameter = [{ name: 'one', [member]: value }];
  return parametersOfResource({ resourceType: 'Parameters', parameter }, NAMES)[0]?.value;
}

function problemOf(body: Record<string, unknown>) {
  try {
    parametersOfResource({ resourceType: 'Parameters', ...body }, NAMES);
  } catch (error) {
    if (error instanceof FhirProblem) return error.issues[0];
  }
  throw new Error('no problem');
}

describe('the parameters in a Parameters resource', () => {
  it.each([
    ['valueString', 'urn:a|1', 'urn:a|1'],
    ['valueBoolean', true, 'true'],
    ['valueInteger', new LosslessNumber('30'), '30'],
    ['valueIdentifier', { system: 'urn:a', value: '1,2' }, 'urn:a|1\\,2'],
    ['valueIdentifier', { value: '1' }, '1'],
    ['valueCoding', { system: 'urn:a|b', code: 'c' }, 'urn:a\\|b|c'],
    [
      'valueCodeableConcept',
      { coding: [{ code: 'a' }, { system: 'urn:a', code: 'b' }] },
      'a,urn:a|b',
    ],
    ['valueReference', { reference: 'Patient/1' }, 'Patient/1'],
    ['valueDuration', { value: new LosslessNumber('1'), code: 'h' }, '1 h'],
    ['valueQuantity', { value: new LosslessNumber('30') }, '30'],
  ])('reads %s %j', (member, value, text) => {
    expect(valueOf(member, value)).toBe(text);
  });

  it.each([
    [{ resourceType: 'Patient' }, 'resourceType'],
    [{ parameter: {} }, 'Parameters.parameter'],
    [{ parameter: ['a'] }, 'Parameters.parameter[0].name'],
    [{ parameter: [{ name: 'two' }, { valueString: 'a' }] }, 'Parameters.parameter[1].name'],
    [{ parameter: [{ name: 'one' }] }, 'Parameters.parameter[0].value'],
    [
      { parameter: [{ name: 'one', valueIdentifier: {} }] },
      'Parameters.parameter[0].valueIdentifier',
    ],
    [
      { parameter: [{ name: 'one', valueHumanName: { family: 'a' } }] },
      'Parameters.parameter[0].valueHumanName',
    ],
    [
      { parameter: [{ name: 'one', valueCodeableConcept: { text: 'a' } }] },
      'Parameters.parameter[0].valueCodeableConcept',
    ],
  ])('says what is wrong with %j', (body, expression) => {
    expect(problemOf(body)).toMatchObject({ expression });
  });

  it('looks at nothing of parameters that it does not know', () => {
    const parameter = [{ name: 'two', resource: { resourceType: 'Patient' } }];
    expect(parametersOfResource({ resourceType: 'Parameters', parameter }, NAMES)).toHaveLength(1);
    expect(parametersOfResource({ resourceType: 'Parameters' }, NAMES)).toEqual([]);
  });
});

import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { readResourceBody } from './resource-body.ts';

const JSON_TYPE = 'application/fhir+json; charset=utf-8';

describe('readResourceBody', () => {
  it('keeps the digits of numbers', () => {
    const resource = readResourceBody('\uFEFF{"resourceType":"Basic","value":1.10}', JSON_TYPE);
    expect(resource).toEqual({ resourceType: 'Basic', value: new LosslessNumber('1.10') });
  });

  it('does not let a body reach prototypes', () => {
    const text = '{"resourceType":"Basic","__proto__":{"isAdmin":true}}';
    const resource = readResourceBody(text, 'application/json');
    expect(resource['isAdmin']).toBeUndefined();
    expect(Object.getPrototypeOf(resource)).toBe(Object.prototype);
  });

  it.each([
    ['no body', undefined, JSON_TYPE, 400, 'no body'],
    ['an empty one', ' \n', JSON_TYPE, 400, 'no body'],
    ['broken JSON', '{"resourceType":"Patient",', JSON_TYPE, 400, 'character'],
    ['a member twice', '{"resourceType":"A","a":1,"a":2}', JSON_TYPE, 400, 'not JSON'],
    ['a list', '[]', JSON_TYPE, 400, 'not a JSON object'],
    ['null', 'null', JSON_TYPE, 400, 'not a JSON object'],
    ['no resourceType', '{}', JSON_TYPE, 400, 'resourceType is missing'],
    ['a number as resourceType', '{"resourceType":1}', JSON_TYPE, 400, 'resourceType is missing'],
    ['endless nesting', '['.repeat(200_000), JSON_TYPE, 400, 'nested too deeply'],
    ['XML', '<Patient/>', 'application/fhir+xml', 415, 'application/fhir+xml'],
    ['no type', '{"resourceType":"Patient"}', undefined, 415, 'no Content-Type'],
  ])('refuses %s', (_, body, contentType, status, words) => {
    expect(() => readResourceBody(body, contentType)).toThrow(
      expect.objectContaining({ status, message: expect.stringContaining(words) }),
    );
  });

  it('repeats nothing of a broken body', () => {
    expect(() => readResourceBody('{"resourceType": Citizen}', JSON_TYPE)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('Citizen') }),
    );
  });
});

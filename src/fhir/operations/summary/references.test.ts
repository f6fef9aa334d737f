import { expect, it } from 'vitest';
import { withinDocument } from './references.ts';

const BASE = 'https://gateway.example/fhir';
const inside = (reference: string) => reference === 'Practitioner/1';
const placed = (value: object) => withinDocument<object>(value, BASE, inside);

it('what is in the document, or in the resource itself, stays a reference', () => {
  const resource = {
    contained: [{ id: 'a', subject: { reference: 'Practitioner/1' } }],
    basedOn: [{ reference: '#a' }],
    performer: { reference: `${BASE}/Practitioner/1`, display: 'Dr Bose' },
  };
  expect(placed(resource)).toEqual(resource);
});

it.each([
  ['Practitioner/2', 'Practitioner', `${BASE}/Practitioner/2`],
  [`${BASE}/Practitioner/2`, 'Practitioner', `${BASE}/Practitioner/2`],
  ['https://other.example/Practitioner/1', undefined, 'https://other.example/Practitioner/1'],
  ['urn:uuid:7f1a', undefined, 'urn:uuid:7f1a'],
])('%s becomes a name', (reference, type, address) => {
  expect(placed({ actor: { reference, display: 'Dr Chen' } })).toEqual({
    actor: {
      ...(type ? { type } : {}),
      identifier: { system: 'urn:ietf:rfc:3986', value: address },
      display: 'Dr Chen',
    },
  });
});

it('addresses of attachments are absolute, those of extensions as they are', () => {
  const extension = [{ url: 'http://example.org/x', extension: [{ url: 'value' }] }];
  expect(placed({ photo: [{ url: 'Binary/4-1', title: 'x' }], extension })).toEqual({
    photo: [{ url: `${BASE}/Binary/4-1`, title: 'x' }],
    extension,
  });
});

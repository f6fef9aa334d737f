import { uuid as anyUuid, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { isUuid, newId } from './ids.ts';

test('ids of one process are distinct and in the order of their making', () => {
  assert(
    property(integer({ min: 2, max: 500 }), (count) => {
      const ids = Array.from({ length: count }, newId);
      expect(ids).toEqual([...new Set(ids)].toSorted());
    }),
    { numRuns: 20 },
  );
});

test('an id is a lower-case UUID', () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('UUIDs of any version and case are recognised, other texts are not', () => {
  assert(property(anyUuid(), (uuid) => isUuid(uuid) && isUuid(uuid.toUpperCase())));
});

test.each(['', 'registered', `${newId()} `, newId().slice(1), '1'.repeat(36)])(
  '"%s" is no UUID',
  (text) => {
    expect(isUuid(text)).toBe(false);
  },
);

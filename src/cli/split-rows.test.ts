import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitRows } from './split-rows.ts';

const element = fc.oneof(
  fc.json({ stringUnit: 'binary' }),
  fc.bigInt().map((value) => `${value}.${value < 0n ? -value : value}0`),
  fc
    .string({ unit: fc.constantFrom('"', '\\', ',', '[', ']', '{', '}') })
    .map((text) => JSON.stringify({ [text]: text })),
);
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

test('elements come out as they stand in the text', () => {
  fc.assert(
    fc.property(fc.array(element), space, (elements, gap) => {
      const json = `${gap}[${gap}${elements.join(`${gap},${gap}`)}${gap}]${gap}`;
      expect(splitRows(json)).toEqual(elements);
    }),
  );
});

test('a row that is spread over lines is one line, with the same strings', () => {
  const rows = splitRows('[\n{\n"a": "x\\ny",\r\n"b": 1.50\n}\n]');
  expect(rows).toEqual(['{ "a": "x\\ny", "b": 1.50 }']);
});

test.each([
  '',
  ' ',
  '{}',
  '1',
  '[',
  '[1',
  '["a',
  '["a\\"]',
  '[{"a":1]',
  '[1,]',
  '[,1]',
  '[1] x',
  '[][]',
])('what is no array is refused: %s', (json) => {
  expect(() => splitRows(json)).toThrow(SyntaxError);
});

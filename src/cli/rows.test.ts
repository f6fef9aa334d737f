import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellText, numericColumns, parseRows } from './rows.ts';

const literal = fc.oneof(
  fc.bigInt().map(String),
  fc.tuple(fc.bigInt(), fc.nat()).map(([whole, scale]) => `${whole}.${scale}0`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);
const name = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.nat().map(String),
  fc.string({ unit: fc.constantFrom('"', '\\', ',', ':', '{', '}', ' ') }),
  fc.constantFrom('__proto__', 'constructor', 'toString'),
);
const space = fc.constantFrom('', ' ', '\n\t');

describe('parseRows', () => {
  test('keeps names in the order of the text, and every digit', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, literal, name), { selector: ([key]) => key, minLength: 1 }),
        space,
        (columns, gap) => {
          // Each column comes twice: once as a number, once as a text that looks like JSON.
          const names = columns.flatMap(([key]) => [key, `${key}+`]);
          fc.pre(new Set(names).size === names.length);
          const members = columns.flatMap(([key, number, content]) => [
            `${JSON.stringify(key)}${gap}:${gap}${number}`,
            `${JSON.stringify(`${key}+`)}:${JSON.stringify(content)}`,
          ]);
          const row = `${gap}{${gap}${members.join(`${gap},${gap}`)}${gap}}`;
          const read = parseRows(`${gap}[${row},${row}]${gap}`);
          const cells = columns.flatMap(([, number, content]) => [number, content]);
          expect(read.names).toEqual(names);
          expect(
            read.cells.map((values) => values.map((value) => value !== null && cellText(value))),
          ).toEqual([cells, cells]);
        },
      ),
    );
  });

  test.each(['', '{}', '[1]', '[null]', '[[]]', '["a"]', '[{"a":[]}]', '[{"a":{}}]', '[{"a":1}'])(
    'refuses what is no array of flat rows: %s',
    (json) => {
      expect(() => parseRows(json)).toThrow(SyntaxError);
    },
  );

  test('a row of no columns is a row', () => {
    expect(parseRows('[{}]')).toEqual({ names: [], cells: [[]] });
  });
});

test('a column is numeric when it holds a number and no text', () => {
  const rows = parseRows('[{"a":1,"b":null,"c":"1","d":2},{"a":null,"b":null,"c":"2","d":"x"}]');
  expect(numericColumns(rows)).toEqual([true, false, false, false]);
});

import * as fc from 'fast-check';
import { LosslessNumber } from 'lossless-json';
import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';
import { type Cell, cellText } from './rows.ts';

/** Reads RFC 4180 strictly; an unquoted empty field is null. Throws where the text breaks the grammar. */
function readCsv(csv: string): (string | null)[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  while (field.lastIndex < csv.length) {
    const at = field.lastIndex;
    const match = field.exec(csv);
    if (!match) throw new Error(`No RFC 4180 at ${at}`);
    const [, quoted, bare, end] = match;
    record.push(quoted === undefined ? bare || null : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', 'a', ';', '\t', '=', '\ufeff') }),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  text,
  fc.bigInt().map((value) => new LosslessNumber(`${value}.50`)),
);
const rows = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    names: fc.uniqueArray(text, { minLength: width, maxLength: width }),
    cells: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
  }),
);

test('whatever the cells hold, an RFC 4180 reader gets it back, NULL apart from empty', () => {
  fc.assert(
    fc.property(rows, ({ names, cells }) => {
      const texts = cells.map((row) =>
        row.map((value) => (value === null ? null : cellText(value))),
      );
      expect(readCsv(toCsv({ names, cells }))).toEqual([names, ...texts]);
    }),
  );
});

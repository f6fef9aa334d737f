import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../protocol/values.ts';
import { uniqueColumnNames } from './column-names.ts';
import type { Column, ColumnType } from './columns.ts';
import { compileRowEncoder } from './row-encoder.ts';

const columns = (...names: string[]): Column[] =>
  names.map((name) => ({ name, type: 'variant' as const }));

/** A value of JSON that keeps the digits of its numbers. */
type Lossless = null | boolean | string | { readonly digits: string };

/** Reads one flat JSON object without turning numbers into floats; keys and values in order. */
function readFlatObject(json: string): [string, Lossless][] {
  JSON.parse(json);
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}:,]|[^\s{}:,"]+/g) ?? [];
  const fields: [string, Lossless][] = [];
  for (let index = 1; index + 2 < tokens.length; index += 4) {
    const [key = '', , value = ''] = tokens.slice(index, index + 3);
    const read: Lossless = /^["tfn]/.test(value)
      ? (JSON.parse(value) as null | boolean | string)
      : { digits: value };
    fields.push([JSON.parse(key) as string, read]);
  }
  return fields;
}

function encodeOne(type: ColumnType, value: Value): Lossless {
  const json = compileRowEncoder([{ name: 'c', type }]).encode([value]);
  const [field] = readFlatObject(json);
  return field?.[1] as Lossless;
}

describe('keys', () => {
  it.each([
    [
      ['', 'Name', ''],
      ['Column1', 'Name', 'Column2'],
    ],
    [
      ['ID', 'ID', 'ID'],
      ['ID', 'ID1', 'ID2'],
    ],
    [
      ['ID', 'ID', 'ID1'],
      ['ID', 'ID2', 'ID1'],
    ],
    [
      ['ID1', 'ID', 'ID'],
      ['ID1', 'ID', 'ID2'],
    ],
    [
      ['ID', 'id'],
      ['ID', 'id'],
    ],
    [
      ['', 'Column1'],
      ['Column11', 'Column1'],
    ],
    [
      ['__proto__', '__proto__'],
      ['__proto__', '__proto__1'],
    ],
    [[], []],
  ])('of %j are %j', (names, keys) => {
    expect(uniqueColumnNames(columns(...names))).toEqual(keys);
  });

  it('are unique and keep the order of the columns, whatever the names', () => {
    const name = fc.constantFrom('', 'ID', 'ID1', 'ID2', 'ID11', 'Column1', 'Column2', 'Column11');
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const row = names.map((_, index) => index);
        const fields = readFlatObject(compileRowEncoder(columns(...names)).encode(row));
        expect(fields.map(([, value]) => value)).toEqual(row.map((n) => ({ digits: String(n) })));
        expect(new Set(fields.map(([key]) => key)).size).toBe(names.length);
        const firsts = names.flatMap((own, index) =>
          own !== '' && names.indexOf(own) === index ? [[own, fields[index]?.[0]]] : [],
        );
        for (const [own, key] of firsts) expect(key).toBe(own);
      }),
    );
  });

  it('may hold any character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        const json = compileRowEncoder(columns(name)).encode([1]);
        expect(Object.keys(JSON.parse(json) as object)).toEqual([name]);
      }),
    );
  });
});

describe('values', () => {
  it('integers of every width keep their digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (integer) => {
        expect(encodeOne('integer', integer)).toEqual({ digits: String(integer) });
      }),
    );
    expect(encodeOne('integer', Number.MAX_SAFE_INTEGER)).toEqual({ digits: '9007199254740991' });
    expect(encodeOne('integer', 9007199254740993n)).toEqual({ digits: '9007199254740993' });
  });

  it('decimals keep every digit and their scale', () => {
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,27})(\.\d{1,10})?$/);
    fc.assert(
      fc.property(digits, (text) => {
        expect(encodeOne('decimal', text)).toEqual({ digits: text });
      }),
    );
  });

  it.each(['', '.5', '1.', '01', '+1', '1e5', 'NaN', '1,5', '--1', '1"'])(
    'a decimal of %j is refused rather than written as broken JSON',
    (text) => {
      expect(() => encodeOne('decimal', text)).toThrow("A value of the column 'c' is no valid");
    },
  );

  it('floats are read back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (float) => {
        const { digits } = encodeOne('float', float) as { digits: string };
        expect(Object.is(JSON.parse(digits), float)).toBe(true);
      }),
    );
    expect(encodeOne('float', 0.1)).toEqual({ digits: '0.1' });
    expect(encodeOne('float', 1e300)).toEqual({ digits: '1e+300' });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d has no JSON form',
    (value) => {
      for (const type of ['float', 'variant'] as const) {
        expect(() => encodeOne(type, value)).toThrow('NaN or an infinity');
      }
    },
  );

  it('text comes back as stored, and the JSON is well-formed also for half a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        expect(encodeOne('text', text)).toBe(text);
      }),
    );
    const json = compileRowEncoder(columns('c')).encode(['a\ud800\u2028\0"\\']);
    expect(Buffer.from(json).toString()).toBe(json);
    expect(JSON.parse(json)).toEqual({ c: 'a\ud800\u2028\0"\\' });
  });

  it('binary data is base64, also a view into a larger buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const view = new Uint8Array([9, ...bytes, 9]).subarray(1, bytes.length + 1);
        expect(Buffer.from(encodeOne('binary', view) as string, 'base64')).toEqual(
          Buffer.from(bytes),
        );
      }),
    );
  });

  it.each<[ColumnType, Value, Lossless]>([
    ['bit', true, true],
    ['bit', false, false],
    ['guid', '6f9619ff-8b86-d011-b42d-00c04fc964ff', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    ['date', '2024-01-31', '2024-01-31T00:00:00'],
    ['time', '09:30:00.1234567', '09:30:00.1234567'],
    ['datetime', '2024-01-31T09:30:00', '2024-01-31T09:30:00'],
    ['datetimeoffset', '2024-01-31T09:30:00+10:00', '2024-01-31T09:30:00+10:00'],
    ['variant', 5n, { digits: '5' }],
    ['variant', 'x', 'x'],
    ['variant', true, true],
    ['variant', Buffer.from('hi'), 'aGk='],
    ['variant', -0, { digits: '-0' }],
  ])('%s %s is written %s', (type, value, expected) => {
    expect(encodeOne(type, value)).toEqual(expected);
    expect(encodeOne(type, null)).toBeNull();
  });

  it.each<[ColumnType, Value]>([
    ['integer', 1.5],
    ['integer', '1'],
    ['integer', 2 ** 60],
    ['float', '1'],
    ['bit', 1],
    ['text', 1],
    ['date', 20240131],
    ['binary', 'aGk='],
  ])('a value that is no %s (%j) is an error, not a guess', (type, value) => {
    expect(() => encodeOne(type, value)).toThrow(
      expect.objectContaining({ name: 'SqlError', errorType: 'haloLink', errorCode: 1000 }),
    );
  });

  it('must be as many as the columns', () => {
    expect(() => compileRowEncoder(columns('a', 'b')).encode([1])).toThrow(
      '1 values for 2 columns',
    );
    expect(compileRowEncoder([]).encode([])).toBe('{}');
  });
});

import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../sql/columns.ts';
import { localCode, storedValue, UnstorableValue } from './stored-value.ts';

const column = (type: ColumnType, sqlType: string = type) =>
  ({ name: 'C', type, sqlType, textOrder: 'exact' }) as const;
const options = { localTimeOf: () => '2026-12-01T09:00:00' };
const instant = '2026-11-30T22:00:00Z';

describe('the stored form of a value', () => {
  it.each([
    ['bit', true, true],
    ['integer', 5, 5],
    ['integer', new LosslessNumber('9007199254740993'), 9007199254740993n],
    ['integer', '7', 7],
    ['decimal', new LosslessNumber('36.60'), '36.60'],
    ['float', new LosslessNumber('1e2'), 100],
    ['guid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['date', '1970-01-31', '1970-01-31'],
    ['date', instant, '2026-12-01'],
    ['time', '09:30:00', '09:30:00'],
    ['time', instant, '09:00:00'],
    ['datetime', instant, '2026-12-01T09:00:00'],
    ['datetimeoffset', instant, '2026-11-30T22:00:00+00:00'],
    ['text', '  Ng ', 'Ng'],
  ] as const)('%s: %s', (type, value, stored) => {
    expect(storedValue(value, column(type), options)).toEqual(stored);
  });

  it.each([
    ['bit', 'true'],
    ['integer', '1.5'],
    ['integer', true],
    ['decimal', new LosslessNumber('1e30')],
    ['decimal', 'abc'],
    ['guid', '12'],
    ['date', '1970'],
    ['date', '1970-01'],
    ['date', '2023-02-29'],
    ['date', '0000-01-01'],
    ['date', '2023-02-29T09:00:00Z'],
    ['datetime', '2026-11-30'],
    ['datetime', '2026-11-30T22:00:00'],
    ['datetime', '2026-11-30T25:00:00Z'],
    ['text', ['a']],
    ['text', { a: 1 }],
    ['binary', 'AAAA'],
  ] as const)('%s refuses %s', (type, value) => {
    expect(() => storedValue(value, column(type), options)).toThrow(UnstorableValue);
  });

  it.each([
    ['int', '2147483648'],
    ['tinyint', '-1'],
    ['bigint', '9223372036854775808'],
  ])('refuses a number that %s does not hold', (sqlType, value) => {
    expect(() => storedValue(value, column('integer', sqlType), options)).toThrow(UnstorableValue);
  });

  it.each([
    ['decimal(6,2)', '12345'],
    ['decimal(6,2)', '-10000.5'],
    ['money', '1000000000000000'],
  ])('refuses a number with too many digits for %s', (sqlType, value) => {
    expect(() => storedValue(value, column('decimal', sqlType), options)).toThrow(UnstorableValue);
    expect(storedValue('999.5', column('decimal', sqlType), options)).toBe('999.5');
  });

  it.each([
    ['datetime', '1752-12-31T00:00:00Z'],
    ['smalldatetime', '1899-12-31T00:00:00Z'],
    ['smalldatetime', '2080-01-01T00:00:00Z'],
  ])('refuses a moment that %s does not reach: %s', (sqlType, value) => {
    const local = { localTimeOf: (moment: string) => moment.slice(0, 19) };
    expect(() => storedValue(value, column('datetime', sqlType), local)).toThrow(UnstorableValue);
    expect(storedValue(value, column('datetime', 'datetime2'), local)).toBe(value.slice(0, 19));
  });

  it.each([
    ['U+0000', 'a\u0000b'],
    ['a bell', 'a\u0007b'],
    ['half of a surrogate pair', 'a\ud83db'],
  ])('refuses text with %s in it', (_name, value) => {
    expect(() => storedValue(value, column('text'), options)).toThrow(UnstorableValue);
  });

  it('keeps the lines of a text', () => {
    expect(storedValue('a\r\n\tb', column('text'), options)).toBe('a\r\n\tb');
  });

  it('refuses text that the column would cut', () => {
    const short = column('text', 'nvarchar(3)');
    expect(storedValue('abc', short, options)).toBe('abc');
    expect(() => storedValue('abcd', short, options)).toThrow('not be longer than 3 characters');
    expect(storedValue('x'.repeat(9000), column('text', 'nvarchar(max)'), options)).toHaveLength(
      9000,
    );
  });
});

describe('the practice’s own code', () => {
  const codings = new Map([
    ['F', [{ system: 's', code: 'female' }]],
    ['M', [{ system: 's', code: 'male' }]],
  ]);

  it('is found by the code that stands for it', () => {
    expect(localCode('male', { name: 'sex', codings })).toBe('M');
  });

  it('is not made up', () => {
    expect(() => localCode('other', { name: 'sex', codings })).toThrow(
      'must be one of female, male',
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../sql/driver.ts';
import { readColumnType } from '../mapping/column-type.ts';
import { idReader, isKeyColumn, keyReader } from './logical-id.ts';

const column = (declaration: string) => {
  const { sqlType, type } = readColumnType(declaration)!;
  return { name: 'K', sqlType, type, textOrder: 'exact' as const };
};

const VALUES: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  int: fc.integer(),
  tinyint: fc.integer({ min: 0, max: 255 }),
  bigint: fc.maxSafeInteger(),
  'varchar(10)': fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text.trimEnd() !== ''),
  'nvarchar(10)': fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 2 })
    .filter((text) => text.trimEnd() !== ''),
  uniqueidentifier: fc.uuid(),
  date: fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
};

describe('a logical id', () => {
  it('leads back to its key, and to no other', () => {
    const key = fc
      .array(fc.constantFrom(...Object.keys(VALUES)), { minLength: 1, maxLength: 3 })
      .chain((types) =>
        fc.tuple(
          fc.constant(types),
          fc.tuple(...types.map((type) => VALUES[type] as fc.Arbitrary<Value>)),
          fc.tuple(...types.map((type) => VALUES[type] as fc.Arbitrary<Value>)),
        ),
      );
    const stored = (value: Value) => (typeof value === 'string' ? value.trimEnd() : value);
    fc.assert(
      fc.property(key, ([types, one, other]) => {
        const columns = types.map(column);
        const write = keyReader(columns);
        const id = write(one);
        fc.pre(id !== undefined);
        expect(id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
        expect(idReader(columns)(id)).toEqual(one.map(stored));
        const isSame = one.every((value, index) => stored(value) === stored(other[index] as Value));
        expect(write(other) === id).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
  });

  it('has one form only: what is read is written the same again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(['int'], ['varchar(9)'], ['int', 'varchar(9)'], ['date', 'int']),
        fc.stringMatching(/^[A-Za-z0-9\-.]{1,12}$/),
        (types, id) => {
          const columns = types.map(column);
          const key = idReader(columns)(id);
          expect(key === undefined ? id : keyReader(columns)(key)).toBe(id);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['int', '66', [66]],
    ['int', '-3', [-3]],
    ['int', '066', undefined],
    ['int', '+66', undefined],
    ['int', '6.6', undefined],
    ['int', '2147483648', undefined],
    ['tinyint', '256', undefined],
    ['bigint', '9223372036854775807', [9223372036854775807n]],
    ['bigint', '9223372036854775808', undefined],
    ['varchar(9)', 'A-1', ['A-1']],
    ['varchar(9)', 'A.2F1', ['A/1']],
    ['varchar(9)', 'A.2f1', undefined],
    ['varchar(9)', 'A.411', undefined],
    ['varchar(9)', 'A.1', undefined],
    ['varchar(9)', 'A/1', undefined],
    ['uniqueidentifier', '0E984725-C51C-4BF4-9960-E1C80E27ABA0', undefined],
    ['date', '2026-02-30', undefined],
    ['int', '', undefined],
    ['varchar(99)', 'x'.repeat(65), undefined],
  ])('%s %s is %s', (declaration, id, expected) => {
    expect(idReader([column(declaration)])(id)).toEqual(expected);
  });

  it('is none for NULL, blank text, or a key too long', () => {
    expect(keyReader([column('int')])([null])).toBeUndefined();
    expect(keyReader([column('varchar(9)')])(['  '])).toBeUndefined();
    expect(keyReader([column('varchar(99)')])(['x'.repeat(65)])).toBeUndefined();
  });

  it('is made of some types only', () => {
    expect(['int', 'varchar(5)', 'uniqueidentifier', 'date'].map(column).every(isKeyColumn)).toBe(
      true,
    );
    expect(['bit', 'float', 'datetime', 'varbinary(8)'].map(column).some(isKeyColumn)).toBe(false);
  });
});

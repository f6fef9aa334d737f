import * as fc from 'fast-check';
import { LosslessNumber, stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../sql/driver.ts';
import { readColumnType } from '../mapping/column-type.ts';
import { floatText, jsonNumber, plainDecimal } from './decimal-text.ts';
import { conversionFor } from './element-values.ts';
import { cleanText, isOfForm } from './fhir-text.ts';
import { siteZone } from './site-zone.ts';

const zone = siteZone('Australia/Sydney');

function convert(declaration: string, type: string, value: Value): unknown {
  const { sqlType, type: columnType } = readColumnType(declaration)!;
  const column = { name: 'C', sqlType, type: columnType, textOrder: 'exact' as const };
  return conversionFor(column, type)?.(value, zone);
}

describe('a column fills an element', () => {
  it.each<[string, string, Value, unknown]>([
    ['bit', 'boolean', true, true],
    ['bit', 'boolean', 0, false],
    ['bit', 'boolean', 1n, true],
    ['bit', 'boolean', '1', true],
    ['bit', 'boolean', 'maybe', undefined],
    ['int', 'integer', -5, -5],
    ['bigint', 'integer', 3_000_000_000, undefined],
    ['int', 'positiveInt', 0, undefined],
    ['int', 'unsignedInt', 0, 0],
    ['decimal(9,2)', 'positiveInt', '3.00', 3],
    ['decimal(9,2)', 'positiveInt', '3.50', undefined],
    ['decimal(9,2)', 'decimal', '12.50', 12.5],
    ['decimal(9,2)', 'decimal', 12.5, 12.5],
    ['float', 'decimal', 1e-7, new LosslessNumber('0.0000001')],
    ['real', 'decimal', Math.fround(5.4), 5.4],
    ['float', 'decimal', Number.NaN, undefined],
    ['varchar(20)', 'decimal', ' 5.40 ', 5.4],
    ['varchar(20)', 'decimal', '<5', undefined],
    ['date', 'date', '2026-01-15', '2026-01-15'],
    ['date', 'date', '2026-01-15T00:00:00', '2026-01-15'],
    ['date', 'dateTime', '2026-01-15', '2026-01-15'],
    ['datetime', 'date', '2026-01-15T10:30:00', '2026-01-15'],
    ['datetime', 'dateTime', '2026-01-15T10:30:00', '2026-01-15T10:30:00+11:00'],
    ['datetime', 'dateTime', '2026-01-15', '2026-01-15T00:00:00+11:00'],
    ['datetime', 'instant', '2026-01-15 10:30:00.50', '2026-01-15T10:30:00.5+11:00'],
    ['datetime', 'dateTime', 'soon', undefined],
    ['datetimeoffset', 'dateTime', '2026-01-15T10:30:00+08:00', '2026-01-15T10:30:00+08:00'],
    ['datetimeoffset', 'date', '2026-01-15T10:30:00+08:00', '2026-01-15'],
    ['varchar(10)', 'date', '1950-05', '1950-05'],
    ['varchar(10)', 'date', '5/1950', undefined],
    ['time', 'time', '10:30:00', '10:30:00'],
    ['char(10)', 'string', 'Ng        ', 'Ng'],
    ['nvarchar(10)', 'markdown', 'a\u0000b\r\nc', 'ab\r\nc'],
    ['nvarchar(10)', 'string', '   ', undefined],
    ['int', 'string', 42, '42'],
    ['bigint', 'string', 9007199254740993n, '9007199254740993'],
    ['datetime', 'string', '2026-01-15T10:30:00', '2026-01-15T10:30:00'],
    ['varchar(10)', 'code', 'two words', 'two words'],
    ['varchar(10)', 'code', 'two  words', undefined],
    ['varchar(10)', 'id', 'a_b', undefined],
    ['varchar(10)', 'uri', 'a b', undefined],
    [
      'uniqueidentifier',
      'uuid',
      '0E984725-C51C-4BF4-9960-E1C80E27ABA0',
      'urn:uuid:0e984725-c51c-4bf4-9960-e1c80e27aba0',
    ],
    [
      'uniqueidentifier',
      'string',
      '0e984725-c51c-4bf4-9960-e1c80e27aba0',
      '0e984725-c51c-4bf4-9960-e1c80e27aba0',
    ],
    ['varbinary(max)', 'base64Binary', new Uint8Array([1, 2, 3]), 'AQID'],
    ['varbinary(max)', 'base64Binary', new Uint8Array(), undefined],
  ])('%s as %s: %s gives %s', (declaration, type, value, expected) => {
    expect(convert(declaration, type, value)).toEqual(expected);
  });

  it('gives nothing for NULL', () => {
    for (const [declaration, type] of [
      ['bit', 'boolean'],
      ['int', 'integer'],
      ['decimal(5,1)', 'decimal'],
      ['date', 'date'],
      ['datetime', 'instant'],
      ['datetimeoffset', 'dateTime'],
      ['time', 'time'],
      ['varchar(5)', 'code'],
      ['uniqueidentifier', 'uri'],
      ['image', 'base64Binary'],
    ] as const) {
      expect(convert(declaration, type, null)).toBeUndefined();
    }
  });

  it.each([
    ['nvarchar(50)', 'boolean'],
    ['int', 'boolean'],
    ['bit', 'string'],
    ['date', 'instant'],
    ['datetime', 'time'],
    ['varbinary(8)', 'string'],
    ['nvarchar(50)', 'xhtml'],
    ['float', 'integer'],
  ])('but %s is nothing for %s', (declaration, type) => {
    const { sqlType, type: columnType } = readColumnType(declaration)!;
    const column = { name: 'C', sqlType, type: columnType, textOrder: 'exact' as const };
    expect(conversionFor(column, type)).toBeUndefined();
  });
});

describe('numbers', () => {
  const digits = fc.stringMatching(/^-?(?:0|[1-9]\d{0,25})(?:\.\d{1,20})?$/);

  it('keep all their digits in JSON, and lose only zeros at the end', () => {
    fc.assert(
      fc.property(digits, (text) => {
        const plain = plainDecimal(text)!;
        const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
        expect(plain).toBe(trimmed === '-0' ? '0' : trimmed);
        expect(stringify(jsonNumber(plain))).toBe(plain);
        expect(plainDecimal(plain)).toBe(plain);
      }),
    );
  });

  it('are written without exponents, and mean the same float', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = floatText(value, false)!;
        expect(text).toMatch(/^-?\d+(?:\.\d*[1-9])?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
    );
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = floatText(value, true)!;
        expect(Math.fround(Number(text))).toBe(value === 0 ? 0 : value);
        expect(text.replace(/\D/g, '').replace(/^0+|0+$/g, '').length).toBeLessThanOrEqual(9);
      }),
    );
  });

  it.each(['', '.', '-', '1,5', '0x1', 'Infinity', '1e5000', '1 2'])('%j is none', (text) => {
    expect(plainDecimal(text)).toBeUndefined();
  });
});

describe('text', () => {
  it('has nothing that FHIR forbids, whatever is stored', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 40 });
    const controls = fc.string({
      unit: fc.constantFrom('a', ' ', '\u0000', '\u0007', '\u00a0', '\t', '\n', '\ud800', '\u2028'),
    });
    fc.assert(
      fc.property(fc.oneof(anything, controls), (text) => {
        const cleaned = cleanText(text);
        if (cleaned === undefined) return;
        expect(cleaned).toMatch(/^[ \r\n\t\S]+$/);
        // oxlint-disable-next-line no-control-regex
        expect(cleaned).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\p{Surrogate}]/u);
        expect(cleaned).toBe(cleaned.trim());
        expect(cleanText(cleaned)).toBe(cleaned);
      }),
    );
  });

  it('keeps what is good', () => {
    expect(cleanText('Zoë  O’Brien\nline')).toBe('Zoë  O’Brien\nline');
    expect(cleanText('\u00a0a\u00a0b\u0001 ')).toBe('a b');
    expect(isOfForm('anything at all', 'string')).toBe(true);
  });
});

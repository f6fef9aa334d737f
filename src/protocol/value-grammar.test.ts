import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterTypeName } from './command.ts';
import { canonicalInteger, readValue } from './value-grammar.ts';
import type { Value } from './values.ts';

type Case = [ParameterTypeName, string, Value];

const ACCEPTED: Case[] = [
  ['TinyInt', '0', 0],
  ['TinyInt', '255', 255],
  ['SmallInt', '-32768', -32_768],
  ['SmallInt', '32767', 32_767],
  ['Int', '-2147483648', -2_147_483_648],
  ['Int', ' +0042 ', 42],
  ['Int', '-0', 0],
  ['Int', '2147483647', 2_147_483_647],
  ['BigInt', '9007199254740991', 9_007_199_254_740_991],
  ['BigInt', '9007199254740993', 9_007_199_254_740_993n],
  ['BigInt', '-9007199254740993', -9_007_199_254_740_993n],
  ['BigInt', '9223372036854775807', 9_223_372_036_854_775_807n],
  ['BigInt', '-9223372036854775808', -9_223_372_036_854_775_808n],
  ['Decimal', '12.50', '12.50'],
  ['Decimal', ' -0012.50 ', '-12.50'],
  ['Decimal', '-0.00', '0.00'],
  ['Decimal', '.5', '0.5'],
  ['Decimal', '5.', '5'],
  ['Decimal', '+7', '7'],
  ['Decimal', '9'.repeat(38), '9'.repeat(38)],
  ['Decimal', `-0.${'9'.repeat(38)}`, `-0.${'9'.repeat(38)}`],
  ['Decimal', '12345678901234567890123456.789012345678', '12345678901234567890123456.789012345678'],
  ['Money', '922337203685477.5807', '922337203685477.5807'],
  ['Money', '-922337203685477.5808', '-922337203685477.5808'],
  ['Money', '5', '5'],
  ['SmallMoney', '214748.3647', '214748.3647'],
  ['SmallMoney', '-214748.3648', '-214748.3648'],
  ['Float', '1.7976931348623157e308', 1.797_693_134_862_315_7e308],
  ['Float', '-5e-324', -5e-324],
  ['Float', '.5', 0.5],
  ['Float', '5.', 5],
  ['Float', '-0', -0],
  ['Real', '3.4028235e38', 3.402_823_5e38],
  ['Real', '0.1', 0.1],
  ['Bit', '1', true],
  ['Bit', ' TRUE ', true],
  ['Bit', 'false', false],
  ['Bit', '0', false],
  ['NVarChar', '', ''],
  ['NVarChar', "  O'Brien\0😀 ", "  O'Brien\0😀 "],
  ['Xml', '<a/>', '<a/>'],
  ['Variant', '66', '66'],
  ['VarBinary', '', Buffer.alloc(0)],
  ['VarBinary', 'AP8=', Buffer.from([0, 255])],
  ['Image', 'aGVs\nbG8h', Buffer.from('hello!')],
  ['Timestamp', 'AAAAAAAAB9E=', Buffer.from([0, 0, 0, 0, 0, 0, 7, 209])],
  [
    'UniqueIdentifier',
    '6F9619FF-8B86-D011-B42D-00C04FC964FF',
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
  ],
  [
    'UniqueIdentifier',
    '{6f9619ff-8b86-d011-b42d-00c04fc964ff}',
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
  ],
  ['Date', '0001-01-01', '0001-01-01'],
  ['Date', '9999-12-31', '9999-12-31'],
  ['Date', '2024-02-29', '2024-02-29'],
  ['Date', '2000-02-29T00:00:00.000Z', '2000-02-29'],
  ['Time', '09:30', '09:30:00'],
  ['Time', '23:59:59.9999999', '23:59:59.9999999'],
  ['Time', '09:30:00.1200000', '09:30:00.12'],
  ['Time', '00:00:00.0', '00:00:00'],
  ['DateTime', '1753-01-01', '1753-01-01T00:00:00'],
  ['DateTime', '9999-12-31T23:59:59.997', '9999-12-31T23:59:59.997'],
  ['DateTime', '2024-01-31 09:30:00.120Z', '2024-01-31T09:30:00.12'],
  ['DateTime2', '0001-01-01T00:00:00.0000001', '0001-01-01T00:00:00.0000001'],
  ['DateTime2', '9999-12-31T23:59:59.9999999', '9999-12-31T23:59:59.9999999'],
  ['SmallDateTime', '1900-01-01T00:00', '1900-01-01T00:00:00'],
  ['SmallDateTime', '2079-06-06T23:59:29', '2079-06-06T23:59:29'],
  ['DateTimeOffset', '2024-01-31T09:30:00+10:00', '2024-01-31T09:30:00+10:00'],
  ['DateTimeOffset', '2024-01-31T09:30:00.5Z', '2024-01-31T09:30:00.5+00:00'],
  ['DateTimeOffset', '2024-01-31', '2024-01-31T00:00:00+00:00'],
  ['DateTimeOffset', '2024-01-31T09:30:00-14:00', '2024-01-31T09:30:00-14:00'],
];

const REFUSED: [ParameterTypeName, string][] = [
  ['TinyInt', '-1'],
  ['TinyInt', '256'],
  ['SmallInt', '32768'],
  ['Int', '2147483648'],
  ['Int', '1.0'],
  ['Int', '1e3'],
  ['Int', ''],
  ['Int', '0x1F'],
  ['Int', '1 2'],
  ['BigInt', '9223372036854775808'],
  ['BigInt', '-9223372036854775809'],
  ['BigInt', '9'.repeat(41)],
  ['Decimal', ''],
  ['Decimal', '.'],
  ['Decimal', '-'],
  ['Decimal', '1,5'],
  ['Decimal', '1e5'],
  ['Decimal', '1'.repeat(39)],
  ['Decimal', `0.${'1'.repeat(39)}`],
  ['Decimal', `1.${'1'.repeat(38)}`],
  ['Money', '922337203685477.5808'],
  ['Money', '-922337203685477.5809'],
  ['Money', '1.00001'],
  ['SmallMoney', '214748.3648'],
  ['Float', 'NaN'],
  ['Float', 'Infinity'],
  ['Float', '1e309'],
  ['Float', '0x10'],
  ['Float', ''],
  ['Real', '3.5e38'],
  ['Bit', '2'],
  ['Bit', 'yes'],
  ['Bit', ''],
  ['VarBinary', 'AP8'],
  ['VarBinary', 'A==='],
  ['VarBinary', 'AP8-'],
  ['VarBinary', '0x00FF'],
  ['UniqueIdentifier', '6f9619ff8b86d011b42d00c04fc964ff'],
  ['UniqueIdentifier', '{6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  ['Date', '2023-02-29'],
  ['Date', '1900-02-29'],
  ['Date', '2024-13-01'],
  ['Date', '2024-04-31'],
  ['Date', '0000-01-01'],
  ['Date', '31/01/2024'],
  ['Date', '2024-01-31T09:30:00'],
  ['Time', '24:00'],
  ['Time', '09:60'],
  ['Time', '09:30:60'],
  ['Time', '09:30:00.12345678'],
  ['DateTime', '1752-12-31T23:59:59'],
  ['DateTime', '2024-01-31T09:30:00+10:00'],
  ['DateTime', '2024-02-30T00:00:00'],
  ['SmallDateTime', '1899-12-31'],
  ['SmallDateTime', '2079-06-07T00:00'],
  ['SmallDateTime', '2079-06-06T23:59:30'],
  ['DateTime', '9999-12-31T23:59:59.999'],
  ['DateTimeOffset', '9999-12-31T23:00:00-10:00'],
  ['SmallDateTime', '2080-01-01'],
  ['DateTimeOffset', '2024-01-31T09:30:00+14:01'],
  ['DateTimeOffset', '2024-01-31T09:30:00+10:60'],
  ['DateTimeOffset', '0001-01-01T00:00:00+10:00'],
];

describe('a value that its type can hold', () => {
  it.each(ACCEPTED)('%s %s', (type, text, value) => {
    expect(readValue(type, text)).toEqual({ ok: true, value });
  });
});

describe('a value that its type cannot hold', () => {
  it.each(REFUSED)('%s %s', (type, text) => {
    expect(readValue(type, text)).toMatchObject({ ok: false });
  });
});

describe('whole numbers', () => {
  it('keep every digit at any width', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (integer) => {
        const read = readValue('BigInt', String(integer));
        expect(read).toEqual({ ok: true, value: canonicalInteger(integer) });
        expect(String(canonicalInteger(integer))).toBe(String(integer));
      }),
    );
  });

  it('outside the range of their type are refused', () => {
    const beyond = fc.oneof(fc.bigInt({ min: 2n ** 31n }), fc.bigInt({ max: -(2n ** 31n) - 1n }));
    fc.assert(
      fc.property(beyond, (integer) => {
        expect(readValue('Int', String(integer)).ok).toBe(false);
      }),
    );
  });
});

describe('decimals', () => {
  it('keep their digits and their scale', () => {
    const whole = fc.bigInt({ min: 0n, max: 10n ** 20n });
    const fraction = fc.stringMatching(/^\d{1,17}$/);
    fc.assert(
      fc.property(fc.boolean(), whole, fraction, (isNegative, digits, decimals) => {
        const text = `${digits}.${decimals}`;
        const isZero = !/[1-9]/.test(text);
        const value = isNegative && !isZero ? `-${text}` : text;
        expect(readValue('Decimal', isNegative ? `-${text}` : text)).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('dates', () => {
  it('exist for the type exactly when they exist in the calendar', () => {
    const parts = fc.record({
      year: fc.integer({ min: 1, max: 9999 }),
      month: fc.integer({ min: 0, max: 13 }),
      day: fc.integer({ min: 0, max: 32 }),
    });
    fc.assert(
      fc.property(parts, ({ year, month, day }) => {
        const pad = (number: number, width: number): string => String(number).padStart(width, '0');
        const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
        const date = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
        expect(readValue('Date', text).ok).toBe(exists);
        expect(readValue('DateTime2', text).ok).toBe(exists);
      }),
      { numRuns: 1_000 },
    );
  });

  it('with a time come back in the wire form', () => {
    const min = new Date('1753-01-01T00:00:00Z');
    const max = new Date('9999-12-31T23:59:59.998Z');
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        const iso = date.toISOString();
        const value = iso.slice(0, 19) + iso.slice(19, -1).replace(/\.?0*$/, '');
        for (const type of ['DateTime', 'DateTime2'] as const) {
          expect(readValue(type, iso)).toEqual({ ok: true, value });
        }
        expect(readValue('DateTimeOffset', iso)).toEqual({ ok: true, value: `${value}+00:00` });
      }),
    );
  });
});

describe('long text', () => {
  it('is read in time that grows with its length only', () => {
    const types = ['Int', 'Decimal', 'Float', 'VarBinary', 'Date', 'DateTime', 'UniqueIdentifier'];
    for (const type of types as ParameterTypeName[]) {
      for (const piece of ['0', ' ', '1', 'A', '=', '0.']) {
        expect(readValue(type, `${piece.repeat(200_000)}!`).ok).toBe(false);
      }
    }
  });

  it('of megabytes is read as binary', () => {
    const bytes = Buffer.alloc(15_000_000, 7);
    const read = readValue('VarBinary', bytes.toString('base64'));
    expect(read.ok && bytes.equals(read.value as Buffer)).toBe(true);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandParameter } from '../protocol/command.ts';
import { canonicalInteger, readValue } from '../protocol/value-grammar.ts';
import type { Value } from '../protocol/values.ts';
import { parameterText, toResultParameters } from './output-parameters.ts';

describe('the text of a value', () => {
  it.each<[Value, string | null]>([
    [null, null],
    [true, 'true'],
    [false, 'false'],
    [66, '66'],
    [9223372036854775807n, '9223372036854775807'],
    ['12.50', '12.50'],
    ['', ''],
    [0.1, '0.1'],
    [-0, '-0'],
    [new Uint8Array([0, 255]), 'AP8='],
    ['2024-01-31T09:30:00', '2024-01-31T09:30:00'],
  ])('%s is %s', (value, text) => {
    expect(parameterText(value)).toBe(text);
  });

  it('is what the grammar reads back', () => {
    const typed = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => ['BigInt', n] as const),
      fc.boolean().map((flag) => ['Bit', flag] as const),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => ['Float', n] as const),
      fc.uint8Array().map((bytes) => ['VarBinary', bytes] as const),
      fc.string({ unit: 'binary' }).map((text) => ['NVarChar', text] as const),
    );
    fc.assert(
      fc.property(typed, ([type, value]) => {
        const read = readValue(type, parameterText(value));
        const canonical = typeof value === 'bigint' ? canonicalInteger(value) : value;
        const expected = canonical instanceof Uint8Array ? Buffer.from(canonical) : canonical;
        expect(read).toEqual({ ok: true, value: expected });
      }),
    );
  });
});

describe('the parameters of a result', () => {
  const asked: CommandParameter[] = [
    { name: '@in', type: 'Int', value: '1' },
    { name: '@Total', direction: 'output', type: 'Decimal', size: 9 },
    { name: '@both', direction: 'inputOutput', type: 'NVarChar', value: 'x', size: -1 },
    { name: '@result', direction: 'returnValue', type: 'Int' },
  ];

  it('are those that are not inputs, in the order of the command, as they were asked for', () => {
    const results = toResultParameters(asked, [
      { name: '@result', type: 'integer', value: 0 },
      { name: 'total', type: 'decimal', value: '12.50' },
      { name: '@both', type: 'text', value: null },
    ]);
    expect(results).toEqual([
      { name: '@Total', direction: 'output', type: 'Decimal', value: '12.50', size: 9 },
      { name: '@both', direction: 'inputOutput', type: 'NVarChar', value: null, size: -1 },
      { name: '@result', direction: 'returnValue', type: 'Int', value: '0' },
    ]);
  });

  it('are null when the database gave no value', () => {
    expect(toResultParameters(asked, []).map(({ value }) => value)).toEqual([null, null, null]);
  });
});

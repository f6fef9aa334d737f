import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaledText, shortestSingle } from './values.ts';

describe('scaled numbers', () => {
  it.each([
    [0n, -4, '0.0000'],
    [-5, -2, '-0.05'],
    [123n, -2, '1.23'],
    [-9_223_372_036_854_775_808n, -18, '-9.223372036854775808'],
    [(-2n) ** 127n, -38, '-1.70141183460469231731687303715884105728'],
    [7, 0, '7'],
    [7, 2, '700'],
  ])('%s with scale %i is %s', (coefficient, scale, text) => {
    expect(scaledText(coefficient, scale)).toBe(text);
  });

  it('keep every digit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 127n), max: 2n ** 127n - 1n }),
        fc.integer({ min: -38, max: 0 }),
        (coefficient, scale) => {
          const text = scaledText(coefficient, scale);
          expect(BigInt(text.replace('.', ''))).toBe(coefficient);
          expect((text.split('.')[1] ?? '').length).toBe(Math.abs(scale));
        },
      ),
    );
  });
});

describe('single precision', () => {
  it('has its shortest form', () => {
    expect(
      [0.1, 1e-45, 3.4028234663852886e38, 16_777_216, -2.5].map((value) =>
        shortestSingle(Math.fround(value)),
      ),
    ).toEqual([0.1, 1e-45, 3.4028235e38, 16_777_216, -2.5]);
  });

  it('stays the same number', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        expect(Math.fround(shortestSingle(value))).toBe(value);
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText, dayOf, timeText, unitsOf } from './moments.ts';

const FIRST_DAY = -678_575;
const LAST_DAY = 2_973_483;

describe('dates', () => {
  it.each([
    [FIRST_DAY, '0001-01-01'],
    [0, '1858-11-17'],
    [40_587, '1970-01-01'],
    [60_340, '2024-01-31'],
    [LAST_DAY, '9999-12-31'],
  ])('day %i is %s', (day, text) => {
    expect(dateText(day)).toBe(text);
    expect(dayOf(text)).toBe(day);
  });

  it('come back from their text', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST_DAY, max: LAST_DAY }), (day) => {
        expect(dayOf(dateText(day))).toBe(day);
      }),
    );
  });

  it('that are none have no day', () => {
    expect(dayOf('nonsense')).toBeNaN();
  });
});

describe('times', () => {
  it.each([
    [0, '00:00:00'],
    [1, '00:00:00.0001'],
    [342_000_000, '09:30:00'],
    [342_001_000, '09:30:00.1'],
    [863_999_999, '23:59:59.9999'],
  ])('%i units are %s', (units, text) => {
    expect(timeText(units)).toBe(text);
    expect(unitsOf(text)).toBe(units);
  });

  it('come back from their text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 863_999_999 }), (units) => {
        expect(unitsOf(timeText(units))).toBe(units);
      }),
    );
  });

  it('finer than 100 µs have no units', () => {
    expect(unitsOf('09:30:00.00001')).toBeUndefined();
  });
});

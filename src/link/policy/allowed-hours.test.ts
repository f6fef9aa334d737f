import { describe, expect, it } from 'vitest';
import { type AllowedHours, hoursProblem, isTimeZone, isWithinHours } from './allowed-hours.ts';

const ZONE = 'Australia/Sydney';
const WEEKDAYS: AllowedHours['days'] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const at = (moment: string, hours: AllowedHours, zone = ZONE) =>
  isWithinHours([hours], zone, Date.parse(moment));

describe('allowed hours', () => {
  const office = { days: WEEKDAYS, from: '08:00', to: '18:00' };

  it.each([
    ['2026-11-23T07:59:59+11:00', false],
    ['2026-11-23T08:00:00+11:00', true],
    ['2026-11-23T17:59:59+11:00', true],
    ['2026-11-23T18:00:00+11:00', false],
    // A Sunday in Sydney that is still a Saturday in London.
    ['2026-11-22T09:00:00+11:00', false],
    // Monday in Sydney, Sunday in UTC.
    ['2026-11-22T22:00:00Z', true],
  ])('are by the wall clock of the practice: %s', (moment, isInside) => {
    expect(at(moment, office)).toBe(isInside);
  });

  it('go over midnight into the next day', () => {
    const night: AllowedHours = { days: ['fri'], from: '22:00', to: '05:00' };
    expect(at('2026-11-27T21:59:00+11:00', night)).toBe(false);
    expect(at('2026-11-27T22:00:00+11:00', night)).toBe(true);
    expect(at('2026-11-28T04:59:00+11:00', night)).toBe(true);
    expect(at('2026-11-28T05:00:00+11:00', night)).toBe(false);
    // The early hours of Friday belong to Thursday's night.
    expect(at('2026-11-27T04:00:00+11:00', night)).toBe(false);
    const sunday: AllowedHours = { ...night, days: ['sat'] };
    expect(at('2026-11-29T01:00:00+11:00', sunday)).toBe(true);
  });

  it('take a day to its very end', () => {
    const evening: AllowedHours = { days: ['mon'], from: '20:00', to: '24:00' };
    expect(at('2026-11-23T23:59:59+11:00', evening)).toBe(true);
    expect(at('2026-11-24T00:00:00+11:00', evening)).toBe(false);
  });

  // Sydney: forward on 4 October 2026 (02:00 becomes 03:00), back on 5 April 2026 (03:00 becomes 02:00).
  it('follow daylight saving', () => {
    const eight: AllowedHours = { days: ['sat', 'sun', 'mon'], from: '08:00', to: '09:00' };
    expect(at('2026-10-02T22:30:00Z', eight)).toBe(true);
    expect(at('2026-10-03T21:30:00Z', eight)).toBe(true);
    expect(at('2026-10-03T22:30:00Z', eight)).toBe(false);
    expect(at('2026-04-03T21:30:00Z', eight)).toBe(true);
    expect(at('2026-04-04T22:30:00Z', eight)).toBe(true);
  });

  it('take in the hour that comes twice, and lack the one that does not come', () => {
    const early: AllowedHours = { days: ['sun'], from: '02:00', to: '03:00' };
    expect(at('2026-04-04T15:30:00Z', early)).toBe(true);
    expect(at('2026-04-04T16:30:00Z', early)).toBe(true);
    expect(at('2026-04-04T17:00:00Z', early)).toBe(false);
    expect(at('2026-10-03T15:59:00Z', early)).toBe(false);
    expect(at('2026-10-03T16:00:00Z', early)).toBe(false);
  });

  it.each([
    ['8:00', '18:00', 'from must'],
    ['24:00', '18:00', 'from must'],
    ['08:00', '24:01', 'to must be'],
    ['08:00', '08:00', 'to must differ'],
    ['08:60', '09:00', 'from must'],
  ])('are refused as %s to %s', (from, to, problem) => {
    expect(hoursProblem({ days: ['mon'], from, to })).toContain(problem);
  });

  it('know zones by their names', () => {
    expect(isTimeZone('Australia/Lord_Howe')).toBe(true);
    expect(isTimeZone('Brisbane')).toBe(false);
    expect(isTimeZone('+10:00')).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import {
  dayOf,
  formatDateTime,
  formatDateTimeOffset,
  formatDay,
  formatTime,
  parseDay,
  weekdayOf,
} from './calendar.ts';

describe('calendar', () => {
  it('takes the day from the clocks of the practice', () => {
    expect(formatDay(dayOf(new Date('2026-11-21T12:59:00Z')))).toBe('2026-11-21');
    expect(formatDay(dayOf(new Date('2026-11-21T13:01:00Z')))).toBe('2026-11-22');
    expect(formatDay(dayOf(new Date('2026-06-30T13:30:00Z')))).toBe('2026-06-30');
  });

  it('formats as the database stores', () => {
    const day = parseDay('2024-02-29');
    expect(formatDateTime(day, 570)).toBe('2024-02-29T09:30:00');
    expect(formatDateTime(day, 570, '120')).toBe('2024-02-29T09:30:00.12');
    expect(formatDateTime(day, 570, '000')).toBe('2024-02-29T09:30:00');
    expect(formatDateTime(day, 1445)).toBe('2024-03-01T00:05:00');
    expect(formatTime(187)).toBe('03:07:00');
    expect(formatDay(parseDay('1903-01-05'))).toBe('1903-01-05');
    expect(weekdayOf(parseDay('2026-11-22'))).toBe(0);
    expect(weekdayOf(parseDay('1969-12-31'))).toBe(3);
  });

  it('agrees with the zone database on daylight saving, every day of two years', () => {
    const zone = new Intl.DateTimeFormat('en-AU', {
      timeZone: 'Australia/Sydney',
      timeZoneName: 'longOffset',
    });
    for (let day = parseDay('2025-01-01'); day < parseDay('2027-01-01'); day += 1) {
      const text = formatDateTimeOffset(day, 720);
      const noon = new Date(text);
      const name = zone.formatToParts(noon).find((part) => part.type === 'timeZoneName')?.value;
      expect(`GMT${text.slice(-6)}`).toBe(name);
    }
  });
});

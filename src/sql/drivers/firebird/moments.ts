/** Day 0 of Firebird's calendar, 17 November 1858, before 1970. */
const EPOCH_DAYS = 40_587;

/** Firebird counts a day's time in units of 100 µs. */
const UNITS_PER_SECOND = 10_000;

const DAY_MS = 86_400_000;

const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

const MAX_KNOWN_DATES = 4096;

/** Dates repeat within a result, and their digits cost more than a look-up. */
const knownDates = new Map<number, string>();

/** A day number as `2024-01-31`. */
export function dateText(day: number): string {
  let text = knownDates.get(day);
  if (text === undefined) {
    const moment = new Date((day - EPOCH_DAYS) * DAY_MS);
    const year = String(moment.getUTCFullYear()).padStart(4, '0');
    text = `${year}-${TWO_DIGITS[moment.getUTCMonth() + 1]}-${TWO_DIGITS[moment.getUTCDate()]}`;
    if (knownDates.size >= MAX_KNOWN_DATES) knownDates.clear();
    knownDates.set(day, text);
  }
  return text;
}

/** Units since midnight as `09:30:00`, with the fraction when there is one. */
export function timeText(units: number): string {
  const seconds = Math.floor(units / UNITS_PER_SECOND);
  const minutes = Math.floor(seconds / 60);
  const text = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  const fraction = units % UNITS_PER_SECOND;
  if (fraction === 0) return text;
  return `${text}.${String(fraction).padStart(4, '0').replace(/0+$/, '')}`;
}

/** The day number of `2024-01-31` (a date of the calendar, as the grammar of parameters ensures). */
export function dayOf(date: string): number {
  // `Date.UTC` would take the years 0 to 99 for those of the 20th century.
  return Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY_MS + EPOCH_DAYS;
}

/** The units of `09:30:00.1234`; undefined when the fraction is finer than Firebird's. */
export function unitsOf(time: string): number | undefined {
  const [clock = '', fraction = ''] = time.split('.');
  if (fraction.length > 4) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return (
    ((hours * 60 + minutes) * 60 + seconds) * UNITS_PER_SECOND + Number(fraction.padEnd(4, '0'))
  );
}

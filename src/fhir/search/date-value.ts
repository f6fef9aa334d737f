import type { SiteZone } from '../values/site-zone.ts';
import { DateBound } from './date-bound.ts';
import type { ParameterName } from './parameter-name.ts';
import { type Prefix, splitPrefix } from './prefix.ts';
import { SearchError } from './search-error.ts';

/** A date to search for, as the range that its precision leaves open. */
export interface DateValue {
  readonly prefix: Prefix;
  /** First moment of it. */
  readonly low: DateBound;
  /** First moment after it; undefined after the last year. */
  readonly high: DateBound | undefined;
}

const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[ +-]\d\d:\d\d)?)?)?)?$/;

/** Milliseconds of the first moment after the range that begins at `start`. */
function endOf(start: Date, digits: readonly (string | undefined)[], fraction?: string): number {
  const [month, day, hour, second] = digits;
  const end = new Date(start);
  if (month === undefined) end.setUTCFullYear(start.getUTCFullYear() + 1);
  else if (day === undefined) end.setUTCMonth(start.getUTCMonth() + 1);
  else if (hour === undefined) end.setUTCDate(start.getUTCDate() + 1);
  else if (second === undefined) end.setUTCMinutes(start.getUTCMinutes() + 1);
  else end.setTime(start.getTime() + 10 ** (3 - Math.min((fraction?.length ?? 1) - 1, 3)));
  return end.getTime();
}

/** The largest offset of any zone is fourteen hours. */
function offsetMs(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** The range in milliseconds as a clock shows it, and the clock's offset. */
function readRange(text: string): { low: number; high: number; offset?: number } | undefined {
  const [all, year, month, day, hour, minute, second, fraction, offsetText] = DATE.exec(text) ?? [];
  if (all === undefined) return undefined;
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`;
  const clock = `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${fraction?.slice(0, 4) ?? ''}`;
  const low = Date.parse(`${date}T${clock}Z`);
  const isOnCalendar =
    year !== '0000' &&
    hour !== '24' &&
    !Number.isNaN(low) &&
    new Date(low).toISOString().startsWith(date);
  const offset = offsetText === undefined ? undefined : offsetMs(offsetText);
  if (!isOnCalendar || (offsetText !== undefined && offset === undefined)) return undefined;
  const high = endOf(new Date(low), [month, day, hour, second], fraction);
  return { low, high, ...(offset !== undefined && { offset }) };
}

/** What `ap` may be away, as a part of the time between then and now (R4 recommends a tenth). */
const APPROXIMATION = 0.1;

/**
 * Reads a date with its prefix; without an offset it is meant in the zone of the practice.
 *
 * @throws SearchError for what is no date of FHIR
 */
export function readDateValue(
  parameter: ParameterName,
  text: string,
  { zone, now }: { readonly zone: SiteZone; readonly now: number },
): DateValue {
  const { prefix, rest } = splitPrefix(text.trim());
  const range = readRange(rest);
  if (!range) {
    throw new SearchError(
      'invalid',
      parameter.written,
      `A value of ${parameter.name} is no date: write 2024, 2024-01, 2024-01-31 or 2024-01-31T09:30:00+10:00, with eq, ne, gt, lt, ge, le, sa, eb or ap before it.`,
    );
  }
  const { offset } = range;
  const bound = (ms: number): DateBound | undefined =>
    offset === undefined ? DateBound.ofLocal(zone, ms) : DateBound.ofInstant(zone, ms - offset);
  const low = bound(range.low) ?? DateBound.first(zone);
  const high = bound(range.high);
  if (prefix !== 'ap') return { prefix, low, high };
  const away = Math.abs(now - low.instantMs) * APPROXIMATION;
  return {
    prefix,
    low: DateBound.ofInstant(zone, Math.round(low.instantMs - away)) ?? DateBound.first(zone),
    high: high && DateBound.ofInstant(zone, Math.round(high.instantMs + away)),
  };
}

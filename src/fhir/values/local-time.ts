import type { SiteZone } from './site-zone.ts';

const LOCAL = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?)?$/;

/** A local date and time, read. */
export interface LocalTime {
  /** Whole seconds, in milliseconds since 1970 as if local time were UTC. */
  readonly secondsMs: number;
  /** `.123`, with its point; empty when there is none. */
  readonly fraction: string;
  readonly hasTime: boolean;
}

/** The digits from one place of a text up to another, as a number: resources have several times each. */
function digitsAt(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Milliseconds since 1970 of a day as if it were UTC; undefined when there is no such day. */
function dayMs(text: string): number | undefined {
  const [year, month, day] = [digitsAt(text, 0, 4), digitsAt(text, 5, 7), digitsAt(text, 8, 10)];
  if (year < 1 || day < 1 || day > daysOf(year, month)) return undefined;
  // Date.UTC takes the years 0 to 99 for those of the twentieth century.
  return year < 100
    ? new Date(Date.UTC(2000, 0)).setUTCFullYear(year, month - 1, day)
    : Date.UTC(year, month - 1, day);
}

/** Reads a local time as drivers write it (`2024-01-31T09:30:00.5`, `2024-01-31`); undefined when it is none. */
export function readLocalTime(text: string): LocalTime | undefined {
  if (!LOCAL.test(text)) return undefined;
  const midnightMs = dayMs(text);
  if (midnightMs === undefined) return undefined;
  const hasTime = text.length > 10;
  if (!hasTime) return { secondsMs: midnightMs, fraction: '', hasTime };
  const hour = digitsAt(text, 11, 13);
  const minute = digitsAt(text, 14, 16);
  const second = digitsAt(text, 17, 19);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const secondsMs = midnightMs + ((hour * 60 + minute) * 60 + second) * 1000;
  const fraction = text.length > 19 ? text.slice(19).replace(/\.?0+$/, '') : '';
  return { secondsMs, fraction, hasTime };
}

/** The local time of milliseconds as if they were UTC, in the form of drivers: `2024-01-31T09:30:00.5`. */
export function localTimeText(localMs: number): string {
  const [seconds = '', fraction = ''] = new Date(localMs).toISOString().slice(0, -1).split('.');
  const trimmed = fraction.replace(/0+$/, '');
  return trimmed === '' ? seconds : `${seconds}.${trimmed}`;
}

const padded = (value: number) => String(value).padStart(2, '0');

/** An offset as FHIR writes it: `+10:00`. */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60))}:${padded(size % 60)}`;
}

/** A local time with the offset that it has in the zone: `2024-01-31T09:30:00+11:00`; undefined when it is none. */
export function withOffset(text: string, zone: SiteZone): string | undefined {
  const time = readLocalTime(text);
  if (!time) return undefined;
  const instantMs = zone.instantOf(time.secondsMs);
  const offset = zone.offsetAt(instantMs);
  const localMs = instantMs + offset * 60_000;
  // Only a local time that never was is told as another one.
  const isAsWritten = localMs === time.secondsMs && time.hasTime;
  const seconds = isAsWritten
    ? `${text.slice(0, 10)}T${text.slice(11, 19)}`
    : localTimeText(localMs);
  return seconds + time.fraction + offsetText(offset);
}

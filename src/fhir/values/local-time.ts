import type { SiteZone } from './site-zone.ts';

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}):(\d{2})(\.\d+)?)?$/;

/** A local date and time, read. */
export interface LocalTime {
  /** Whole seconds, in milliseconds since 1970 as if local time were UTC. */
  readonly secondsMs: number;
  /** `.123`, with its point; empty when there is none. */
  readonly fraction: string;
  readonly hasTime: boolean;
}

/** Milliseconds since 1970 as if the parts were UTC; undefined when there is no such day or time. */
function partsMs(parts: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (year < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  // Date.UTC takes the years 0 to 99 for those of the twentieth century.
  const ms = date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : undefined;
}

/** Reads a local time as drivers write it (`2024-01-31T09:30:00.5`, `2024-01-31`); undefined when it is none. */
export function readLocalTime(text: string): LocalTime | undefined {
  const match = LOCAL.exec(text);
  if (!match) return undefined;
  const [, ...parts] = match;
  const fraction = (parts[6] ?? '').replace(/\.?0+$/, '');
  const secondsMs = partsMs(parts.slice(0, 6).map((part) => Number(part ?? 0)));
  if (secondsMs === undefined) return undefined;
  return { secondsMs, fraction, hasTime: parts[3] !== undefined };
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

const DAYS_TO_1900 = 693_595;
const TICKS_PER_DAY = 25_920_000;

/** Units of 100 ns, the finest that SQL Server knows. */
const UNITS_PER_SECOND = 10_000_000;
const UNITS_PER_DAY = 86_400 * UNITS_PER_SECOND;
const MS_PER_DAY = 86_400_000;

const MOMENT =
  /^(?:(\d{4})-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?(?:([+-])(\d\d):(\d\d))?$/;

/** A date and time as SQL Server counts. */
interface Moment {
  /** Days since 0001-01-01. */
  readonly days: number;
  /** 100 ns since midnight. */
  readonly units: number;
  readonly offsetMinutes: number;
}

/** Days since 0001-01-01. `Date.UTC` would take the years 1 to 99 for 1901 to 1999. */
function daysOf(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / MS_PER_DAY) + 719_162;
}

/** Reads the canonical text of a date, a time, or both. */
function parseMoment(text: string): Moment {
  const match = MOMENT.exec(text);
  if (!match) throw new TypeError('A date or time is not in its canonical form.');
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = ''] = match;
  const [, , , , , , , , sign, offsetHours = 0, offsetRest = 0] = match;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const offset = Number(offsetHours) * 60 + Number(offsetRest);
  return {
    days: year === undefined ? 0 : daysOf(Number(year), Number(month), Number(day)),
    units: seconds * UNITS_PER_SECOND + Number(fraction.padEnd(7, '0').slice(0, 7)),
    offsetMinutes: sign === '-' ? -offset : offset,
  };
}

function dateBytes(days: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(days, 0, 3);
  return bytes;
}

function timeBytes(units: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUIntLE(units, 0, 5);
  return bytes;
}

export function encodeDate(text: string): Buffer {
  return dateBytes(parseMoment(text).days);
}

/** `time(7)`. */
export function encodeTime(text: string): Buffer {
  return timeBytes(parseMoment(text).units);
}

/** `datetime2(7)`. */
export function encodeDateTime2(text: string): Buffer {
  const { days, units } = parseMoment(text);
  return Buffer.concat([timeBytes(units), dateBytes(days)]);
}

/** `datetimeoffset(7)`: sent in UTC beside its offset. */
export function encodeDateTimeOffset(text: string): Buffer {
  const moment = parseMoment(text);
  const utc = moment.units - moment.offsetMinutes * 60 * UNITS_PER_SECOND;
  const dayShift = Math.floor(utc / UNITS_PER_DAY);
  const offset = Buffer.alloc(2);
  offset.writeInt16LE(moment.offsetMinutes);
  return Buffer.concat([
    timeBytes(utc - dayShift * UNITS_PER_DAY),
    dateBytes(moment.days + dayShift),
    offset,
  ]);
}

/** Days since 1900 and 300ths of a second, rounded as SQL Server rounds. */
function ticksOf(text: string): { days: number; ticks: number } {
  const { days, units } = parseMoment(text);
  const ticks = Math.round((units * 3) / 100_000);
  const isNextDay = ticks === TICKS_PER_DAY;
  return { days: days - DAYS_TO_1900 + (isNextDay ? 1 : 0), ticks: isNextDay ? 0 : ticks };
}

export function encodeDateTime(text: string): Buffer {
  const { days, ticks } = ticksOf(text);
  const bytes = Buffer.alloc(8);
  bytes.writeInt32LE(days, 0);
  bytes.writeUInt32LE(ticks, 4);
  return bytes;
}

/** SQL Server rounds to a `datetime` first, and that to the minute. */
export function encodeSmallDateTime(text: string): Buffer {
  const { days, ticks } = ticksOf(text);
  const minutes = Math.round(ticks / (60 * 300));
  const isNextDay = minutes === 1_440;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(days + (isNextDay ? 1 : 0), 0);
  bytes.writeUInt16LE(isNextDay ? 0 : minutes, 2);
  return bytes;
}

/** Days from 0001-01-01 to 1900-01-01. */
const DAYS_TO_1900 = 693_595;

/** Hundreds of days that a practice's data spans fit; more are computed again. */
const CACHED_DATES = 4_096;

const two = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

const dates = new Map<number, string>();

function computeDate(days: number): string {
  // Years that begin in March put the leap day at the end.
  const shifted = days + 306;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two[month]}-${two[day]}`;
}

/** A date from its days since 0001-01-01. */
function dateText(days: number): string {
  const known = dates.get(days);
  if (known !== undefined) return known;
  if (dates.size >= CACHED_DATES) dates.clear();
  const text = computeDate(days);
  dates.set(days, text);
  return text;
}

function clockText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}`;
}

/** A time of day from its units of 10^-scale seconds; zeros at the end of the fraction are left out. */
function timeText(units: number, scale: number): string {
  const unitsPerSecond = 10 ** scale;
  const seconds = Math.floor(units / unitsPerSecond);
  const fraction = units - seconds * unitsPerSecond;
  if (fraction === 0) return clockText(seconds);
  const digits = String(fraction).padStart(scale, '0').replace(/0+$/, '');
  return `${clockText(seconds)}.${digits}`;
}

/** `date`: 3 bytes. */
export function readDate(buffer: Buffer, start: number): string {
  return dateText(buffer.readUIntLE(start, 3));
}

/** `time(scale)`: 3 to 5 bytes. */
export function readTime(buffer: Buffer, start: number, length: number, scale: number): string {
  return timeText(buffer.readUIntLE(start, length), scale);
}

/** `datetime2(scale)`: the time, then the date. */
export function readDateTime2(
  buffer: Buffer,
  start: number,
  length: number,
  scale: number,
): string {
  const date = readDate(buffer, start + length - 3);
  return `${date}T${readTime(buffer, start, length - 3, scale)}`;
}

/** `datetimeoffset(scale)`: time and date in UTC, then the offset, in whose local time they are written. */
export function readDateTimeOffset(
  buffer: Buffer,
  start: number,
  length: number,
  scale: number,
): string {
  const offsetMinutes = buffer.readInt16LE(start + length - 2);
  const unitsPerDay = 86_400 * 10 ** scale;
  let days = buffer.readUIntLE(start + length - 5, 3);
  let units = buffer.readUIntLE(start, length - 5) + offsetMinutes * 60 * 10 ** scale;
  if (units < 0) {
    units += unitsPerDay;
    days -= 1;
  } else if (units >= unitsPerDay) {
    units -= unitsPerDay;
    days += 1;
  }
  const minutes = Math.abs(offsetMinutes);
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}`;
  return `${dateText(days)}T${timeText(units, scale)}${offset}`;
}

/** `datetime`: days since 1900, then 300ths of a second, shown in milliseconds that end in 0, 3 or 7. */
export function readDateTime(buffer: Buffer, start: number): string {
  const days = buffer.readInt32LE(start) + DAYS_TO_1900;
  const ticks = buffer.readUInt32LE(start + 4);
  return `${dateText(days)}T${timeText(Math.round((ticks * 10) / 3), 3)}`;
}

/** `smalldatetime`: days since 1900, then minutes. */
export function readSmallDateTime(buffer: Buffer, start: number): string {
  const days = buffer.readUInt16LE(start) + DAYS_TO_1900;
  return `${dateText(days)}T${clockText(buffer.readUInt16LE(start + 2) * 60)}`;
}

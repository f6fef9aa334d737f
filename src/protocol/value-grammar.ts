import type { ParameterTypeName } from './command.ts';
import parameterTypes from './parameter-types.json' with { type: 'json' };
import type { Value } from './values.ts';

/** Facts of one parameter type: which grammar its text follows, and the limits that go with it. */
interface TypeFacts {
  readonly grammar: string;
  readonly min?: string;
  readonly max?: string;
  readonly maxDigits?: number;
  readonly maxScale?: number;
  readonly minYear?: number;
  readonly maxYear?: number;
  /** A date and time that would round up to what the type cannot hold, in the wire form. */
  readonly before?: string;
}

/** Outcome of reading a parameter's text: the value, or why it cannot be one (a sentence without the text itself). */
export type ReadValue =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly why: string };

type Reader = (text: string, facts: TypeFacts) => ReadValue;

const read = (value: Value): ReadValue => ({ ok: true, value });
const refuse = (why: string): ReadValue => ({ ok: false, why });

/** Turns an integer into a `number` where that is exact, else a `bigint` (the canonical form of {@link Value}). */
export function canonicalInteger(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value;
}

function readInteger(text: string, { min, max }: TypeFacts): ReadValue {
  if (!/^\s*[+-]?\d{1,40}\s*$/.test(text)) return refuse('is not a whole number');
  const value = BigInt(text.trim().replace(/^\+/, ''));
  if (value < BigInt(min as string) || value > BigInt(max as string)) {
    return refuse(`is not between ${min} and ${max}`);
  }
  return read(canonicalInteger(value));
}

function readDecimal(text: string, facts: TypeFacts): ReadValue {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (!match || !/\d/.test(text)) return refuse('is not a decimal number');
  const [, sign, written = '', fraction = ''] = match;
  const whole = written.replace(/^0+/, '');
  const maxScale = facts.maxScale as number;
  if (fraction.length > maxScale) return refuse(`has more than ${maxScale} decimal places`);
  if (whole.length + fraction.length > (facts.maxDigits as number)) {
    return refuse(`has more than ${facts.maxDigits} digits`);
  }
  if (facts.min !== undefined) {
    const scaled = BigInt(`${sign}${whole}${fraction.padEnd(maxScale, '0')}`);
    if (scaled < BigInt(facts.min) || scaled > BigInt(facts.max as string)) {
      return refuse('is out of range');
    }
  }
  const digits = fraction === '' ? whole || '0' : `${whole || '0'}.${fraction}`;
  const isZero = !/[1-9]/.test(digits);
  return read(sign === '-' && !isZero ? `-${digits}` : digits);
}

function readFloat(text: string, { max = `${Number.MAX_VALUE}` }: TypeFacts): ReadValue {
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim())) {
    return refuse('is not a number');
  }
  const value = Number(text);
  return Math.abs(value) <= Number(max) ? read(value) : refuse('is out of range');
}

function readBit(text: string): ReadValue {
  switch (text.trim().toLowerCase()) {
    case '1':
    case 'true':
      return read(true);
    case '0':
    case 'false':
      return read(false);
    default:
      return refuse('is not true, false, 1 or 0');
  }
}

function readBase64(text: string): ReadValue {
  // One look at each character: a pattern of repeated groups overflows the stack on megabytes.
  const compact = text.replace(/\s+/g, '');
  const isBase64 =
    compact.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(compact.replace(/={1,2}$/, ''));
  return isBase64 ? read(Buffer.from(compact, 'base64')) : refuse('is not base64');
}

function readGuid(text: string): ReadValue {
  const match = /^\s*(\{)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\})?\s*$/i.exec(text);
  if (!match || Boolean(match[1]) !== Boolean(match[3])) return refuse('is not a GUID');
  return read((match[2] as string).toLowerCase());
}

const DATE = '(\\d{4})-(\\d{2})-(\\d{2})';
const TIME = '([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(?:\\.(\\d{1,7}))?)?';
const DATE_ONLY = new RegExp(`^\\s*${DATE}(?:[T ]00:00(?::00(?:\\.0+)?)?Z?)?\\s*$`);
const TIME_ONLY = new RegExp(`^\\s*${TIME}\\s*$`);
const DATE_TIME = new RegExp(`^\\s*${DATE}(?:[T ]${TIME})?(Z|[+-]\\d{2}:\\d{2})?\\s*$`);

function isCalendarDate(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

/** `09:30:00` plus the fraction without its trailing zeros. */
function wireTime(hour = '00', minute = '00', second = '00', fraction = ''): string {
  const digits = fraction.replace(/0+$/, '');
  return `${hour}:${minute}:${second}${digits === '' ? '' : `.${digits}`}`;
}

function readDate(text: string): ReadValue {
  const match = DATE_ONLY.exec(text);
  if (!match || !isCalendarDate(Number(match[1]), Number(match[2]), Number(match[3]))) {
    return refuse('is not a date such as 2024-01-31');
  }
  return read(`${match[1]}-${match[2]}-${match[3]}`);
}

function readTime(text: string): ReadValue {
  const match = TIME_ONLY.exec(text);
  if (!match) return refuse('is not a time such as 09:30:00');
  return read(wireTime(match[1], match[2], match[3], match[4]));
}

/** Reads what both date-time grammars share. A `Z` is read as SQL Server reads it into a type without zone: dropped. */
function readDateTime(text: string, facts: TypeFacts): ReadValue {
  const match = DATE_TIME.exec(text);
  const [, year, month, day, hour, minute, second, fraction, offset] = match ?? [];
  if (!match || !isCalendarDate(Number(year), Number(month), Number(day))) {
    return refuse('is not a date and time such as 2024-01-31T09:30:00');
  }
  if (offset !== undefined && offset !== 'Z') {
    return refuse('has an offset, which its type cannot hold (use DateTimeOffset)');
  }
  const { minYear = 1, maxYear = 9999 } = facts;
  if (Number(year) < minYear || Number(year) > maxYear) {
    return refuse(`is not between the years ${minYear} and ${maxYear}`);
  }
  const value = `${year}-${month}-${day}T${wireTime(hour, minute, second, fraction)}`;
  if (facts.before !== undefined && value >= facts.before) return refuse('is out of range');
  return read(value);
}

function readDateTimeOffset(text: string): ReadValue {
  const match = DATE_TIME.exec(text);
  const [, year, month, day, hour, minute, second, fraction, offset = 'Z'] = match ?? [];
  if (!match || !isCalendarDate(Number(year), Number(month), Number(day))) {
    return refuse('is not a date and time with offset such as 2024-01-31T09:30:00+10:00');
  }
  const [hours = 0, minutes = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number);
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) {
    return refuse('has an offset beyond 14 hours');
  }
  const zone = offset === 'Z' || offset === '-00:00' ? '+00:00' : offset;
  const value = `${year}-${month}-${day}T${wireTime(hour, minute, second, fraction)}${zone}`;
  const minuteOfValue = `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}${zone}`;
  const utcYear = new Date(minuteOfValue).getUTCFullYear();
  if (utcYear < 1 || utcYear > 9999) return refuse('is not between the years 1 and 9999 in UTC');
  return read(value);
}

const READERS: Record<string, Reader> = {
  integer: readInteger,
  decimal: readDecimal,
  float: readFloat,
  bit: readBit,
  text: read,
  base64: readBase64,
  guid: readGuid,
  date: readDate,
  time: readTime,
  datetime: readDateTime,
  datetimeoffset: readDateTimeOffset,
  unsupported: () => refuse('has a type that is not supported'),
};

/**
 * Reads a parameter's text as its type (contract §5): the grammar that gateway and drivers share.
 *
 * @param text the `value` of the request; null and undefined are NULL for every type
 * @returns the canonical value, or a sentence that goes on after the parameter's name
 */
export function readValue(typeName: ParameterTypeName, text: string | null | undefined): ReadValue {
  const facts: TypeFacts = parameterTypes[typeName];
  if (facts.grammar !== 'unsupported' && (text === null || text === undefined)) return read(null);
  return (READERS[facts.grammar] as Reader)(text ?? '', facts);
}

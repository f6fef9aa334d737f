import type { Value } from '../../sql/driver.ts';
import type { CodeTable, ColumnInfo } from '../mapping/system-mapping.ts';
import { declaredType, integerValue } from '../search/index.ts';
import { readLocalTime } from '../values/local-time.ts';

/** A value of a resource that a column cannot hold; the message says why, and never the value. */
export class UnstorableValue extends Error {
  override readonly name = 'UnstorableValue';
}

/** What a column's value depends on beside the resource's. */
export interface StoredValueOptions {
  /** Local time at the practice, in wire form without a zone, of an instant with its offset. */
  readonly localTimeOf: (instant: string) => string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,7})?$/;
const WHOLE = /^-?\d{1,19}$/;
const DECIMAL = /^-?\d{1,38}(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Makes the value of a column out of a value of parsed FHIR JSON.
 *
 * @param value string, boolean, or a number in any form that JSON parsers give
 * @throws UnstorableValue when the column cannot hold it
 */
export function storedValue(
  value: unknown,
  column: ColumnInfo,
  options: StoredValueOptions,
): Value {
  if (typeof value === 'object' && value !== null && !('isLosslessNumber' in value)) {
    throw new UnstorableValue('must be a single value');
  }
  switch (column.type) {
    case 'bit':
      if (typeof value !== 'boolean') throw new UnstorableValue('must be true or false');
      return value;
    case 'integer':
      return wholeNumber(textOf(value), column);
    case 'decimal':
    case 'float':
      return decimal(textOf(value), column);
    case 'guid':
      return matching(textOf(value), GUID, 'must be a UUID').toLowerCase();
    case 'date':
    case 'time':
    case 'datetime':
    case 'datetimeoffset':
      return moment(textOf(value), column, options);
    case 'text':
    case 'variant':
      return limitedText(textOf(value), column);
    case 'binary':
      throw new UnstorableValue('cannot be stored in a binary column');
  }
}

/** The local value of a code, for a table that has one. @throws UnstorableValue when it has none */
export function localCode(code: unknown, table: CodeTable): string {
  for (const [local, codings] of table.codings) {
    if (codings.some((coding) => coding.code === code)) return local;
  }
  const known = [...table.codings.values()].map(([first]) => first?.code).filter(Boolean);
  throw new UnstorableValue(`must be one of ${[...new Set(known)].join(', ')}`);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') throw new UnstorableValue('must not be true or false');
  return String(value);
}

function matching(text: string, pattern: RegExp, why: string): string {
  if (!pattern.test(text)) throw new UnstorableValue(why);
  return text;
}

function wholeNumber(text: string, column: ColumnInfo): Value {
  const number = integerValue(column, BigInt(matching(text, WHOLE, 'must be a whole number')));
  if (number === undefined) throw new UnstorableValue('is a number out of range');
  return number;
}

/** Digits that money has before and behind its point. */
const MONEY: Readonly<Record<string, { readonly size: number; readonly scale: number }>> = {
  money: { size: 19, scale: 4 },
  smallmoney: { size: 10, scale: 4 },
};

function decimal(text: string, column: ColumnInfo): Value {
  const digits = matching(text, DECIMAL, 'must be a number');
  if (column.type === 'float') return Number(digits);
  if (/[eE]/.test(digits)) throw new UnstorableValue('must be written without an exponent');
  const declared = declaredType(column);
  const { size, scale } = MONEY[declared.name] ?? declared;
  const whole = digits.replace(/^-?0*/, '').split('.')[0] ?? '';
  if (whole.length > (size ?? 18) - (scale ?? 0))
    throw new UnstorableValue('is a number out of range');
  return digits;
}

function moment(text: string, column: ColumnInfo, { localTimeOf }: StoredValueOptions): Value {
  const isFull = INSTANT.test(text);
  if (column.type === 'time' && !isFull) {
    return matching(text, TIME, 'must be a time with seconds');
  }
  if (column.type === 'date' && !isFull) {
    return onCalendar(matching(text, DATE, 'must be a date with year, month and day'));
  }
  const instant = matching(text, INSTANT, 'must be a time with its offset');
  onCalendar(instant.slice(0, 10));
  if (column.type === 'datetimeoffset') return instant.replace(/Z$/, '+00:00');
  const local = localTimeOf(instant);
  if (column.type === 'time') return local.slice(11);
  return column.type === 'date' ? local.slice(0, 10) : withinYears(local, column);
}

function onCalendar(day: string): string {
  if (!readLocalTime(day)) throw new UnstorableValue('must be a day that there is');
  return day;
}

/** Years that types of SQL Server hold; others hold all. */
const YEARS: Readonly<Record<string, readonly [first: number, last: number]>> = {
  datetime: [1753, 9999],
  smalldatetime: [1900, 2078],
};

function withinYears(local: string, column: ColumnInfo): string {
  const [first, last] = YEARS[declaredType(column).name] ?? [1, 9999];
  const year = Number(local.slice(0, 4));
  if (year < first || year > last) {
    throw new UnstorableValue(`must be in the years ${first} to ${last}`);
  }
  return local;
}

/** Characters that the column takes; undefined when it takes any number. */
function maxLength({ sqlType }: ColumnInfo): number | undefined {
  const length = /^n?(?:var)?char\((\d+)\)/.exec(sqlType)?.[1];
  return length === undefined ? undefined : Number(length);
}

/** FHIR's own rule for texts, and what no database can hold. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|\p{Surrogate}/u;

function limitedText(text: string, column: ColumnInfo): string {
  if (FORBIDDEN.test(text)) {
    throw new UnstorableValue('must not hold control characters, nor half of a surrogate pair');
  }
  const limit = maxLength(column);
  if (limit !== undefined && text.length > limit) {
    throw new UnstorableValue(`must not be longer than ${limit} characters`);
  }
  return text;
}

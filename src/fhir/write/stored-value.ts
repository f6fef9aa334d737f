import type { Value } from '../../sql/driver.ts';
import type { CodeTable, ColumnInfo } from '../mapping/system-mapping.ts';

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
      return wholeNumber(textOf(value));
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

function wholeNumber(text: string): Value {
  const number = BigInt(matching(text, WHOLE, 'must be a whole number'));
  return number >= Number.MIN_SAFE_INTEGER && number <= Number.MAX_SAFE_INTEGER
    ? Number(number)
    : number;
}

function decimal(text: string, column: ColumnInfo): Value {
  const digits = matching(text, DECIMAL, 'must be a number');
  if (column.type === 'float') return Number(digits);
  if (/[eE]/.test(digits)) throw new UnstorableValue('must be written without an exponent');
  return digits;
}

function moment(text: string, column: ColumnInfo, { localTimeOf }: StoredValueOptions): Value {
  const isFull = INSTANT.test(text);
  switch (column.type) {
    case 'time':
      return isFull
        ? localTimeOf(text).slice(11)
        : matching(text, TIME, 'must be a time with seconds');
    case 'date':
      return isFull
        ? localTimeOf(text).slice(0, 10)
        : matching(text, DATE, 'must be a date with year, month and day');
    case 'datetimeoffset':
      return matching(text, INSTANT, 'must be a time with its offset').replace(/Z$/, '+00:00');
    default:
      return localTimeOf(matching(text, INSTANT, 'must be a time with its offset'));
  }
}

/** Characters that the column takes; undefined when it takes any number. */
function maxLength({ sqlType }: ColumnInfo): number | undefined {
  const length = /^n?(?:var)?char\((\d+)\)/.exec(sqlType)?.[1];
  return length === undefined ? undefined : Number(length);
}

function limitedText(text: string, column: ColumnInfo): string {
  const limit = maxLength(column);
  if (limit !== undefined && text.length > limit) {
    throw new UnstorableValue(`must not be longer than ${limit} characters`);
  }
  return text;
}

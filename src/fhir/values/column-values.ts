import type { ColumnType } from '../../sql/columns.ts';
import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo } from '../mapping/system-mapping.ts';
import { floatText, plainDecimal } from './decimal-text.ts';
import { cleanText } from './fhir-text.ts';

type Present = NonNullable<Value>;

const HEX = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** A flag, also where the engine has none and keeps 0 and 1; undefined when it is neither. */
export function bitOf(value: Present): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim().toLowerCase();
  if (text === '1' || text === 'true') return true;
  return text === '0' || text === 'false' ? false : undefined;
}

function integerText(value: Present): string | undefined {
  const text = plainDecimal(String(value));
  return text?.includes('.') ? undefined : text;
}

/** The day of a date, also where the engine hands it out with a time. */
function dateText(value: Present): string | undefined {
  return typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
}

function datetimeText(value: Present): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value.length === 10 ? `${value}T00:00:00` : value.replace(' ', 'T');
}

/** Its text for each kind of column; undefined when the value is none of its kind. */
function textReaderFor(column: ColumnInfo): (value: Present) => string | undefined {
  const readers: Readonly<Record<ColumnType, (value: Present) => string | undefined>> = {
    text: (value) => cleanText(typeof value === 'string' ? value : String(value)),
    integer: integerText,
    decimal: (value) => plainDecimal(String(value)),
    float: (value) =>
      typeof value === 'number'
        ? floatText(value, column.sqlType === 'real')
        : plainDecimal(String(value)),
    bit: (value) => bitOf(value)?.toString(),
    guid: (value) => (typeof value === 'string' ? value.trim().toLowerCase() : undefined),
    date: dateText,
    time: (value) => (typeof value === 'string' ? value : undefined),
    datetime: datetimeText,
    datetimeoffset: (value) => (typeof value === 'string' ? value : undefined),
    binary: (value) => (value instanceof Uint8Array ? HEX(value) : undefined),
    variant: (value) => cleanText(String(value)),
  };
  return readers[column.type];
}

/**
 * How the values of a column become text, by the type it is declared with: engines without bit, date or decimal hand
 * out what they have. Text is cleaned and trimmed, a flag is `true` or `false`, a number has no superfluous zeros, a
 * uniqueidentifier is lower case, binary data hexadecimal. NULL, and what is not of the type, gives undefined.
 */
export function columnText(column: ColumnInfo): (value: Value) => string | undefined {
  const read = textReaderFor(column);
  return (value) => (value === null ? undefined : read(value));
}

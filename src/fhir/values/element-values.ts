import type { LosslessNumber } from 'lossless-json';
import type { ColumnType } from '../../sql/columns.ts';
import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo } from '../mapping/system-mapping.ts';
import { bitOf, columnText } from './column-values.ts';
import { jsonNumber, plainDecimal } from './decimal-text.ts';
import { isOfForm } from './fhir-text.ts';
import { readLocalTime, withOffset } from './local-time.ts';
import type { SiteZone } from './site-zone.ts';

/** A FHIR primitive's value as it stands in JSON. */
export type Primitive = string | number | boolean | LosslessNumber;

/** Makes a primitive out of a column's value; undefined when there is none, or none that FHIR admits. */
export type Conversion = (value: Value, zone: SiteZone) => Primitive | undefined;

/** What may fill elements of a type. */
const FITTING: Readonly<Record<string, readonly ColumnType[]>> = {
  boolean: ['bit'],
  integer: ['integer', 'decimal', 'text'],
  positiveInt: ['integer', 'decimal', 'text'],
  unsignedInt: ['integer', 'decimal', 'text'],
  decimal: ['integer', 'decimal', 'float', 'text'],
  date: ['date', 'datetime', 'datetimeoffset', 'text'],
  dateTime: ['date', 'datetime', 'datetimeoffset', 'text'],
  instant: ['datetime', 'datetimeoffset'],
  time: ['time'],
  base64Binary: ['binary'],
  uuid: ['guid', 'text'],
  oid: ['text'],
  id: ['text', 'integer', 'guid'],
  code: ['text', 'integer', 'guid'],
  uri: ['text', 'guid'],
  url: ['text'],
  canonical: ['text'],
  string: [
    'text',
    'integer',
    'decimal',
    'float',
    'guid',
    'date',
    'time',
    'datetime',
    'datetimeoffset',
  ],
};

const typesFor = (type: string) => FITTING[type === 'markdown' ? 'string' : type] ?? [];

const LEAST: Readonly<Record<string, number>> = {
  integer: -2_147_483_648,
  unsignedInt: 0,
  positiveInt: 1,
};
const GREATEST_INT = 2_147_483_647;

function integerOf(text: string | undefined, type: string): number | undefined {
  const plain = text === undefined ? undefined : plainDecimal(text);
  const number = Number(plain ?? Number.NaN);
  const isWithin = number >= (LEAST[type] ?? 0) && number <= GREATEST_INT;
  return Number.isInteger(number) && isWithin ? number : undefined;
}

function decimalOf(text: string | undefined): number | LosslessNumber | undefined {
  const plain = text === undefined ? undefined : plainDecimal(text);
  return plain === undefined ? undefined : jsonNumber(plain);
}

function base64(value: Value): string | undefined {
  if (!(value instanceof Uint8Array) || value.byteLength === 0) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
}

/** A datetimeoffset already has the form of an instant; only its form is looked at. */
const formed = (text: string | undefined, type: string) =>
  text !== undefined && isOfForm(text, type) ? text : undefined;

function dateConversion(column: ColumnInfo, type: string): Conversion {
  const read = columnText(column);
  if (column.type === 'datetime' && type !== 'date') {
    return (value, zone) => {
      const text = read(value);
      return text === undefined ? undefined : withOffset(text, zone);
    };
  }
  if (column.type === 'date' || column.type === 'datetime') {
    return (value) => {
      const day = read(value)?.slice(0, 10);
      return day !== undefined && readLocalTime(day) ? day : undefined;
    };
  }
  const length = type === 'date' && column.type === 'datetimeoffset' ? 10 : undefined;
  return (value) => formed(read(value)?.slice(0, length), type);
}

function textConversion(column: ColumnInfo, type: string): Conversion {
  const read = columnText(column);
  const prefix = column.type === 'guid' && (type === 'uuid' || type === 'uri') ? 'urn:uuid:' : '';
  if (prefix === '' && (type === 'string' || type === 'markdown')) return read;
  return (value) => {
    const text = read(value);
    return text === undefined ? undefined : formed(prefix + text, type);
  };
}

/**
 * How values of a column fill elements of a primitive type; undefined when the two do not fit.
 *
 * Local times get the offset of the site's zone; a `datetime` gives a `date` its day. Decimals keep their digits. Text
 * fills numbers and dates only where it is written as FHIR writes them, and no `code`, `id` or `uri` that FHIR would
 * refuse comes out.
 *
 * @param type name of the primitive type: `dateTime`
 */
export function conversionFor(column: ColumnInfo, type: string): Conversion | undefined {
  if (column.type !== 'variant' && !typesFor(type).includes(column.type)) return undefined;
  const read = columnText(column);
  switch (type) {
    case 'boolean':
      return (value) => (value === null ? undefined : bitOf(value));
    case 'integer':
    case 'positiveInt':
    case 'unsignedInt':
      return (value) => integerOf(read(value), type);
    case 'decimal':
      return (value) => decimalOf(read(value));
    case 'date':
    case 'dateTime':
    case 'instant':
      return dateConversion(column, type);
    case 'base64Binary':
      return base64;
    default:
      return textConversion(column, type);
  }
}

/** The column types that can fill a primitive type, for messages. */
export function fittingTypes(type: string): readonly ColumnType[] {
  return typesFor(type);
}

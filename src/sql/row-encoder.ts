import type { Value } from '../protocol/values.ts';
import { uniqueColumnNames } from './column-names.ts';
import type { Column, ColumnType } from './columns.ts';
import { SqlError } from './sql-error.ts';

/** Turns the rows of one result set into JSON objects. */
export interface RowEncoder {
  /** @throws SqlError when a value has no JSON form (NaN, infinity) or does not fit its column's type */
  encode(row: readonly Value[]): string;
}

/** Writes one value that is not NULL; undefined when the value does not fit. */
type ValueWriter = (value: NonNullable<Value>) => string | undefined;

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** Text that stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-\u007f]*$/;

function writeText(value: NonNullable<Value>): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value.length < 64 && PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
}

function writeInteger(value: NonNullable<Value>): string | undefined {
  if (typeof value === 'bigint') return value.toString();
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

function writeDecimal(value: NonNullable<Value>): string | undefined {
  return typeof value === 'string' && DECIMAL.test(value) ? value : undefined;
}

function writeFloat(value: NonNullable<Value>): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Object.is(value, -0) ? '-0' : String(value);
}

function writeBit(value: NonNullable<Value>): string | undefined {
  return typeof value === 'boolean' ? String(value) : undefined;
}

function writeBinary(value: NonNullable<Value>): string | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  return `"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}"`;
}

function writeVariant(value: NonNullable<Value>): string | undefined {
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') return writeFloat(value);
  return typeof value === 'object' ? writeBinary(value) : String(value);
}

/** A date is written as the datetime of its midnight (contract §6). */
function writeDate(value: NonNullable<Value>): string | undefined {
  return typeof value === 'string' ? `"${value}T00:00:00"` : undefined;
}

const WRITERS: Record<ColumnType, ValueWriter> = {
  integer: writeInteger,
  decimal: writeDecimal,
  float: writeFloat,
  bit: writeBit,
  text: writeText,
  binary: writeBinary,
  guid: writeText,
  date: writeDate,
  time: writeText,
  datetime: writeText,
  datetimeoffset: writeText,
  variant: writeVariant,
};

function unwritable(key: string, type: ColumnType, value: Value): SqlError {
  const isNumber = typeof value === 'number' && !Number.isFinite(value);
  const what = isNumber ? 'NaN or an infinity, which JSON cannot write' : `no valid ${type}`;
  return new SqlError('statement', 'haloLink', 1000, `A value of the column '${key}' is ${what}.`);
}

/** Prepares the encoder of one result set from its columns (wire form: contract §6). */
export function compileRowEncoder(columns: readonly Column[]): RowEncoder {
  const keys = uniqueColumnNames(columns);
  const heads = keys.map((key, index) => `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
  const writers = columns.map((column) => WRITERS[column.type]);
  const count = columns.length;
  return {
    encode(row) {
      if (row.length !== count) {
        const message = `A row has ${row.length} values for ${count} columns.`;
        throw new SqlError('statement', 'haloLink', 1000, message);
      }
      let json = count === 0 ? '{' : '';
      for (let index = 0; index < count; index += 1) {
        const value = row[index] as Value;
        const text = value === null ? 'null' : (writers[index] as ValueWriter)(value);
        if (text === undefined) {
          throw unwritable(keys[index] as string, (columns[index] as Column).type, value);
        }
        json += (heads[index] as string) + text;
      }
      return `${json}}`;
    },
  };
}

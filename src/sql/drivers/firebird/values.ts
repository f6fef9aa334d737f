import Const from 'node-firebird/lib/wire/const.js';
import type { XdrReader } from 'node-firebird/lib/wire/serialize.js';
import type { SQLVarBase } from 'node-firebird/lib/wire/xsqlvar.js';
import { canonicalInteger } from '../../../protocol/value-grammar.ts';
import type { Value } from '../../../protocol/values.ts';
import type { ColumnType } from '../../columns.ts';
import { BYTES_PER_CHARACTER, type Charset, decodeText } from './charsets.ts';
import { refused } from './errors.ts';
import { dateText, timeText } from './moments.ts';

/** Character set number of binary text. */
export const OCTETS = 1;

/** Sub-type of a blob that holds text. */
export const TEXT_BLOB = 1;

/** What went wrong while values were read: the library takes an exception there for a packet that has not arrived. */
export interface ReadingState {
  /** Name of a column with bytes that are no text of the connection's character set. */
  unreadable: string | undefined;
}

/** How the values of one column are read. */
interface ValueReader {
  readonly type: ColumnType;
  /** Reads the bytes at the reader's position. Blobs give their id, which stands for the value. */
  readonly read: (data: XdrReader) => unknown;
}

/** Reads a blob column's bytes once they have been fetched. */
export type BlobReader = (bytes: Buffer) => Value | undefined;

/** Digits of an integer with its decimal point put in. */
export function scaledText(coefficient: bigint | number, scale: number): string {
  const text = coefficient.toString();
  if (scale >= 0) return text + '0'.repeat(scale);
  const isNegative = text.startsWith('-');
  const digits = (isNegative ? text.slice(1) : text).padStart(1 - scale, '0');
  return `${isNegative ? '-' : ''}${digits.slice(0, scale)}.${digits.slice(scale)}`;
}

const SMALLEST_NORMAL_SINGLE = 2 ** -126;

/** The shortest number that is the same in single precision. */
export function shortestSingle(value: number): number {
  if (value === 0) return value;
  // Six digits find every shorter form, but for numbers so small that they have fewer digits of their own.
  const fewest = Math.abs(value) < SMALLEST_NORMAL_SINGLE ? 1 : 6;
  for (let digits = fewest; digits < 9; digits += 1) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return value;
}

function exactReader(scale: number, read: (data: XdrReader) => bigint | number): ValueReader {
  if (scale !== 0) return { type: 'decimal', read: (data) => scaledText(read(data), scale) };
  return {
    type: 'integer',
    read: (data) => {
      const value = read(data);
      return typeof value === 'bigint' ? canonicalInteger(value) : value;
    },
  };
}

/** A 64-bit integer without the cost of a `bigint` where it is safe. */
function readInt64(data: XdrReader): bigint | number {
  const high = data.buffer.readInt32BE(data.pos);
  if (high > -0x200000 && high < 0x200000) {
    const value = high * 0x1_0000_0000 + data.buffer.readUInt32BE(data.pos + 4);
    data.pos += 8;
    return value;
  }
  return data.readInt64BigInt();
}

const padded = (length: number): number => length + (-length & 3);

function readBytes(data: XdrReader, length: number): Uint8Array {
  const bytes = Buffer.from(data.buffer.subarray(data.pos, data.pos + length));
  data.pos += padded(length);
  return bytes;
}

/** The first characters of a text that the wire has padded to its length in bytes. */
function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  const head = text.slice(0, count);
  return /[\ud800-\udfff]/.test(head) ? Array.from(text).slice(0, count).join('') : head;
}

function textReader(column: SQLVarBase, charset: Charset, state: ReadingState): ValueReader {
  const isFixed = column.type === Const.SQL_TEXT;
  const { length } = column;
  if ((column.subType & 0xff) === OCTETS) {
    return {
      type: 'binary',
      read: (data) => readBytes(data, isFixed ? length : data.readInt()),
    };
  }
  const characters = Math.floor(length / BYTES_PER_CHARACTER[charset]);
  const decode = (data: XdrReader, bytes: number): string => {
    const text = decodeText(charset, data.buffer, data.pos, data.pos + bytes);
    data.pos += padded(bytes);
    if (text === undefined) state.unreadable = column.alias ?? '';
    return text ?? '';
  };
  if (!isFixed) return { type: 'text', read: (data) => decode(data, data.readInt()) };
  return { type: 'text', read: (data) => firstCharacters(decode(data, length), characters) };
}

/** How a column is read. @throws SqlError for a type that cannot be told exactly */
function valueReader(column: SQLVarBase, charset: Charset, state: ReadingState): ValueReader {
  const { type, scale, subType } = column;
  switch (type) {
    case Const.SQL_TEXT:
    case Const.SQL_VARYING:
    case Const.SQL_NULL:
      return textReader(column, charset, state);
    case Const.SQL_SHORT:
    case Const.SQL_LONG:
      return exactReader(scale, (data) => data.readInt());
    case Const.SQL_INT64:
      return exactReader(scale, readInt64);
    case Const.SQL_INT128:
      return exactReader(scale, (data) => data.readInt128Signed());
    case Const.SQL_FLOAT:
      return { type: 'float', read: (data) => shortestSingle(data.readFloat()) };
    case Const.SQL_DOUBLE:
    case Const.SQL_D_FLOAT:
      return { type: 'float', read: (data) => data.readDouble() };
    case Const.SQL_BOOLEAN:
      return { type: 'bit', read: (data) => data.readInt() !== 0 };
    case Const.SQL_TYPE_DATE:
      return { type: 'date', read: (data) => dateText(data.readInt()) };
    case Const.SQL_TYPE_TIME:
      return { type: 'time', read: (data) => timeText(data.readUInt()) };
    case Const.SQL_TIMESTAMP:
      return {
        type: 'datetime',
        read: (data) => `${dateText(data.readInt())}T${timeText(data.readUInt())}`,
      };
    case Const.SQL_BLOB:
      return {
        type: subType === TEXT_BLOB ? 'text' : 'binary',
        read: (data) => data.readQuad(),
      };
    default:
      throw refused(
        `The column ${column.alias ?? ''} has a type that is not supported (array, decfloat, or with a time zone). CAST it to VARCHAR.`,
      );
  }
}

/** What a statement's columns hold, and how the blobs among them are read. */
export interface ReadableColumns {
  readonly types: readonly ColumnType[];
  /** By column index; undefined where the column is no blob. */
  readonly blobReaders: readonly (BlobReader | undefined)[];
  readonly state: ReadingState;
}

/**
 * Makes the library read a prepared statement's columns as canonical values. Its own readers lose digits of dates,
 * decimals and characters outside the basic plane, and put dates in the zone of the process.
 */
export function readColumnsExactly(
  output: readonly SQLVarBase[],
  charset: Charset,
): ReadableColumns {
  const state: ReadingState = { unreadable: undefined };
  const types: ColumnType[] = [];
  const blobReaders = output.map((column): BlobReader | undefined => {
    const { type, read } = valueReader(column, charset, state);
    types.push(type);
    // Before Firebird 3 a flag follows each value: whether it is NULL.
    column.decode = (data: XdrReader, hasNullFlag: boolean): unknown => {
      const value = read(data);
      return hasNullFlag && data.readInt() !== 0 ? null : value;
    };
    if (column.type !== Const.SQL_BLOB) return undefined;
    // Of a blob the library would make a function that reads it; of a quad it makes nothing.
    column.type = Const.SQL_QUAD;
    return type === 'binary'
      ? (bytes) => bytes
      : (bytes) => decodeText(charset, bytes, 0, bytes.length);
  });
  return { types, blobReaders, state };
}

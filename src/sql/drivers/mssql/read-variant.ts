import type { Value } from '../../../protocol/values.ts';
import type { BytesReader } from './byte-source.ts';
import { decodeCharacters } from './code-pages.ts';
import { readBinary, readBit, readGuid, readUtf16 } from './read-bytes.ts';
import {
  readDate,
  readDateTime,
  readDateTime2,
  readDateTimeOffset,
  readSmallDateTime,
  readTime,
} from './read-moments.ts';
import { readDecimal, readFloat, readInteger, readMoney, readSmallMoney } from './read-numbers.ts';
import { readCollation } from './tedious-internals.ts';

/** Reads a base type; `properties` is the place of what goes before the value: scale, collation. */
type BaseReader = (buffer: Buffer, start: number, length: number, properties: number) => Value;

const scaled =
  (read: (buffer: Buffer, start: number, length: number, scale: number) => Value): BaseReader =>
  (buffer, start, length, properties) =>
    read(buffer, start, length, buffer[properties] as number);

const readNumeric: BaseReader = (buffer, start, length, properties) =>
  readDecimal(buffer, start, length, buffer[properties + 1] as number);

const readCharacters: BaseReader = (buffer, start, length, properties) => {
  const { codepage } = readCollation(buffer, properties).value;
  return decodeCharacters(buffer, start, start + length, codepage);
};

/** By the number of the base type. */
const BASE_READERS: Readonly<Record<number, BaseReader>> = {
  36: readGuid,
  40: readDate,
  41: scaled(readTime),
  42: scaled(readDateTime2),
  43: scaled(readDateTimeOffset),
  48: readInteger,
  50: readBit,
  52: readInteger,
  56: readInteger,
  58: readSmallDateTime,
  59: readFloat,
  60: readMoney,
  61: readDateTime,
  62: readFloat,
  106: readNumeric,
  108: readNumeric,
  122: readSmallMoney,
  127: readInteger,
  165: readBinary,
  167: readCharacters,
  173: readBinary,
  175: readCharacters,
  231: readUtf16,
  239: readUtf16,
};

/** `sql_variant`: the number of its base type, the length of its properties, the properties, the value. */
export const readVariant: BytesReader = (buffer, start, length) => {
  const read = BASE_READERS[buffer[start] as number];
  if (!read)
    throw new Error(`A sql_variant has the base type ${buffer[start]}, which is not known.`);
  const propertyBytes = buffer[start + 1] as number;
  const valueAt = start + 2 + propertyBytes;
  return read(buffer, valueAt, length - 2 - propertyBytes, start + 2);
};

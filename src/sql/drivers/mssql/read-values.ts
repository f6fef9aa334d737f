import type { Value } from '../../../protocol/values.ts';
import { type BytesReader, INCOMPLETE, type ValueReader } from './byte-source.ts';
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
import { readPartialLength } from './read-partial-length.ts';
import { readVariant } from './read-variant.ts';
import type { TypeMetadata } from './tedious-internals.ts';

const MAX_TYPE = 0xffff;
const NULL_LENGTH = 0xffff;

/** A value of constant length that cannot be NULL. */
function fixed(length: number, read: BytesReader): ValueReader {
  return (source) => {
    const start = source.position;
    if (start + length > source.buffer.length) return INCOMPLETE;
    source.position = start + length;
    return read(source.buffer, start, length);
  };
}

/** A value behind one byte of length, 0 for NULL. */
function shortLength(read: BytesReader): ValueReader {
  return (source) => {
    const { buffer, position } = source;
    if (position >= buffer.length) return INCOMPLETE;
    const length = buffer[position] as number;
    const start = position + 1;
    if (start + length > buffer.length) return INCOMPLETE;
    source.position = start + length;
    return length === 0 ? null : read(buffer, start, length);
  };
}

/** A value behind two bytes of length, 65535 for NULL. */
function mediumLength(read: BytesReader): ValueReader {
  return (source) => {
    const { buffer, position } = source;
    const start = position + 2;
    if (start > buffer.length) return INCOMPLETE;
    const length = buffer.readUInt16LE(position);
    if (length === NULL_LENGTH) {
      source.position = start;
      return null;
    }
    if (start + length > buffer.length) return INCOMPLETE;
    source.position = start + length;
    return read(buffer, start, length);
  };
}

/** A value behind four bytes of length, 0 for NULL (`sql_variant`). */
function longLength(read: BytesReader): ValueReader {
  return (source) => {
    const { buffer, position } = source;
    const start = position + 4;
    if (start > buffer.length) return INCOMPLETE;
    const length = buffer.readUInt32LE(position);
    if (start + length > buffer.length) return INCOMPLETE;
    source.position = start + length;
    return length === 0 ? null : read(buffer, start, length);
  };
}

/** `text`, `ntext`, `image`: a text pointer (its length 0 for NULL) and a timestamp come before the length. */
function behindTextPointer(read: BytesReader): ValueReader {
  return (source) => {
    const { buffer, position } = source;
    if (position >= buffer.length) return INCOMPLETE;
    const pointerLength = buffer[position] as number;
    if (pointerLength === 0) {
      source.position = position + 1;
      return null;
    }
    const lengthAt = position + 1 + pointerLength + 8;
    const start = lengthAt + 4;
    if (start > buffer.length) return INCOMPLETE;
    const length = buffer.readUInt32LE(lengthAt);
    if (start + length > buffer.length) return INCOMPLETE;
    source.position = start + length;
    return read(buffer, start, length);
  };
}

/** A value in chunks: the `max` types, xml, and types of the common language runtime. */
function inChunks(read: BytesReader): ValueReader {
  return (source) => {
    const bytes = readPartialLength(source);
    if (bytes === INCOMPLETE || bytes === null) return bytes;
    return read(bytes, 0, bytes.length);
  };
}

const readMoneyN: BytesReader = (buffer, start, length) =>
  length === 4 ? readSmallMoney(buffer, start) : readMoney(buffer, start);

const readDateTimeN: BytesReader = (buffer, start, length) =>
  length === 4 ? readSmallDateTime(buffer, start) : readDateTime(buffer, start);

type ReaderFactory = (metadata: TypeMetadata) => ValueReader;

const constant =
  (reader: ValueReader): ReaderFactory =>
  () =>
    reader;

const withScale =
  (read: (buffer: Buffer, start: number, length: number, scale: number) => Value): ReaderFactory =>
  ({ scale = 0 }) =>
    shortLength((buffer, start, length) => read(buffer, start, length, scale));

const characters =
  (lengthPrefix: (read: BytesReader) => ValueReader): ReaderFactory =>
  ({ collation }) =>
    lengthPrefix((buffer, start, length) =>
      decodeCharacters(buffer, start, start + length, collation?.codepage),
    );

/** The types that have a `max` form, which comes in chunks. */
const perhapsMax =
  (read: ReaderFactory, readMax: ReaderFactory): ReaderFactory =>
  (metadata) =>
    metadata.dataLength === MAX_TYPE ? readMax(metadata) : read(metadata);

const READERS: Readonly<Record<string, ReaderFactory>> = {
  Null: constant(() => null),
  TinyInt: constant(fixed(1, readInteger)),
  SmallInt: constant(fixed(2, readInteger)),
  Int: constant(fixed(4, readInteger)),
  BigInt: constant(fixed(8, readInteger)),
  IntN: constant(shortLength(readInteger)),
  Bit: constant(fixed(1, readBit)),
  BitN: constant(shortLength(readBit)),
  Real: constant(fixed(4, readFloat)),
  Float: constant(fixed(8, readFloat)),
  FloatN: constant(shortLength(readFloat)),
  SmallMoney: constant(fixed(4, readMoneyN)),
  Money: constant(fixed(8, readMoneyN)),
  MoneyN: constant(shortLength(readMoneyN)),
  DecimalN: withScale(readDecimal),
  NumericN: withScale(readDecimal),
  SmallDateTime: constant(fixed(4, readDateTimeN)),
  DateTime: constant(fixed(8, readDateTimeN)),
  DateTimeN: constant(shortLength(readDateTimeN)),
  Date: constant(shortLength(readDate)),
  Time: withScale(readTime),
  DateTime2: withScale(readDateTime2),
  DateTimeOffset: withScale(readDateTimeOffset),
  UniqueIdentifier: constant(shortLength(readGuid)),
  Char: characters(mediumLength),
  VarChar: perhapsMax(characters(mediumLength), characters(inChunks)),
  Text: characters(behindTextPointer),
  NChar: constant(mediumLength(readUtf16)),
  NVarChar: perhapsMax(constant(mediumLength(readUtf16)), constant(inChunks(readUtf16))),
  NText: constant(behindTextPointer(readUtf16)),
  Xml: constant(inChunks(readUtf16)),
  Binary: constant(mediumLength(readBinary)),
  VarBinary: perhapsMax(constant(mediumLength(readBinary)), constant(inChunks(readBinary))),
  Image: constant(behindTextPointer(readBinary)),
  UDT: constant(inChunks(readBinary)),
  Variant: constant(longLength(readVariant)),
};

/** Makes the reader of a column or an output parameter. @throws Error when the type is not known */
export function compileValueReader(metadata: TypeMetadata): ValueReader {
  const factory = READERS[metadata.type.name];
  if (!factory) throw new Error(`SQL Server's type ${metadata.type.name} is not supported.`);
  return factory(metadata);
}

import type { TYPES } from 'tedious';

/** tedious' interface of a parameter type. */
type TediousType = (typeof TYPES)['Int'];

/** A parameter in the bytes that SQL Server gets. */
export interface WireParameter {
  /** Its type as T-SQL declares it. */
  readonly declaration: string;
  /** The type; character types hold the database's collation, five bytes. */
  readonly typeInfo: (collation: Uint8Array) => Buffer;
  /** Length and value. */
  readonly data: Buffer;
}

const NO_COLLATION = new Uint8Array(5);

/** Makes a parameter type for tedious that writes just these bytes: tedious' own types lose digits and offsets. */
export function toTediousType({ declaration, typeInfo, data }: WireParameter): TediousType {
  return {
    id: 0,
    type: 'WIRE',
    name: 'Wire',
    declaration: () => declaration,
    generateTypeInfo: ({ collation }) => typeInfo(collation?.toBuffer() ?? NO_COLLATION),
    generateParameterLength: () => Buffer.alloc(0),
    *generateParameterData() {
      yield data;
    },
    validate: (value: unknown) => value,
  };
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** A value behind one byte of length. */
export function shortParameter(
  declaration: string,
  typeInfo: readonly number[],
  value: Buffer | null,
): WireParameter {
  const data = value === null ? Buffer.of(0) : Buffer.concat([Buffer.of(value.length), value]);
  return { declaration, typeInfo: () => Buffer.from(typeInfo), data };
}

const MAX_LENGTH = 0xffff;
const LONG_NULL = Buffer.alloc(8, 0xff);

function inOneChunk(value: Buffer | null): Buffer {
  if (value === null) return LONG_NULL;
  const total = Buffer.alloc(8);
  total.writeBigUInt64LE(BigInt(value.length));
  const chunk = value.length > 0 ? [uint32(value.length), value] : [];
  return Buffer.concat([total, ...chunk, uint32(0)]);
}

function inOnePiece(value: Buffer | null): Buffer {
  return value === null ? uint16(MAX_LENGTH) : Buffer.concat([uint16(value.length), value]);
}

/** A type whose length is declared, and its `max` form where it has one. */
interface SizedType {
  readonly name: string;
  readonly id: number;
  readonly isCharacter: boolean;
  readonly bytesPerUnit: 1 | 2;
}

export const SIZED_TYPES = {
  char: { name: 'char', id: 0xaf, isCharacter: true, bytesPerUnit: 1 },
  varchar: { name: 'varchar', id: 0xa7, isCharacter: true, bytesPerUnit: 1 },
  nchar: { name: 'nchar', id: 0xef, isCharacter: true, bytesPerUnit: 2 },
  nvarchar: { name: 'nvarchar', id: 0xe7, isCharacter: true, bytesPerUnit: 2 },
  binary: { name: 'binary', id: 0xad, isCharacter: false, bytesPerUnit: 1 },
  varbinary: { name: 'varbinary', id: 0xa5, isCharacter: false, bytesPerUnit: 1 },
} as const satisfies Record<string, SizedType>;

/** Bytes that a sized type holds at most when it is not `max`. */
const MAX_SIZED_BYTES = 8_000;

/** A value of a sized type. `length` in characters or bytes; undefined is `max`. */
export function sizedParameter(
  type: SizedType,
  length: number | undefined,
  value: Buffer | null,
): WireParameter {
  const lengthBytes = length === undefined ? MAX_LENGTH : length * type.bytesPerUnit;
  const head = Buffer.concat([Buffer.of(type.id), uint16(lengthBytes)]);
  return {
    declaration: `${type.name}(${length ?? 'max'})`,
    typeInfo: (collation) => (type.isCharacter ? Buffer.concat([head, collation]) : head),
    data: length === undefined ? inOneChunk(value) : inOnePiece(value),
  };
}

/** Units, characters or bytes, that a sized type holds at most when it is not `max`. */
export function maxSizedLength({ bytesPerUnit }: SizedType): number {
  return MAX_SIZED_BYTES / bytesPerUnit;
}

const XML_TYPE = 0xf1;
const UTF16_MARK = '\ufeff';

/** `xml` without a schema. The mark says that the text is UTF-16. */
export function xmlParameter(text: string | null): WireParameter {
  const value = text === null ? null : Buffer.from(UTF16_MARK + text, 'utf16le');
  return {
    declaration: 'xml',
    typeInfo: () => Buffer.of(XML_TYPE, 0),
    data: inOneChunk(value),
  };
}

const VARIANT_TYPE = 0x62;
const VARIANT_MAX_BYTES = 8_009;
const NVARCHAR_PROPERTY_BYTES = 7;

/** `sql_variant` that holds an `nvarchar` of at most 4,000 characters. */
export function variantParameter(text: string | null): WireParameter {
  const declaration = 'sql_variant';
  const typeInfo = () => Buffer.concat([Buffer.of(VARIANT_TYPE), uint32(VARIANT_MAX_BYTES)]);
  if (text === null) return { declaration, typeInfo, data: uint32(0) };
  const value = Buffer.from(text, 'utf16le');
  const head = Buffer.of(SIZED_TYPES.nvarchar.id, NVARCHAR_PROPERTY_BYTES);
  const base = Buffer.concat([head, NO_COLLATION, uint16(MAX_SIZED_BYTES)]);
  const data = Buffer.concat([uint32(base.length + value.length), base, value]);
  return { declaration, typeInfo, data };
}

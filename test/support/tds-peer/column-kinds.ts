import { int32, uint8, uint16, uint32, uint64, unsigned, utf16 } from './byte-writer.ts';

/** A type of SQL Server: how it is announced, and how a value of it is written. */
export interface ColumnKind {
  readonly typeInfo: Buffer;
  encode(value: unknown): Buffer;
  readonly hasTableName?: boolean;
}

/** SQL_Latin1_General_CP1_CI_AS: code page 1252. */
export const LATIN1 = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);
/** Latin1_General_100_CI_AS_SC_UTF8. */
export const UTF8 = Buffer.from([0x09, 0x04, 0xd0, 0x24, 0x00]);

const MS_PER_DAY = 86_400_000;
const DAYS_TO_1900 = 693_595;
const DAYS_TO_1970 = 719_162;

/** Days since 0001-01-01 of `YYYY-MM-DD`. */
function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY + DAYS_TO_1970;
}

/** A moment's parts: whole days, and units of 10^-scale seconds since midnight. */
function momentParts(text: string, scale: number): { days: number; units: bigint } {
  const [date = '', time = ''] = text.includes('T') ? text.split('T') : ['0001-01-01', text];
  const [clock = '00:00:00', fraction = ''] = time.split('.');
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  const whole = BigInt((hours * 60 + minutes) * 60 + seconds);
  return {
    days: dayNumber(date),
    units:
      whole * 10n ** BigInt(scale) + BigInt(fraction.padEnd(scale, '0').slice(0, scale) || '0'),
  };
}

const timeLength = (scale: number): number => (scale < 3 ? 3 : scale < 5 ? 4 : 5);

function nullable(typeInfo: readonly number[], encode: (value: never) => Buffer): ColumnKind {
  return {
    typeInfo: Buffer.from(typeInfo),
    encode(value) {
      if (value === null) return uint8(0);
      const bytes = encode(value as never);
      return Buffer.concat([uint8(bytes.length), bytes]);
    },
  };
}

function notNull(type: number, encode: (value: never) => Buffer): ColumnKind {
  return { typeInfo: uint8(type), encode: (value) => encode(value as never) };
}

function scaledInteger(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction.padEnd(scale, '0'));
  return text.startsWith('-') ? -magnitude : magnitude;
}

const decimalBytes = (precision: number, scale: number) => (value: string) => {
  const length = precision <= 9 ? 4 : precision <= 19 ? 8 : precision <= 28 ? 12 : 16;
  const scaled = scaledInteger(value, scale);
  const magnitude = scaled < 0n ? -scaled : scaled;
  return Buffer.concat([uint8(value.startsWith('-') ? 0 : 1), unsigned(magnitude, length)]);
};

const moneyBytes = (value: string): Buffer => {
  const units = scaledInteger(value, 4);
  return Buffer.concat([int32(Number(units >> 32n)), uint32(Number(units & 0xffff_ffffn))]);
};

/** `YYYY-MM-DDTHH:MM:SS` and 300ths of a second. */
const dateTimeBytes = ({ text, ticks }: { text: string; ticks: number }): Buffer => {
  const { days, units } = momentParts(text, 0);
  return Buffer.concat([int32(days - DAYS_TO_1900), uint32(Number(units) * 300 + ticks)]);
};

const smallDateTimeBytes = (text: string): Buffer => {
  const { days, units } = momentParts(text, 0);
  return Buffer.concat([uint16(days - DAYS_TO_1900), uint16(Number(units / 60n))]);
};

const timeBytes = (scale: number) => (text: string) =>
  unsigned(momentParts(text, scale).units, timeLength(scale));

const dateTime2Bytes = (scale: number) => (text: string) => {
  const { days, units } = momentParts(text, scale);
  return Buffer.concat([unsigned(units, timeLength(scale)), unsigned(BigInt(days), 3)]);
};

/** `YYYY-MM-DDTHH:MM:SS[.f]±HH:MM`, local time and offset; UTC is what travels. */
const dateTimeOffsetBytes = (scale: number) => (text: string) => {
  const { days, units } = momentParts(text.slice(0, -6), scale);
  const sign = text.at(-6) === '-' ? -1 : 1;
  const offset = sign * (Number(text.slice(-5, -3)) * 60 + Number(text.slice(-2)));
  const perDay = 86_400n * 10n ** BigInt(scale);
  const utc = BigInt(days) * perDay + units - BigInt(offset * 60) * 10n ** BigInt(scale);
  const offsetBytes = Buffer.alloc(2);
  offsetBytes.writeInt16LE(offset);
  return Buffer.concat([
    unsigned(utc % perDay, timeLength(scale)),
    unsigned(utc / perDay, 3),
    offsetBytes,
  ]);
};

const guidBytes = (text: string): Buffer => {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  return Buffer.concat([
    bytes.subarray(0, 4).toReversed(),
    bytes.subarray(4, 6).toReversed(),
    bytes.subarray(6, 8).toReversed(),
    bytes.subarray(8),
  ]);
};

const floatBytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};

const realBytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};

/** Character and binary types behind two bytes of length. */
function sized(
  type: number,
  maxBytes: number,
  collation: Buffer,
  encode: (value: never) => Buffer,
): ColumnKind {
  return {
    typeInfo: Buffer.concat([uint8(type), uint16(maxBytes), collation]),
    encode(value) {
      if (value === null) return uint16(0xffff);
      const bytes = encode(value as never);
      return Buffer.concat([uint16(bytes.length), bytes]);
    },
  };
}

const CHUNK_BYTES = 5_000;

/** The `max` types: chunks, with their total known or not. */
function chunked(
  typeInfo: Buffer,
  encode: (value: never) => Buffer,
  isTotalKnown = true,
): ColumnKind {
  return {
    typeInfo,
    encode(value) {
      if (value === null) return Buffer.alloc(8, 0xff);
      const bytes = encode(value as never);
      const parts = [uint64(isTotalKnown ? BigInt(bytes.length) : 0xffff_ffff_ffff_fffen)];
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        const chunk = bytes.subarray(at, at + CHUNK_BYTES);
        parts.push(uint32(chunk.length), chunk);
      }
      return Buffer.concat([...parts, uint32(0)]);
    },
  };
}

function behindPointer(
  type: number,
  collation: Buffer,
  encode: (value: never) => Buffer,
): ColumnKind {
  return {
    typeInfo: Buffer.concat([uint8(type), uint32(0x7fff_ffff), collation]),
    hasTableName: true,
    encode(value) {
      if (value === null) return uint8(0);
      const bytes = encode(value as never);
      const pointer = Buffer.concat([uint8(16), Buffer.alloc(16, 1), Buffer.alloc(8, 2)]);
      return Buffer.concat([pointer, uint32(bytes.length), bytes]);
    },
  };
}

/** A value of a `sql_variant`: its base type, the base type's properties, its bytes. */
export interface VariantValue {
  readonly type: number;
  readonly properties: Buffer;
  readonly bytes: Buffer;
}

const NONE = Buffer.alloc(0);
const MAX = 0xffff;
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const raw = (bytes: Uint8Array): Buffer => Buffer.from(bytes);
const integerBytes = (length: number) => (value: number | bigint) =>
  unsigned(BigInt.asUintN(length * 8, BigInt(value)), length);

/** All types that a column or an output parameter can have. */
export const kinds = {
  tinyint: notNull(0x30, integerBytes(1)),
  smallint: notNull(0x34, integerBytes(2)),
  int: notNull(0x38, integerBytes(4)),
  bigint: notNull(0x7f, integerBytes(8)),
  bit: notNull(0x32, (value: boolean) => uint8(value ? 1 : 0)),
  real: notNull(0x3b, realBytes),
  float: notNull(0x3e, floatBytes),
  money: notNull(0x3c, moneyBytes),
  smallmoney: notNull(0x7a, (value: string) => int32(Number(scaledInteger(value, 4)))),
  datetime: notNull(0x3d, dateTimeBytes),
  smalldatetime: notNull(0x3a, smallDateTimeBytes),
  intN: (length: 1 | 2 | 4 | 8) => nullable([0x26, length], integerBytes(length)),
  bitN: nullable([0x68, 1], (value: boolean) => uint8(value ? 1 : 0)),
  realN: nullable([0x6d, 4], realBytes),
  floatN: nullable([0x6d, 8], floatBytes),
  moneyN: nullable([0x6e, 8], moneyBytes),
  smallmoneyN: nullable([0x6e, 4], (value: string) => int32(Number(scaledInteger(value, 4)))),
  datetimeN: nullable([0x6f, 8], dateTimeBytes),
  smalldatetimeN: nullable([0x6f, 4], smallDateTimeBytes),
  decimal: (precision: number, scale: number) =>
    nullable([0x6a, 17, precision, scale], decimalBytes(precision, scale)),
  numeric: (precision: number, scale: number) =>
    nullable([0x6c, 17, precision, scale], decimalBytes(precision, scale)),
  date: nullable([0x28], (text: string) => unsigned(BigInt(dayNumber(text)), 3)),
  time: (scale: number) => nullable([0x29, scale], timeBytes(scale)),
  datetime2: (scale: number) => nullable([0x2a, scale], dateTime2Bytes(scale)),
  datetimeoffset: (scale: number) => nullable([0x2b, scale], dateTimeOffsetBytes(scale)),
  guid: nullable([0x24, 16], guidBytes),
  char: (length: number) => sized(0xaf, length, LATIN1, latin1),
  varchar: (length: number) => sized(0xa7, length, LATIN1, latin1),
  /** Bytes as they are, in whatever collation. */
  varcharIn: (collation: Buffer) => sized(0xa7, 8_000, collation, raw),
  nchar: (length: number) => sized(0xef, length * 2, LATIN1, utf16),
  nvarchar: (length: number) => sized(0xe7, length * 2, LATIN1, utf16),
  binary: (length: number) => sized(0xad, length, NONE, raw),
  varbinary: (length: number) => sized(0xa5, length, NONE, raw),
  varcharMax: chunked(Buffer.concat([uint8(0xa7), uint16(MAX), LATIN1]), latin1),
  nvarcharMax: chunked(Buffer.concat([uint8(0xe7), uint16(MAX), LATIN1]), utf16),
  nvarcharMaxOfUnknownLength: chunked(
    Buffer.concat([uint8(0xe7), uint16(MAX), LATIN1]),
    utf16,
    false,
  ),
  varbinaryMax: chunked(Buffer.concat([uint8(0xa5), uint16(MAX)]), raw),
  xml: chunked(Buffer.of(0xf1, 0), utf16),
  text: behindPointer(0x23, LATIN1, latin1),
  ntext: behindPointer(0x63, LATIN1, utf16),
  image: behindPointer(0x22, NONE, raw),
  rowversion: sized(0xad, 8, NONE, raw),
  variant: {
    typeInfo: Buffer.concat([uint8(0x62), uint32(8_009)]),
    encode(value) {
      if (value === null) return uint32(0);
      const { type, properties, bytes } = value as VariantValue;
      const head = Buffer.concat([uint8(type), uint8(properties.length), properties]);
      return Buffer.concat([uint32(head.length + bytes.length), head, bytes]);
    },
  } satisfies ColumnKind,
};

const collationAndLength = Buffer.concat([LATIN1, uint16(8_000)]);

/** Values of a `sql_variant`, by base type. */
export const variants = {
  int: (value: number): VariantValue => ({
    type: 0x38,
    properties: NONE,
    bytes: integerBytes(4)(value),
  }),
  bigint: (value: bigint): VariantValue => ({
    type: 0x7f,
    properties: NONE,
    bytes: integerBytes(8)(value),
  }),
  bit: (value: boolean): VariantValue => ({
    type: 0x32,
    properties: NONE,
    bytes: uint8(value ? 1 : 0),
  }),
  float: (value: number): VariantValue => ({
    type: 0x3e,
    properties: NONE,
    bytes: floatBytes(value),
  }),
  decimal: (value: string, precision: number, scale: number): VariantValue => ({
    type: 0x6a,
    properties: Buffer.of(precision, scale),
    bytes: decimalBytes(precision, scale)(value),
  }),
  money: (value: string): VariantValue => ({
    type: 0x3c,
    properties: NONE,
    bytes: moneyBytes(value),
  }),
  datetime2: (text: string, scale: number): VariantValue => ({
    type: 0x2a,
    properties: uint8(scale),
    bytes: dateTime2Bytes(scale)(text),
  }),
  datetimeoffset: (text: string, scale: number): VariantValue => ({
    type: 0x2b,
    properties: uint8(scale),
    bytes: dateTimeOffsetBytes(scale)(text),
  }),
  date: (text: string): VariantValue => ({
    type: 0x28,
    properties: NONE,
    bytes: unsigned(BigInt(dayNumber(text)), 3),
  }),
  guid: (text: string): VariantValue => ({ type: 0x24, properties: NONE, bytes: guidBytes(text) }),
  varchar: (text: string): VariantValue => ({
    type: 0xa7,
    properties: collationAndLength,
    bytes: latin1(text),
  }),
  nvarchar: (text: string): VariantValue => ({
    type: 0xe7,
    properties: collationAndLength,
    bytes: utf16(text),
  }),
  varbinary: (bytes: Uint8Array): VariantValue => ({
    type: 0xa5,
    properties: uint16(8_000),
    bytes: raw(bytes),
  }),
};

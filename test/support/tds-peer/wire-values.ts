/** A parameter's value as it was sent: digits and dates as text, to the last of them. */
export type WireValue = null | boolean | number | bigint | string | Buffer;

interface Sent {
  readonly type: string;
  readonly value: WireValue;
  readonly end: number;
}

/** What a type reads from its type information, and how long that is. */
interface TypeReader {
  readonly infoBytes: number;
  readonly length: 'short' | 'medium' | 'long';
  /** @param info the type information behind the type's number */
  readonly name: (info: Buffer) => string;
  readonly read: (bytes: Buffer, info: Buffer) => WireValue;
}

const MAX = 0xffff;

function signedNumber(bytes: Buffer): number | bigint {
  if (bytes.length === 8) return bytes.readBigInt64LE();
  return bytes.length === 1 ? bytes.readUInt8() : bytes.readIntLE(0, bytes.length);
}

function bigNumber(bytes: Buffer): bigint {
  return [...bytes].reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function pointed(magnitude: bigint, isNegative: boolean, scale: number): string {
  const digits = magnitude.toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return isNegative ? `-${text}` : text;
}

function money(bytes: Buffer): string {
  const units =
    bytes.length === 4
      ? BigInt(bytes.readInt32LE())
      : BigInt(bytes.readInt32LE()) * 0x1_0000_0000n + BigInt(bytes.readUInt32LE(4));
  return pointed(units < 0n ? -units : units, units < 0n, 4);
}

const MS_PER_DAY = 86_400_000;

/** The date of a number of days since 0001-01-01. */
function dateOf(days: number): string {
  return new Date((days - 719_162) * MS_PER_DAY).toISOString().slice(0, 10);
}

/** A time of day with seven digits, from units of 100 ns. */
function clock(units: bigint): string {
  const seconds = Number(units / 10_000_000n);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return `${text}.${String(units % 10_000_000n).padStart(7, '0')}`;
}

function dateTime2(bytes: Buffer): string {
  return `${dateOf(bytes.readUIntLE(5, 3))}T${clock(bigNumber(bytes.subarray(0, 5)))}`;
}

function dateTime(bytes: Buffer): string {
  if (bytes.length === 4) {
    const minutes = bytes.readUInt16LE(2);
    return `${dateOf(bytes.readUInt16LE() + 693_595)}T${clock(BigInt(minutes) * 600_000_000n)}`;
  }
  const ticks = bytes.readUInt32LE(4);
  const seconds = clock(BigInt(Math.floor(ticks / 300)) * 10_000_000n).slice(0, 8);
  return `${dateOf(bytes.readInt32LE() + 693_595)}T${seconds}+${ticks % 300}/300`;
}

function guid(bytes: Buffer): string {
  const part = (start: number, end: number): string => bytes.toString('hex', start, end);
  const turned = (start: number, end: number): string =>
    Buffer.from(bytes.subarray(start, end).toReversed()).toString('hex');
  return `${turned(0, 4)}-${turned(4, 6)}-${turned(6, 8)}-${part(8, 10)}-${part(10, 16)}`;
}

const sizedName = (name: string, unitBytes: number) => (info: Buffer) => {
  const length = info.readUInt16LE();
  return `${name}(${length === MAX ? 'max' : length / unitBytes})`;
};

const characters = (name: string): TypeReader => ({
  infoBytes: 7,
  length: 'medium',
  name: sizedName(name, 1),
  read: (bytes) => bytes.toString('latin1'),
});

const unicode = (name: string): TypeReader => ({
  infoBytes: 7,
  length: 'medium',
  name: sizedName(name, 2),
  read: (bytes) => bytes.toString('utf16le'),
});

const binary = (name: string): TypeReader => ({
  infoBytes: 2,
  length: 'medium',
  name: sizedName(name, 1),
  read: (bytes) => bytes,
});

const byLength = (names: Readonly<Record<number, string>>) => (info: Buffer) =>
  names[info[0] as number] ?? '?';

const short = (
  infoBytes: number,
  name: TypeReader['name'],
  read: TypeReader['read'],
): TypeReader => ({ infoBytes, length: 'short', name, read });

const UTF16_MARK = '\ufeff';

/** By the type's number. */
const TYPES: Readonly<Record<number, TypeReader>> = {
  0x24: short(1, () => 'uniqueidentifier', guid),
  0x26: short(1, byLength({ 1: 'tinyint', 2: 'smallint', 4: 'int', 8: 'bigint' }), signedNumber),
  0x28: short(
    0,
    () => 'date',
    (bytes) => dateOf(bytes.readUIntLE(0, 3)),
  ),
  0x29: short(
    1,
    (info) => `time(${info[0]})`,
    (bytes) => clock(bigNumber(bytes)),
  ),
  0x2a: short(1, (info) => `datetime2(${info[0]})`, dateTime2),
  0x2b: short(
    1,
    (info) => `datetimeoffset(${info[0]})`,
    (bytes) => `${dateTime2(bytes)}Z offset ${bytes.readInt16LE(8)}`,
  ),
  0x68: short(
    1,
    () => 'bit',
    (bytes) => bytes[0] === 1,
  ),
  0x6a: short(
    3,
    (info) => `decimal(${info[1]}, ${info[2]})`,
    (bytes, info) => pointed(bigNumber(bytes.subarray(1)), bytes[0] === 0, info[2] as number),
  ),
  0x6d: short(1, byLength({ 4: 'real', 8: 'float' }), (bytes) =>
    bytes.length === 4 ? bytes.readFloatLE() : bytes.readDoubleLE(),
  ),
  0x6e: short(1, byLength({ 4: 'smallmoney', 8: 'money' }), money),
  0x6f: short(1, byLength({ 4: 'smalldatetime', 8: 'datetime' }), dateTime),
  0x62: {
    infoBytes: 4,
    length: 'long',
    name: () => 'sql_variant',
    read: (bytes) => bytes.toString('utf16le', 2 + (bytes[1] as number)),
  },
  0xa5: binary('varbinary'),
  0xad: binary('binary'),
  0xa7: characters('varchar'),
  0xaf: characters('char'),
  0xe7: unicode('nvarchar'),
  0xef: unicode('nchar'),
  0xf1: {
    infoBytes: 1,
    length: 'medium',
    name: () => 'xml',
    read: (bytes) => {
      const text = bytes.toString('utf16le');
      if (!text.startsWith(UTF16_MARK)) throw new Error('The xml does not say its encoding.');
      return text.slice(1);
    },
  },
};

/** Bytes in chunks, each behind its length. */
function readChunks(body: Buffer, start: number): { bytes: Buffer | null; end: number } {
  if (body.readBigUInt64LE(start) === 0xffff_ffff_ffff_ffffn)
    return { bytes: null, end: start + 8 };
  const chunks: Buffer[] = [];
  let at = start + 8;
  for (let length = body.readUInt32LE(at); length > 0; length = body.readUInt32LE(at)) {
    chunks.push(body.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  const bytes = Buffer.concat(chunks);
  const total = body.readBigUInt64LE(start);
  if (total !== BigInt(bytes.length)) throw new Error('The chunks do not add up.');
  return { bytes, end: at + 4 };
}

function readBytes(
  body: Buffer,
  start: number,
  length: TypeReader['length'],
): { bytes: Buffer | null; end: number } {
  const prefix = { short: 1, medium: 2, long: 4 }[length];
  const bytes = body.readUIntLE(start, prefix);
  const isNull = length === 'medium' ? bytes === MAX : bytes === 0;
  const from = start + prefix;
  return isNull
    ? { bytes: null, end: from }
    : { bytes: body.subarray(from, from + bytes), end: from + bytes };
}

/** Reads a type and a value of it. */
export function readWireValue(body: Buffer, start: number): Sent {
  const number = body[start] as number;
  const type = TYPES[number];
  if (!type) throw new Error(`The peer does not know the type 0x${number.toString(16)}.`);
  const infoEnd = start + 1 + type.infoBytes;
  const info = body.subarray(start + 1, infoEnd);
  const isChunked =
    number === 0xf1 || (type.length === 'medium' && body.readUInt16LE(start + 1) === MAX);
  const { bytes, end } = isChunked
    ? readChunks(body, infoEnd)
    : readBytes(body, infoEnd, type.length);
  return { type: type.name(info), value: bytes === null ? null : type.read(bytes, info), end };
}

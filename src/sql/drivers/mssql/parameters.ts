import type { Request } from 'tedious';
import type { ParameterTypeName } from '../../../protocol/command.ts';
import type { Value } from '../../../protocol/values.ts';
import type { SqlCommand, SqlParameter } from '../../driver.ts';
import {
  encodeDate,
  encodeDateTime,
  encodeDateTime2,
  encodeDateTimeOffset,
  encodeSmallDateTime,
  encodeTime,
} from './encode-moments.ts';
import {
  encodeDecimal,
  encodeFloat,
  encodeInteger,
  encodeMoney,
  readDigits,
} from './encode-numbers.ts';
import { unsupported } from './errors.ts';
import {
  maxSizedLength,
  SIZED_TYPES,
  shortParameter,
  sizedParameter,
  toTediousType,
  variantParameter,
  type WireParameter,
  xmlParameter,
} from './wire-parameter.ts';

type Encoder = (parameter: SqlParameter, type: SqlCommand['type']) => WireParameter;

/** Writes a value that the grammar has read as the right kind. */
type Encode = (value: never) => Buffer;

function encoded(value: Value, encode: Encode): Buffer | null {
  return value === null ? null : encode(value as never);
}

function short(declaration: string, typeInfo: readonly number[], encode: Encode): Encoder {
  return ({ value }) => shortParameter(declaration, typeInfo, encoded(value, encode));
}

const integer = (declaration: string, length: number): Encoder =>
  short(declaration, [0x26, length], (value: number | bigint) => encodeInteger(value, length));

const float = (declaration: string, length: number): Encoder =>
  short(declaration, [0x6d, length], (value: number) => encodeFloat(value, length));

const money = (declaration: string, length: number): Encoder =>
  short(declaration, [0x6e, length], (value: string) => encodeMoney(value, length));

/** Bytes of a GUID, the first three groups turned round. */
function encodeGuid(text: string): Buffer {
  const [a = '', b = '', c = '', ...rest] = text.split('-');
  const turned = [a, b, c].map((group) => Buffer.from(group, 'hex').toReversed());
  return Buffer.concat([...turned, Buffer.from(rest.join(''), 'hex')]);
}

const MAX_PRECISION = 38;
/** What .NET declares for a decimal. */
const INPUT_PRECISION = 29;
/** Decimal places of an output in a text, whose scale nobody names. */
const OUTPUT_SCALE = 10;
/** A sign, a point, a zero before it, and 38 digits. */
const DECIMAL_CHARACTERS = 41;

function isOutput({ direction }: SqlParameter): boolean {
  return direction === 'output' || direction === 'inputOutput';
}

/**
 * A decimal that comes back from a procedure travels as text: a procedure's parameter has a scale that the caller does
 * not know, and a declared one would round to it.
 */
const decimal: Encoder = (parameter, type) => {
  const value = parameter.value as string | null;
  if (isOutput(parameter) && type === 'storedProcedure') {
    const text = encoded(value, (digits: string) => Buffer.from(digits, 'latin1'));
    return sizedParameter(SIZED_TYPES.varchar, DECIMAL_CHARACTERS, text);
  }
  const { digits, scale: ownScale } = readDigits(value ?? '0');
  const places = MAX_PRECISION - Math.max(digits.length - ownScale, 0);
  const scale = isOutput(parameter) ? Math.max(ownScale, Math.min(OUTPUT_SCALE, places)) : ownScale;
  const precision = isOutput(parameter)
    ? MAX_PRECISION
    : Math.max(INPUT_PRECISION, digits.length, scale);
  return shortParameter(
    `decimal(${precision}, ${scale})`,
    [0x6a, 17, precision, scale],
    encoded(value, (text: string) => encodeDecimal(text, scale)),
  );
};

/** Length that is declared; undefined for `max`. An output without a size gets all the room there is. */
function declaredLength(
  { size, direction }: SqlParameter,
  valueLength: number,
  maxLength: number,
  isFixed: boolean,
): number | undefined {
  if (size === undefined || size <= 0) {
    if (size === -1 || direction === 'output' || direction === 'inputOutput') return undefined;
    // One length for all values spares the server a plan for each.
    const length = isFixed ? Math.max(valueLength, 1) : maxLength;
    return valueLength > maxLength ? undefined : length;
  }
  const length = Math.max(size, valueLength);
  return length > maxLength ? undefined : length;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** Character data goes as `varchar` only while that is sure to lose nothing; else as Unicode. */
function characters(asked: { isFixed: boolean; isUnicode: boolean; isLong?: boolean }): Encoder {
  return (parameter) => {
    const text = parameter.value as string | null;
    const isUnicode = asked.isUnicode || (text !== null && !isAscii(text));
    const fixed = isUnicode ? SIZED_TYPES.nchar : SIZED_TYPES.char;
    const varying = isUnicode ? SIZED_TYPES.nvarchar : SIZED_TYPES.varchar;
    const length = asked.isLong
      ? undefined
      : declaredLength(parameter, text?.length ?? 0, maxSizedLength(varying), asked.isFixed);
    const value = text === null ? null : Buffer.from(text, isUnicode ? 'utf16le' : 'latin1');
    const type = asked.isFixed && length !== undefined ? fixed : varying;
    return sizedParameter(type, length, value);
  };
}

function binary(asked: { isFixed: boolean; isLong?: boolean }): Encoder {
  return (parameter) => {
    const bytes = parameter.value as Uint8Array | null;
    const { varbinary } = SIZED_TYPES;
    const length = asked.isLong
      ? undefined
      : declaredLength(parameter, bytes?.length ?? 0, maxSizedLength(varbinary), asked.isFixed);
    const type = asked.isFixed && length !== undefined ? SIZED_TYPES.binary : varbinary;
    return sizedParameter(type, length, bytes === null ? null : Buffer.from(bytes));
  };
}

const variant: Encoder = ({ name, value }) => {
  const text = value as string | null;
  if (text !== null && text.length > maxSizedLength(SIZED_TYPES.nvarchar)) {
    throw unsupported(`The parameter ${name} is longer than the 4000 characters of a Variant.`);
  }
  return variantParameter(text);
};

const refused: Encoder = ({ name, typeName }) => {
  throw unsupported(`The parameter ${name} has the type ${typeName}, which is not supported.`);
};

const unicode = characters({ isFixed: false, isUnicode: true });

const ENCODERS: Readonly<Record<ParameterTypeName, Encoder>> = {
  BigInt: integer('bigint', 8),
  Binary: binary({ isFixed: true }),
  Bit: short('bit', [0x68, 1], (value: boolean) => Buffer.of(value ? 1 : 0)),
  Char: characters({ isFixed: true, isUnicode: false }),
  String: unicode,
  Date: short('date', [0x28], encodeDate),
  DateTime: short('datetime', [0x6f, 8], encodeDateTime),
  DateTime2: short('datetime2(7)', [0x2a, 7], encodeDateTime2),
  DateTimeOffset: short('datetimeoffset(7)', [0x2b, 7], encodeDateTimeOffset),
  Decimal: decimal,
  Float: float('float', 8),
  Image: binary({ isFixed: false, isLong: true }),
  Int: integer('int', 4),
  Money: money('money', 8),
  NChar: characters({ isFixed: true, isUnicode: true }),
  NText: characters({ isFixed: false, isUnicode: true, isLong: true }),
  NVarChar: unicode,
  Real: float('real', 4),
  SmallDateTime: short('smalldatetime', [0x6f, 4], encodeSmallDateTime),
  SmallInt: integer('smallint', 2),
  SmallMoney: money('smallmoney', 4),
  Structured: refused,
  Text: characters({ isFixed: false, isUnicode: false, isLong: true }),
  Time: short('time(7)', [0x29, 7], encodeTime),
  Timestamp: binary({ isFixed: true }),
  TinyInt: integer('tinyint', 1),
  Udt: refused,
  UniqueIdentifier: short('uniqueidentifier', [0x24, 16], encodeGuid),
  VarBinary: binary({ isFixed: false }),
  VarChar: characters({ isFixed: false, isUnicode: false }),
  Variant: variant,
  Xml: ({ value }) => xmlParameter(value as string | null),
};

/** Adds a command's parameters to its request, as the bytes they travel in. @throws SqlError for one that cannot */
export function addParameters(request: Request, { parameters, type }: SqlCommand): void {
  for (const parameter of parameters) {
    if (parameter.direction === 'returnValue') continue;
    const sent = parameter.direction === 'output' ? { ...parameter, value: null } : parameter;
    const encode = ENCODERS[parameter.typeName as ParameterTypeName];
    const wireType = toTediousType(encode(sent, type));
    const name = parameter.name.replace(/^@/, '');
    request.addParameter(name, wireType, null, { output: isOutput(parameter) });
  }
}

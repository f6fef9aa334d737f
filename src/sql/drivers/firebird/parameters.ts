import Const from 'node-firebird/lib/wire/const.js';
import type { BlrWriter, XdrWriter } from 'node-firebird/lib/wire/serialize.js';
import type { Quad } from 'node-firebird/lib/wire/wire-types.js';
import type { SQLVarBase } from 'node-firebird/lib/wire/xsqlvar.js';
import type { SqlParameter } from '../../driver.ts';
import { CHARSET_NUMBERS, type Charset, encodeText } from './charsets.ts';
import { refused } from './errors.ts';
import { dayOf, unitsOf } from './moments.ts';
import type { Statement } from './statements.ts';
import { OCTETS, TEXT_BLOB } from './values.ts';

/** A value as the library sends it: what it is (`calcBlr`) and its bytes (`encode`). Only NULL has the value null. */
export interface WireParameter {
  readonly value: unknown;
  calcBlr(blr: BlrWriter): void;
  encode(data: XdrWriter): void;
}

/** Bytes that must go into the database as a blob before the statement can name them. */
export interface BlobParameter {
  readonly blob: Buffer;
  /** Of what is text. */
  readonly charset?: Charset;
}

/** Longest value that is no blob. */
const MAX_INLINE_BYTES = 32_765;

const INTEGER_TYPES = new Set(['BigInt', 'Int', 'SmallInt', 'TinyInt']);
const DECIMAL_TYPES = new Set(['Decimal', 'Money', 'SmallMoney']);
const MOMENT_TYPES = new Set(['Date', 'DateTime', 'DateTime2', 'SmallDateTime', 'Time']);

const NULL: WireParameter = {
  value: null,
  calcBlr(blr) {
    blr.addByte(Const.blr_text);
    blr.addWord(0);
  },
  encode() {},
};

function scalar(
  value: unknown,
  description: readonly number[],
  encode: (data: XdrWriter) => void,
): WireParameter {
  return { value, calcBlr: (blr) => blr.addBytes([...description]), encode };
}

function bytesParameter(bytes: Buffer, isBinary: boolean): WireParameter {
  return {
    value: bytes,
    calcBlr(blr) {
      blr.addByte(isBinary ? Const.blr_text2 : Const.blr_text);
      if (isBinary) blr.addWord(OCTETS);
      blr.addWord(bytes.length);
    },
    encode: (data) => data.addParamBuffer(bytes),
  };
}

/** The reference to a blob that has been written. */
export function blobReference(id: Quad, { charset }: BlobParameter): WireParameter {
  const encode = (data: XdrWriter): void => data.addQuad(id);
  if (charset === undefined) return scalar(id, [Const.blr_quad, 0], encode);
  // Without its character set the database would take the text for one of the column's.
  const [low, high] = [CHARSET_NUMBERS[charset] & 0xff, CHARSET_NUMBERS[charset] >> 8];
  return scalar(id, [Const.blr_blob2, TEXT_BLOB, 0, low, high], encode);
}

const integer = (value: number | bigint): WireParameter =>
  scalar(value, [Const.blr_int64, 0], (data) => data.addInt64(BigInt(value)));

const double = (value: number): WireParameter =>
  scalar(value, [Const.blr_double], (data) => data.addDouble(value));

/** Boolean values are one byte, padded to four. */
const boolean = (value: boolean): WireParameter =>
  scalar(value, [Const.blr_bool], (data) => data.addBuffer(Buffer.from([value ? 1 : 0, 0, 0, 0])));

function isText({ type }: SQLVarBase): boolean {
  return type === Const.SQL_TEXT || type === Const.SQL_VARYING || type === Const.SQL_BLOB;
}

function isMoment({ type }: SQLVarBase): boolean {
  return (
    type === Const.SQL_TYPE_DATE || type === Const.SQL_TYPE_TIME || type === Const.SQL_TIMESTAMP
  );
}

function refuse({ name }: SqlParameter, why: string): never {
  throw refused(`The parameter '${name}' ${why}.`);
}

/** @param charset of what is text */
function boundBytes(
  parameter: SqlParameter,
  bytes: Buffer,
  target: SQLVarBase,
  charset?: Charset,
): WireParameter | BlobParameter {
  const isBinary = charset === undefined;
  if (target.type === Const.SQL_BLOB && (isBinary || bytes.length > MAX_INLINE_BYTES)) {
    return { blob: bytes, ...(charset && { charset }) };
  }
  if (bytes.length > MAX_INLINE_BYTES) {
    refuse(parameter, 'is longer than the 32,765 bytes that Firebird takes where it is no blob');
  }
  return bytesParameter(bytes, isBinary);
}

function boundText(
  parameter: SqlParameter,
  text: string,
  target: SQLVarBase,
  charset: Charset,
): WireParameter | BlobParameter {
  const bytes = encodeText(charset, text);
  if (!bytes) refuse(parameter, `holds a character that ${charset} does not have`);
  return boundBytes(parameter, bytes, target, charset);
}

function boundMoment(parameter: SqlParameter, text: string): WireParameter {
  const [date = '', time = ''] = parameter.typeName === 'Time' ? ['', text] : text.split('T');
  const units = time === '' ? 0 : unitsOf(time);
  if (units === undefined) {
    refuse(parameter, 'has more than 4 digits of a second’s fraction, which Firebird cannot hold');
  }
  if (date === '') return scalar(text, [Const.blr_sql_time], (data) => data.addUInt(units));
  const day = dayOf(date);
  if (Number.isNaN(day)) refuse(parameter, 'is no date of the calendar');
  if (time === '') return scalar(text, [Const.blr_sql_date], (data) => data.addInt(day));
  return scalar(text, [Const.blr_timestamp], (data) => {
    data.addInt(day);
    data.addUInt(units);
  });
}

/** A GUID's bytes in the order of `CHAR_TO_UUID`. */
const guidBytes = (guid: string): Buffer => Buffer.from(guid.replaceAll('-', ''), 'hex');

function boundString(
  parameter: SqlParameter,
  value: string,
  target: SQLVarBase,
  charset: Charset,
): WireParameter | BlobParameter {
  const { typeName } = parameter;
  if (typeName === 'DateTimeOffset') {
    refuse(
      parameter,
      'is a DateTimeOffset: Firebird has no type that keeps an offset. Use DateTime',
    );
  }
  if (MOMENT_TYPES.has(typeName)) {
    const moment = boundMoment(parameter, value);
    return isMoment(target)
      ? moment
      : boundText(parameter, value.replace('T', ' '), target, charset);
  }
  const isOctets = (target.subType & 0xff) === OCTETS && target.type !== Const.SQL_BLOB;
  if (typeName === 'UniqueIdentifier' && isText(target) && isOctets) {
    return bytesParameter(guidBytes(value), true);
  }
  const isFloat = target.type === Const.SQL_DOUBLE || target.type === Const.SQL_FLOAT;
  if (DECIMAL_TYPES.has(typeName) && isFloat) return double(Number(value));
  return boundText(parameter, value, target, charset);
}

/**
 * A parameter as it is sent for a place of which the database has told the type. What the type and the place do not
 * agree on, the database converts or refuses.
 *
 * @throws SqlError for a value that would not arrive as it is
 */
function bound(
  parameter: SqlParameter,
  target: SQLVarBase,
  charset: Charset,
): WireParameter | BlobParameter {
  const { value, typeName } = parameter;
  if (typeName === 'Structured' || typeName === 'Udt') {
    refuse(parameter, `has the type ${typeName}, which Firebird does not have`);
  }
  if (value === null) return NULL;
  if (typeof value === 'string') return boundString(parameter, value, target, charset);
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return boundBytes(parameter, bytes, target);
  }
  if (typeof value === 'boolean') {
    return target.type === Const.SQL_BOOLEAN ? boolean(value) : integer(value ? 1 : 0);
  }
  if (typeof value === 'bigint' || INTEGER_TYPES.has(typeName)) return integer(value);
  return isText(target) ? boundText(parameter, String(value), target, charset) : double(value);
}

const nameKey = (name: string): string => name.replace(/^@/, '').toLowerCase();

/**
 * The command's parameters in the order of a statement's `?`.
 *
 * @throws SqlError when the text asks for a parameter that the command has not
 */
export function parametersOf(
  { placeholders }: Statement,
  parameters: readonly SqlParameter[],
): SqlParameter[] {
  const inputs = parameters.filter(({ direction }) => direction !== 'output');
  const byName = new Map(inputs.map((parameter) => [nameKey(parameter.name), parameter]));
  return placeholders.map((placeholder) => {
    const found =
      typeof placeholder === 'number' ? inputs[placeholder] : byName.get(nameKey(placeholder));
    if (found) return found;
    throw refused(
      typeof placeholder === 'number'
        ? `The text has more ? than the command has input parameters (${inputs.length}).`
        : `The text uses ${placeholder}, which is no input parameter of the command.`,
    );
  });
}

/** Parameters as they are sent. @throws SqlError naming the one that cannot be */
export function bindParameters(
  parameters: readonly SqlParameter[],
  input: readonly SQLVarBase[],
  charset: Charset,
): (WireParameter | BlobParameter)[] {
  if (parameters.length !== input.length) {
    throw refused(
      `The statement takes ${input.length} parameters and the text names ${parameters.length}.`,
    );
  }
  return parameters.map((parameter, index) =>
    bound(parameter, input[index] as SQLVarBase, charset),
  );
}

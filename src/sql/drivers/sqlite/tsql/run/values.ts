import type { Value } from '../../../../../protocol/values.ts';
import type { SqlParameter } from '../../../../driver.ts';
import type { Stored } from '../database.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { decimal, groupOf, MAX_LENGTH, type SqlType, scaleOf } from '../types/sql-type.ts';
import { makeType } from '../types/type-names.ts';

/** Scaled digits as a decimal numeral: `-5` at scale 2 is `-0.05`. */
function withPoint(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const isNegative = digits.startsWith('-');
  const padded = (isNegative ? digits.slice(1) : digits).padStart(scale + 1, '0');
  const cut = padded.length - scale;
  return `${isNegative ? '-' : ''}${padded.slice(0, cut)}.${padded.slice(cut)}`;
}

/** The shortest decimal that reads back as the same single-precision number. */
function shortestReal(value: number): number {
  const single = Math.fround(value);
  for (let digits = 6; digits <= 9; digits += 1) {
    const candidate = Number(single.toPrecision(digits));
    if (Math.fround(candidate) === single) return candidate;
  }
  return single;
}

/** What libsql hands out for one column. */
type Cell = Stored | ArrayBuffer;
export type Decoder = (stored: Cell) => Value;

function textOf(stored: Cell): string {
  return stored instanceof Uint8Array || stored instanceof ArrayBuffer
    ? Buffer.from(stored as Uint8Array).toString()
    : String(stored);
}

function toInteger(stored: Cell): Value {
  const number = Number(stored);
  return Number.isSafeInteger(number) ? number : BigInt(stored as string);
}

/** Reads what SQLite gives for a column of the type (bigint and decimals as text or bigint) as a canonical value. */
export function decoderOf(type: SqlType): Decoder {
  switch (groupOf(type)) {
    case 'integer':
      return type.name === 'bit'
        ? (stored) => (stored === null ? null : Boolean(stored) && stored !== '0')
        : (stored) => (stored === null ? null : toInteger(stored));
    case 'exact': {
      const scale = scaleOf(type);
      return type.isTextual === true
        ? (stored) => (stored === null ? null : textOf(stored))
        : (stored) => (stored === null ? null : withPoint(textOf(stored), scale));
    }
    case 'approximate':
      return type.name === 'real'
        ? (stored) => (stored === null ? null : shortestReal(Number(stored)))
        : (stored) => (stored === null ? null : Number(stored));
    case 'binary':
      return (stored) =>
        stored === null
          ? null
          : stored instanceof Uint8Array
            ? new Uint8Array(stored)
            : new Uint8Array(stored as ArrayBuffer);
    case 'none':
      return (stored) => (typeof stored === 'bigint' ? toInteger(stored) : (stored as Value));
    default:
      return (stored) => (stored === null ? null : textOf(stored));
  }
}

const CONTRACT_TYPES: Readonly<Record<string, string>> = {
  bigint: 'bigint',
  binary: 'varbinary',
  bit: 'bit',
  char: 'varchar',
  string: 'nvarchar',
  date: 'date',
  datetime: 'datetime',
  datetime2: 'datetime2',
  datetimeoffset: 'datetimeoffset',
  decimal: 'decimal',
  float: 'float',
  image: 'varbinary',
  int: 'int',
  money: 'money',
  nchar: 'nvarchar',
  ntext: 'nvarchar',
  nvarchar: 'nvarchar',
  real: 'real',
  smalldatetime: 'smalldatetime',
  smallint: 'smallint',
  smallmoney: 'smallmoney',
  text: 'varchar',
  time: 'time',
  timestamp: 'varbinary',
  tinyint: 'tinyint',
  uniqueidentifier: 'uniqueidentifier',
  varbinary: 'varbinary',
  varchar: 'varchar',
  variant: 'nvarchar',
  xml: 'xml',
};

/** The T-SQL type of a contract type name; a decimal takes the shape of its value. */
export function parameterType({ typeName, value }: SqlParameter): SqlType {
  const name = CONTRACT_TYPES[typeName.toLowerCase()];
  if (name === undefined) throw unsupported(`parameters of type ${typeName}`);
  if (name === 'decimal') {
    const [, whole = '', fraction = ''] = /^-?0*(\d*)(?:\.(\d*))?$/.exec(String(value ?? '')) ?? [];
    return decimal(Math.min(38, Math.max(18, whole.length + fraction.length)), fraction.length);
  }
  const isSized = ['varchar', 'nvarchar', 'varbinary'].includes(name);
  const type = makeType(name, isSized ? [MAX_LENGTH] : []);
  if (type === undefined) throw unsupported(`parameters of type ${typeName}`);
  const limit = name === 'nvarchar' ? 4000 : 8000;
  const isLong = (typeof value === 'string' || value instanceof Uint8Array) && value.length > limit;
  return isSized && !isLong ? { ...type, length: limit } : type;
}

/** A canonical value as the type is stored. */
export function storedOf(value: Value, type: SqlType): Stored {
  if (value === null) return null;
  switch (groupOf(type)) {
    case 'integer':
      return BigInt(value as number);
    case 'exact': {
      if (type.isTextual === true) return String(value);
      const [, sign = '', whole = '', fraction = ''] =
        /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(String(value)) ?? [];
      const scale = scaleOf(type);
      if (/[1-9]/.test(fraction.slice(scale))) throw sqlServerError(8114, 'nvarchar', type.name);
      const digits = BigInt(`${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
      return sign === '-' ? -digits : digits;
    }
    case 'approximate':
      return Number(value);
    case 'binary':
      return value as Uint8Array;
    default:
      return value instanceof Uint8Array ? value : String(value);
  }
}

import type { ColumnType } from '../../sql/columns.ts';
import type { TextOrder } from './system-mapping.ts';

/** A column's declaration, read: `nvarchar(50) null text insensitive`. */
export interface DeclaredColumn {
  /** Without what follows the type, in lower case: `nvarchar(50)`. */
  readonly sqlType: string;
  readonly type: ColumnType;
  readonly isNullable: boolean;
  readonly textOrder?: TextOrder;
}

type Arguments = 'none' | 'length' | 'fraction' | 'decimal';

/** SQL Server's types: what they hold, and what may stand in their brackets. */
const TYPES: Readonly<Record<string, readonly [ColumnType, Arguments]>> = {
  int: ['integer', 'none'],
  bigint: ['integer', 'none'],
  smallint: ['integer', 'none'],
  tinyint: ['integer', 'none'],
  bit: ['bit', 'none'],
  decimal: ['decimal', 'decimal'],
  numeric: ['decimal', 'decimal'],
  money: ['decimal', 'none'],
  smallmoney: ['decimal', 'none'],
  float: ['float', 'fraction'],
  real: ['float', 'none'],
  char: ['text', 'length'],
  varchar: ['text', 'length'],
  nchar: ['text', 'length'],
  nvarchar: ['text', 'length'],
  text: ['text', 'none'],
  ntext: ['text', 'none'],
  xml: ['text', 'none'],
  date: ['date', 'none'],
  time: ['time', 'fraction'],
  datetime: ['datetime', 'none'],
  datetime2: ['datetime', 'fraction'],
  smalldatetime: ['datetime', 'none'],
  datetimeoffset: ['datetimeoffset', 'fraction'],
  uniqueidentifier: ['guid', 'none'],
  binary: ['binary', 'length'],
  varbinary: ['binary', 'length'],
  image: ['binary', 'none'],
  rowversion: ['binary', 'none'],
  timestamp: ['binary', 'none'],
};

const ARGUMENTS: Readonly<Record<Arguments, RegExp>> = {
  none: /^$/,
  length: /^(?:\((?:[1-9]\d{0,3}|max)\))?$/,
  fraction: /^(?:\(\d{1,2}\))?$/,
  decimal: /^(?:\([1-9]\d?(?:,\d{1,2})?\))?$/,
};

const DECLARATION =
  /^([a-z]\w*)\s*(\([^)]*\))?(\s+null)?(?:\s+text\s+(exact|nocase|linguistic|insensitive))?$/;

/** Names of the types that columns may have. */
export const SQL_TYPE_NAMES = Object.keys(TYPES);

/** Reads a column's declaration; undefined when it is none. */
export function readColumnType(text: string): DeclaredColumn | undefined {
  const match = DECLARATION.exec(text.trim().toLowerCase());
  if (!match) return undefined;
  const [, name = '', brackets = '', nullable, order] = match;
  const known = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  const inBrackets = brackets.replaceAll(/\s/g, '');
  if (!known || !ARGUMENTS[known[1]].test(inBrackets)) return undefined;
  if (order !== undefined && known[0] !== 'text') return undefined;
  return {
    sqlType: name + inBrackets,
    type: known[0],
    isNullable: nullable !== undefined,
    ...(order === undefined ? {} : { textOrder: order as TextOrder }),
  };
}

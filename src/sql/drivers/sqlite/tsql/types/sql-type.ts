import type { ColumnType } from '../../../../columns.ts';

export type TypeName =
  | 'bit'
  | 'tinyint'
  | 'smallint'
  | 'int'
  | 'bigint'
  | 'decimal'
  | 'money'
  | 'smallmoney'
  | 'float'
  | 'real'
  | 'char'
  | 'varchar'
  | 'nchar'
  | 'nvarchar'
  | 'text'
  | 'ntext'
  | 'xml'
  | 'date'
  | 'time'
  | 'smalldatetime'
  | 'datetime'
  | 'datetime2'
  | 'datetimeoffset'
  | 'uniqueidentifier'
  | 'binary'
  | 'varbinary'
  | 'image'
  | 'rowversion'
  | 'sql_variant'
  /** The type of a bare NULL, which takes any other's. */
  | 'null';

/**
 * A T-SQL type, and how its values are held in SQLite: decimals and money as integers scaled by 10^scale unless
 * `isTextual`; dates, times and GUIDs as text; bit as 0 and 1.
 */
export interface SqlType {
  readonly name: TypeName;
  /** Characters or bytes; `MAX_LENGTH` for (max). Absent for types without one. */
  readonly length?: number | undefined;
  readonly precision?: number | undefined;
  /** Decimals: digits after the point. Dates and times: digits of the second's fraction. */
  readonly scale?: number | undefined;
  /** A decimal held as digits with exactly `scale` decimals, because 64 bits do not hold its precision. */
  readonly isTextual?: boolean | undefined;
}

export const MAX_LENGTH = Number.MAX_SAFE_INTEGER;
/** The digits that a scaled 64-bit integer holds for certain. */
export const MAX_INTEGER_PRECISION = 18;

export const BIT: SqlType = { name: 'bit' };
export const TINYINT: SqlType = { name: 'tinyint' };
export const SMALLINT: SqlType = { name: 'smallint' };
export const INT: SqlType = { name: 'int' };
export const BIGINT: SqlType = { name: 'bigint' };
export const FLOAT: SqlType = { name: 'float' };
export const MONEY: SqlType = { name: 'money', precision: 19, scale: 4 };
export const DATE: SqlType = { name: 'date' };
export const DATETIME: SqlType = { name: 'datetime', scale: 3 };
export const UNIQUEIDENTIFIER: SqlType = { name: 'uniqueidentifier' };
export const NULL_TYPE: SqlType = { name: 'null' };

export function varchar(length: number): SqlType {
  return { name: 'varchar', length };
}

export function nvarchar(length: number): SqlType {
  return { name: 'nvarchar', length };
}

/** A declared decimal: held as text exactly when its precision exceeds 18. */
export function decimal(precision: number, scale: number): SqlType {
  return precision > MAX_INTEGER_PRECISION
    ? { name: 'decimal', precision, scale, isTextual: true }
    : { name: 'decimal', precision, scale };
}

/** A computed decimal: a scaled 64-bit integer whatever its nominal precision; overflow is checked at run time. */
export function computedDecimal(precision: number, scale: number): SqlType {
  return { name: 'decimal', precision: Math.min(38, precision), scale };
}

const GROUPS = {
  integer: ['bit', 'tinyint', 'smallint', 'int', 'bigint'],
  exact: ['decimal', 'money', 'smallmoney'],
  approximate: ['float', 'real'],
  text: ['char', 'varchar', 'nchar', 'nvarchar', 'text', 'ntext', 'xml'],
  moment: ['date', 'time', 'smalldatetime', 'datetime', 'datetime2', 'datetimeoffset'],
  binary: ['binary', 'varbinary', 'image', 'rowversion'],
  guid: ['uniqueidentifier'],
  none: ['null', 'sql_variant'],
} as const satisfies Record<string, readonly TypeName[]>;

export type TypeGroup = keyof typeof GROUPS;

const groupByName = new Map<TypeName, TypeGroup>(
  Object.entries(GROUPS).flatMap(([group, names]) =>
    names.map((name): [TypeName, TypeGroup] => [name, group as TypeGroup]),
  ),
);

export function groupOf(type: SqlType): TypeGroup {
  return groupByName.get(type.name) ?? 'none';
}

export function isText(type: SqlType): boolean {
  return groupOf(type) === 'text';
}

export function isNumeric(type: SqlType): boolean {
  return ['integer', 'exact', 'approximate'].includes(groupOf(type));
}

export function isNational(type: SqlType): boolean {
  return ['nchar', 'nvarchar', 'ntext', 'xml'].includes(type.name);
}

const PRECEDENCE: readonly TypeName[] = [
  'null',
  'binary',
  'varbinary',
  'image',
  'rowversion',
  'char',
  'varchar',
  'nchar',
  'nvarchar',
  'uniqueidentifier',
  'text',
  'ntext',
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'smallmoney',
  'money',
  'decimal',
  'real',
  'float',
  'time',
  'date',
  'smalldatetime',
  'datetime',
  'datetime2',
  'datetimeoffset',
  'xml',
  'sql_variant',
];

export function precedenceOf(type: SqlType): number {
  return PRECEDENCE.indexOf(type.name);
}

const INTEGER_DIGITS: Partial<Record<TypeName, number>> = {
  bit: 1,
  tinyint: 3,
  smallint: 5,
  int: 10,
  bigint: 19,
};

/** Precision and scale that a number has when it meets a decimal. */
export function decimalShape(type: SqlType): { precision: number; scale: number } {
  const digits = INTEGER_DIGITS[type.name];
  if (digits !== undefined) return { precision: type.precision ?? digits, scale: 0 };
  if (type.name === 'smallmoney') return { precision: 10, scale: 4 };
  if (type.name === 'money') return { precision: 19, scale: 4 };
  return { precision: type.precision ?? 18, scale: type.scale ?? 0 };
}

export function scaleOf(type: SqlType): number {
  return decimalShape(type).scale;
}

export function columnTypeOf(type: SqlType): ColumnType {
  switch (groupOf(type)) {
    case 'integer':
      return type.name === 'bit' ? 'bit' : 'integer';
    case 'exact':
      return 'decimal';
    case 'approximate':
      return 'float';
    case 'text':
      return 'text';
    case 'binary':
      return 'binary';
    case 'guid':
      return 'guid';
    case 'moment':
      return momentColumnType(type.name);
    case 'none':
      return type.name === 'null' ? 'integer' : 'variant';
  }
}

function momentColumnType(name: TypeName): ColumnType {
  if (name === 'date' || name === 'time' || name === 'datetimeoffset') return name;
  return 'datetime';
}

/** The name as messages and INFORMATION_SCHEMA give it; decimals are `numeric` in messages. */
export function messageName(type: SqlType): string {
  return type.name === 'decimal' ? 'numeric' : type.name;
}

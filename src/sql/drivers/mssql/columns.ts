import type { Column, ColumnType } from '../../columns.ts';
import type { ColumnMetadata, TypeMetadata } from './tedious-internals.ts';

const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  Null: 'variant',
  TinyInt: 'integer',
  SmallInt: 'integer',
  Int: 'integer',
  BigInt: 'integer',
  IntN: 'integer',
  Bit: 'bit',
  BitN: 'bit',
  DecimalN: 'decimal',
  NumericN: 'decimal',
  Money: 'decimal',
  SmallMoney: 'decimal',
  MoneyN: 'decimal',
  Real: 'float',
  Float: 'float',
  FloatN: 'float',
  Char: 'text',
  VarChar: 'text',
  NChar: 'text',
  NVarChar: 'text',
  Text: 'text',
  NText: 'text',
  Xml: 'text',
  Binary: 'binary',
  VarBinary: 'binary',
  Image: 'binary',
  UDT: 'binary',
  UniqueIdentifier: 'guid',
  Date: 'date',
  Time: 'time',
  DateTime: 'datetime',
  SmallDateTime: 'datetime',
  DateTimeN: 'datetime',
  DateTime2: 'datetime',
  DateTimeOffset: 'datetimeoffset',
  Variant: 'variant',
};

/** What a type of SQL Server is on the wire. @throws Error when it is not known */
export function columnType({ type }: TypeMetadata): ColumnType {
  const known = COLUMN_TYPES[type.name];
  if (!known) throw new Error(`SQL Server's type ${type.name} is not supported.`);
  return known;
}

export function toColumns(columns: readonly ColumnMetadata[]): readonly Column[] {
  return columns.map((column) => ({ name: column.colName, type: columnType(column) }));
}

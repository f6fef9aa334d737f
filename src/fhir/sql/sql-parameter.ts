import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo } from '../mapping/system-mapping.ts';
import { declaredType } from '../search/index.ts';

/** A value within a query that is being composed, with the type that its parameter gets. */
export class TypedValue {
  readonly typeName: string;
  readonly value: Value;

  constructor(typeName: string, value: Value) {
    this.typeName = typeName;
    this.value = value;
  }
}

/**
 * The contract's type for each declared one. It must be the column's own: SQL Server converts the column when the
 * parameter's type ranks higher, and an index on it is of no use then.
 */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  bigint: 'BigInt',
  binary: 'VarBinary',
  bit: 'Bit',
  char: 'VarChar',
  date: 'Date',
  datetime: 'DateTime',
  datetime2: 'DateTime2',
  datetimeoffset: 'DateTimeOffset',
  decimal: 'Decimal',
  float: 'Float',
  image: 'VarBinary',
  int: 'Int',
  money: 'Money',
  nchar: 'NVarChar',
  ntext: 'NVarChar',
  numeric: 'Decimal',
  nvarchar: 'NVarChar',
  real: 'Real',
  rowversion: 'VarBinary',
  smalldatetime: 'SmallDateTime',
  smallint: 'SmallInt',
  smallmoney: 'SmallMoney',
  text: 'VarChar',
  time: 'Time',
  timestamp: 'VarBinary',
  tinyint: 'TinyInt',
  uniqueidentifier: 'UniqueIdentifier',
  varbinary: 'VarBinary',
  varchar: 'VarChar',
  xml: 'NVarChar',
};

/** A moment that `datetime` or `smalldatetime` cannot hold exactly would be rounded, and match what it should not. */
function momentType(typeName: string, value: Value): string {
  if (typeof value !== 'string') return typeName;
  const year = Number(value.slice(0, 4));
  if (typeName === 'DateTime') return value.includes('.') || year < 1753 ? 'DateTime2' : typeName;
  if (typeName !== 'SmallDateTime') return typeName;
  return year < 1900 || year > 2078 || !/T\d\d:\d\d:00$/.test(value) ? 'DateTime2' : typeName;
}

/** The contract's type of a column. */
export function parameterType(column: ColumnInfo): string {
  return TYPE_NAMES[declaredType(column).name] ?? 'NVarChar';
}

/** A value of a request that is compared with a column. */
export function searchedValue(column: ColumnInfo, value: Value): RawBuilder<unknown> {
  return sql.val(new TypedValue(momentType(parameterType(column), value), value));
}

/** A value that came out of the column itself, and is one that its type holds. */
export function storedValue(column: ColumnInfo, value: Value): RawBuilder<unknown> {
  return sql.val(new TypedValue(parameterType(column), value));
}

/** A value of a type that no column decides. */
export function plainValue(typeName: string, value: Value): RawBuilder<unknown> {
  return sql.val(new TypedValue(typeName, value));
}

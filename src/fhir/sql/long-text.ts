import { type RawBuilder, sql } from 'kysely';
import type { ColumnInfo, SqlDialectName } from '../mapping/system-mapping.ts';

type Sql = RawBuilder<unknown>;

/** What the types that SQL Server compares with nothing are compared as. */
const COMPARABLE: Readonly<Record<string, Sql>> = {
  text: sql`varchar(max)`,
  ntext: sql`nvarchar(max)`,
  xml: sql`nvarchar(max)`,
};

/** Whether SQL Server compares values of the column with nothing. */
export function isLongText({ sqlType }: ColumnInfo): boolean {
  return Object.hasOwn(COMPARABLE, sqlType);
}

/** A column as it can be compared and sorted: SQL Server knows no `=` for its older long texts. */
export function comparable(text: Sql, column: ColumnInfo, dialect: SqlDialectName): Sql {
  const type = dialect === 'tsql' ? COMPARABLE[column.sqlType] : undefined;
  return type ? sql`CAST(${text} AS ${type})` : text;
}

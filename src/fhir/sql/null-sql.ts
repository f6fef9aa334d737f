import { type RawBuilder, sql } from 'kysely';
import type { ColumnInfo } from '../mapping/system-mapping.ts';

/** Types that SQL Server compares with nothing. */
const isLong = ({ sqlType }: ColumnInfo): boolean => /^(?:n?text|xml|image)\b/.test(sqlType);

/** Whether a column has no value; a text without characters is none. */
export function nullSql(
  text: RawBuilder<unknown>,
  column: ColumnInfo,
  isNull: boolean,
): RawBuilder<unknown> {
  if (column.type !== 'text' || isLong(column)) {
    return isNull ? sql`${text} IS NULL` : sql`${text} IS NOT NULL`;
  }
  return isNull ? sql`(${text} IS NULL OR ${text} = '')` : sql`${text} <> ''`;
}

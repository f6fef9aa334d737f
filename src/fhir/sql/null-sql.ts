import { type RawBuilder, sql } from 'kysely';
import type { ColumnRef } from '../mapping/system-mapping.ts';
import { ALWAYS, NEVER } from './joined.ts';
import { isLongText } from './long-text.ts';

/** Whether a column has no value; a text without characters is none. */
export function nullSql(
  text: RawBuilder<unknown>,
  { column, isNullable }: ColumnRef,
  isNull: boolean,
): RawBuilder<unknown> {
  if (column.type !== 'text' || isLongText(column)) {
    if (!isNullable) return isNull ? NEVER : ALWAYS;
    return isNull ? sql`${text} IS NULL` : sql`${text} IS NOT NULL`;
  }
  if (!isNull) return sql`${text} <> ''`;
  return isNullable ? sql`(${text} IS NULL OR ${text} = '')` : sql`${text} = ''`;
}

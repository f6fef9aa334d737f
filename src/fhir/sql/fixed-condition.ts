import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo, Condition, SqlDialectName } from '../mapping/system-mapping.ts';
import { NEVER } from './joined.ts';
import { comparable } from './long-text.ts';
import { nullSql } from './null-sql.ts';
import { searchedValue } from './sql-parameter.ts';

type Sql = RawBuilder<unknown>;

/**
 * A value of the mapping. Flags and numbers stand in the text: a server uses an index that is only for rows with a flag
 * where it sees the flag. Firebird keeps flags as numbers or as booleans, which only a parameter suits alike.
 */
function fixedValue(column: ColumnInfo, value: Value, dialect: SqlDialectName): Sql {
  if (dialect !== 'firebird') {
    if (typeof value === 'boolean') return value ? sql`1` : sql`0`;
    if (column.type === 'integer' && value !== null) return sql.raw(String(value));
  }
  return searchedValue(column, value);
}

/** A condition of the mapping. NULL is equal to no value, and differs from every one. */
export function fixedCondition(
  { column: ref, test, values }: Condition,
  text: Sql,
  dialect: SqlDialectName,
): Sql {
  if (test === 'isNull' || test === 'notNull') return nullSql(text, ref, test === 'isNull');
  const { column, isNullable } = ref;
  const [first = null] = values;
  const own = comparable(text, column, dialect);
  const written = (value: Value): Sql => fixedValue(column, value, dialect);
  switch (test) {
    case 'equals':
      return sql`${own} = ${written(first)}`;
    case 'notEquals': {
      // A flag that is not set is cleared, which an index can be asked for.
      const differs =
        typeof first === 'boolean'
          ? sql`${own} = ${written(!first)}`
          : sql`${own} <> ${written(first)}`;
      return isNullable ? sql`(${differs} OR ${text} IS NULL)` : differs;
    }
    case 'in':
      return values.length === 0 ? NEVER : sql`${own} IN (${sql.join(values.map(written))})`;
  }
}

import { type RawBuilder, sql } from 'kysely';
import type { Condition } from '../mapping/system-mapping.ts';
import { nullSql } from './null-sql.ts';
import { searchedValue } from './sql-parameter.ts';

/** A condition of the mapping. NULL is equal to no value, and differs from every one. */
export function fixedCondition(
  { column: { column }, test, values }: Condition,
  text: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const parameters = values.map((value) => searchedValue(column, value));
  switch (test) {
    case 'isNull':
      return nullSql(text, column, true);
    case 'notNull':
      return nullSql(text, column, false);
    case 'equals':
      return sql`${text} = ${parameters[0]}`;
    case 'notEquals':
      return sql`(${text} <> ${parameters[0]} OR ${text} IS NULL)`;
    case 'in':
      return parameters.length === 0 ? sql`1 = 0` : sql`${text} IN (${sql.join(parameters)})`;
  }
}

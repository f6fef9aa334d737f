import { type RawBuilder, sql } from 'kysely';
import type { Condition } from '../mapping/system-mapping.ts';
import { searchedValue } from './sql-parameter.ts';

/** A condition of the mapping. NULL is unequal to every value. */
export function fixedCondition(
  { column: { column }, test, values }: Condition,
  text: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const parameters = values.map((value) => searchedValue(column, value));
  switch (test) {
    case 'isNull':
      return sql`${text} IS NULL`;
    case 'notNull':
      return sql`${text} IS NOT NULL`;
    case 'equals':
      return sql`${text} = ${parameters[0]}`;
    case 'notEquals':
      return sql`(${text} <> ${parameters[0]} OR ${text} IS NULL)`;
    case 'in':
      return parameters.length === 0 ? sql`1 = 0` : sql`${text} IN (${sql.join(parameters)})`;
  }
}

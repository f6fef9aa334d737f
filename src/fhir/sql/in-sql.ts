import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnRef } from '../mapping/system-mapping.ts';
import { ALWAYS, NEVER } from './joined.ts';
import { comparable } from './long-text.ts';
import type { RelationScope } from './relation-scope.ts';
import { searchedValue } from './sql-parameter.ts';

/** Lists of a few lengths only, the last value repeated: the server keeps a plan for each text. */
function padded(values: readonly Value[]): readonly Value[] {
  const length = 2 ** Math.ceil(Math.log2(values.length));
  const last = values.at(-1) ?? null;
  return [...values, ...Array.from({ length: length - values.length }, () => last)];
}

/** A column is one of the values, or has a value that is none of them. */
export function inSql(
  scope: RelationScope,
  ref: ColumnRef,
  values: readonly Value[],
  operator: 'IN' | 'NOT IN' = 'IN',
): RawBuilder<unknown> {
  const { column } = ref;
  const isIn = operator === 'IN';
  if (values.length === 0) return isIn ? NEVER : ALWAYS;
  const text = comparable(scope.column(ref), column, scope.context.dialect);
  const [first, ...others] = padded(values).map((value) => searchedValue(column, value));
  if (others.length === 0) return isIn ? sql`${text} = ${first}` : sql`${text} <> ${first}`;
  return sql`${text} ${sql.raw(operator)} (${sql.join([first, ...others])})`;
}

import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnRef } from '../mapping/system-mapping.ts';
import type { RelationScope } from './relation-scope.ts';
import { searchedValue } from './sql-parameter.ts';

/** Lists of a few lengths only, the last value repeated: the server keeps a plan for each text. */
function padded(values: readonly Value[]): readonly Value[] {
  const length = 2 ** Math.ceil(Math.log2(values.length));
  const last = values.at(-1) ?? null;
  return [...values, ...Array.from({ length: length - values.length }, () => last)];
}

/** A column is one of the values. */
export function inSql(
  scope: RelationScope,
  column: ColumnRef,
  values: readonly Value[],
): RawBuilder<unknown> {
  const text = scope.column(column);
  if (values.length === 0) return sql`1 = 0`;
  const parameters = padded(values).map((value) => searchedValue(column.column, value));
  return parameters.length === 1
    ? sql`${text} = ${parameters[0]}`
    : sql`${text} IN (${sql.join(parameters)})`;
}

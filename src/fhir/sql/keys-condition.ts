import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnRef } from '../mapping/system-mapping.ts';
import { inSql } from './in-sql.ts';
import { joined } from './joined.ts';
import type { RelationScope } from './relation-scope.ts';
import { storedValue } from './sql-parameter.ts';

/** The columns hold one of the keys. */
export function keysCondition(
  scope: RelationScope,
  columns: readonly ColumnRef[],
  keys: readonly (readonly Value[])[],
): RawBuilder<unknown> {
  const [column] = columns;
  if (column && columns.length === 1) {
    return inSql(
      scope,
      column,
      keys.map(([value]) => value ?? null),
    );
  }
  const conditions = keys.map((key) =>
    joined(
      columns.map(
        (own, index) => sql`${scope.column(own)} = ${storedValue(own.column, key[index] ?? null)}`,
      ),
      'AND',
    ),
  );
  return joined(conditions, 'OR');
}

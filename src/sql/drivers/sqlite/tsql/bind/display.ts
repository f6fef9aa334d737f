import { groupOf } from '../types/sql-type.ts';
import type { Bound } from './bound.ts';

/** Integers that a double does not hold leave SQLite as text. */
export function displaySql(bound: Bound): string {
  const isWide =
    bound.type.name === 'bigint' ||
    (groupOf(bound.type) === 'exact' && bound.type.isTextual !== true);
  return isWide ? `CAST(${bound.sql} AS TEXT)` : bound.sql;
}

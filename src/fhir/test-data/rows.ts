import type { Value } from '../../sql/driver.ts';
import type { ColumnRef, RowReader } from '../mapping/system-mapping.ts';

/** Values by `alias.Column`; what is left out is NULL. */
export type RowValues = Readonly<Record<string, Value>>;

/** A row that a test makes up, with rows of child relations by the relation's name. */
export function rowOf(
  values: RowValues,
  children: Readonly<Record<string, readonly RowValues[]>> = {},
): RowReader {
  return {
    value: (column: ColumnRef) => values[`${column.relation}.${column.column.name}`] ?? null,
    children: (name) => (children[name] ?? []).map((child) => rowOf(child)),
  };
}

import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo, ColumnRef, ResourceMapping } from '../mapping/system-mapping.ts';
import { readColumnValue, valueText } from './column-value.ts';

/** The values of a resource's key columns, in their order. */
export type ResourceKey = readonly Value[];

/** What FHIR allows as a logical id (R4 §2.24.0.1). */
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** How the values of a column look within an id. */
function partPattern({ type }: ColumnInfo): string {
  if (type === 'integer') return '(-?\\d+)';
  if (type === 'guid') return '([\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12})';
  if (type === 'date') return '(\\d{4}-\\d\\d-\\d\\d)';
  return '(.+?)';
}

/** The texts of an id's parts, as many as there are key columns; undefined for what is no id of such a key. */
function idParts(key: readonly ColumnRef[], id: string): string[] | undefined {
  if (!ID.test(id)) return undefined;
  if (key.length === 1) return [id];
  const pattern = key.map(({ column }) => partPattern(column)).join('-');
  return new RegExp(`^${pattern}$`).exec(id)?.slice(1);
}

/** Each text as a value of its column; undefined when one cannot be. */
function readParts(columns: readonly ColumnRef[], parts: readonly string[]): Value[] | undefined {
  const values: Value[] = [];
  for (const [index, { column }] of columns.entries()) {
    const value = readColumnValue(column, parts[index] ?? '');
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** Reads a logical id as the key that it is made of; undefined for one that no row of this type can have. */
export function keyOfId({ key }: ResourceMapping, id: string): ResourceKey | undefined {
  const parts = idParts(key, id);
  return parts && readParts(key, parts);
}

/**
 * Reads a logical id as values of the columns of a reference to it.
 *
 * @param targetKey key columns of the target, which say what an id of it looks like; left out where no mapping is known
 */
export function referenceKeyOfId(
  columns: readonly ColumnRef[],
  targetKey: readonly ColumnRef[] | undefined,
  id: string,
): ResourceKey | undefined {
  const parts = idParts(targetKey ?? columns, id);
  if (parts?.length !== columns.length) return undefined;
  if (targetKey !== undefined && readParts(targetKey, parts) === undefined) return undefined;
  return readParts(columns, parts);
}

/** The logical id that stands for a key: its values joined by `-`. */
export function idOfKey(key: ResourceKey): string {
  return key.map((value) => valueText(value) ?? '').join('-');
}

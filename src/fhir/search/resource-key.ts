import type { Value } from '../../sql/driver.ts';
import type { ColumnRef, ResourceMapping } from '../mapping/system-mapping.ts';
import { idReader, keyReader } from '../values/logical-id.ts';
import { readColumnValue, valueText } from './column-value.ts';

/** The values of a resource's key columns, in their order. */
export type ResourceKey = readonly Value[];

interface KeyForms {
  readonly read: ReturnType<typeof idReader>;
  readonly write: ReturnType<typeof keyReader>;
}

const known = new WeakMap<readonly ColumnRef[], KeyForms>();

function formsOf(key: readonly ColumnRef[]): KeyForms {
  let forms = known.get(key);
  if (!forms) {
    const columns = key.map(({ column }) => column);
    forms = { read: idReader(columns), write: keyReader(columns) };
    known.set(key, forms);
  }
  return forms;
}

/** Reads a logical id as the key that it is made of; undefined for one that no row of this type can have. */
export function keyOfId({ key }: ResourceMapping, id: string): ResourceKey | undefined {
  return formsOf(key).read(id);
}

/** The logical id that stands for a key; undefined for one that FHIR has no id for (empty, or too long). */
export function idOfKey({ key: columns }: ResourceMapping, key: ResourceKey): string | undefined {
  return formsOf(columns).write(key);
}

/** A key as values of columns that hold it too, whose types may be others: those of a reference to it; undefined for one they cannot hold. */
export function referenceKey(
  columns: readonly ColumnRef[],
  key: ResourceKey,
): ResourceKey | undefined {
  const values: Value[] = [];
  for (const [index, { column }] of columns.entries()) {
    const value = readColumnValue(column, valueText(key[index] ?? null) ?? '');
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/**
 * Reads a logical id as values of the columns of a reference to it.
 *
 * @param target what an id of it looks like; left out where the mapping has no such type
 */
export function referenceKeyOfId(
  columns: readonly ColumnRef[],
  target: ResourceMapping | undefined,
  id: string,
): ResourceKey | undefined {
  if (!target) return formsOf(columns).read(id);
  const key = keyOfId(target, id);
  return key && referenceKey(columns, key);
}

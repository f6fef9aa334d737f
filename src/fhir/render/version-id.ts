import { createHash } from 'node:crypto';
import type { Value } from '../../sql/driver.ts';
import type { ColumnRef, ResourceMapping, RowReader } from '../mapping/system-mapping.ts';
import { columnText } from '../values/column-values.ts';
import { isOfForm } from '../values/fhir-text.ts';

const HASH_LENGTH = 32;

const hashOf = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);

/** A version column's value as a version id: binary in hexadecimal; what no id can hold is hashed. */
function fromColumn(column: ColumnRef): (row: RowReader) => string | undefined {
  const text = columnText(column.column);
  return (row) => {
    const version = text(row.value(column));
    if (version === undefined) return undefined;
    const plain = version.replaceAll(':', '');
    return isOfForm(plain, 'id') ? plain : hashOf(version);
  };
}

/** A value so that no two different ones look the same. */
function fingerprint(value: Value): string {
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('base64')}`;
  return value === null ? '-' : `${typeof value}:${JSON.stringify(String(value))}`;
}

function fromValues(mapping: ResourceMapping): (row: RowReader) => string {
  const columns = new Set(versionColumns(mapping));
  const own = [...columns].filter((column) => column.child === undefined);
  const ofChildren = [...new Set(mapping.elements.flatMap((element) => element.children))].map(
    (name) => [name, [...columns].filter((column) => column.child === name)] as const,
  );
  return (row) => {
    const parts = own.map((column) => fingerprint(row.value(column)));
    for (const [name, columnsOfChild] of ofChildren) {
      for (const child of row.children(name)) {
        parts.push(name, ...columnsOfChild.map((column) => fingerprint(child.value(column))));
      }
    }
    return hashOf(parts.join(','));
  };
}

/**
 * The columns that a row's version is made of: the version column, or, where the mapping has none, all columns of all
 * elements. Without all of them selected a version cannot be told.
 */
export function versionColumns(mapping: ResourceMapping): readonly ColumnRef[] {
  if (mapping.version) return [mapping.version];
  const templates = mapping.rowProfiles
    ? [mapping.rowProfiles, ...mapping.elements]
    : mapping.elements;
  const all = [...mapping.key, ...templates.flatMap((element) => element.columns)];
  return [...new Set([...all, ...(mapping.lastUpdated ? [mapping.lastUpdated] : [])])];
}

const readers = new WeakMap<ResourceMapping, (row: RowReader) => string | undefined>();

/**
 * The version id of a row (`meta.versionId`, and within the ETag): of its version column, else a hash of its values,
 * for which {@link versionColumns} must have been selected and the children read.
 */
export function versionIdOf(mapping: ResourceMapping, row: RowReader): string | undefined {
  let reader = readers.get(mapping);
  if (!reader) {
    reader = mapping.version ? fromColumn(mapping.version) : fromValues(mapping);
    readers.set(mapping, reader);
  }
  return reader(row);
}

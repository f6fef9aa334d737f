import { createHash } from 'node:crypto';
import type { Value } from '../../sql/driver.ts';
import type { ResourceMapping, RowReader } from '../mapping/system-mapping.ts';

/** What FHIR allows as an id. */
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** Half of SHA-256, in hexadecimal digits: enough that no two states of a row meet. */
const HASH_DIGITS = 32;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
}

function written(value: Value): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** All that a whole resource is made from, children included, in a fixed order. */
function contentOf(mapping: ResourceMapping, row: RowReader): string {
  const columns = mapping.elements.flatMap((element) => element.columns);
  const own = columns.filter(({ child }) => child === undefined);
  const parts = own.map((column) => written(row.value(column)));
  for (const name of mapping.children.keys()) {
    const ofChild = columns.filter(({ child }) => child === name);
    if (ofChild.length === 0) continue;
    const rows = row
      .children(name)
      .map((each) => ofChild.map((column) => written(each.value(column))).join(','));
    parts.push(`[${rows.join(';')}]`);
  }
  return parts.join(',');
}

/** The version id that a version column's value gives. NULL, a row that was never changed, is `0`. */
export function versionIdOfValue(value: Value): string {
  if (value === null) return '0';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  const text = String(value).replaceAll(':', '');
  return ID.test(text) ? text : hashOf(text);
}

/** The version id of a row without a version column, read as a whole: a hash of its values. */
export function versionIdOfContent(mapping: ResourceMapping, row: RowReader): string {
  return hashOf(contentOf(mapping, row));
}

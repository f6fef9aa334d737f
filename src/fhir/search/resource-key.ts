import type { Value } from '../../sql/driver.ts';
import type { ResourceMapping } from '../mapping/system-mapping.ts';

/** The values of a resource's key columns, in their order. */
export type ResourceKey = readonly Value[];

/** Reads a logical id as the key that it is made of; undefined for one that no row of this type can have. */
export function keyOfId(_mapping: ResourceMapping, _id: string): ResourceKey | undefined {
  throw new Error('not built');
}

/** The logical id that stands for a key: its values joined by `-`. */
export function idOfKey(_key: ResourceKey): string {
  throw new Error('not built');
}

import type { Json } from './definition-types.ts';
import type { ProfileNode } from './profile-tree.ts';

/** One value of an element. Of a primitive without a value only the extensions are there. */
export interface ElementValue {
  readonly value: unknown;
  /** Of a primitive: what stands under `_name`. */
  readonly extras: Json | undefined;
  /** FHIR's name of its type, where a choice shows it. */
  readonly type: string | undefined;
}

const lists = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function valuesNamed(parent: Json, name: string, type: string | undefined): ElementValue[] {
  const values = lists(parent[name]);
  const extras = lists(parent[`_${name}`]);
  return Array.from({ length: Math.max(values.length, extras.length) }, (_, index) => ({
    value: values[index] ?? undefined,
    extras: (extras[index] ?? undefined) as Json | undefined,
    type,
  }));
}

/** As the name of a type stands in the name of a choice. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The values that an element has in its parent, of each type that a choice may be in the profile. */
export function valuesOf(parent: unknown, node: ProfileNode): ElementValue[] {
  if (typeof parent !== 'object' || parent === null) return [];
  const object = parent as Json;
  if (!node.name.endsWith('[x]')) return valuesNamed(object, node.name, undefined);
  const stem = node.name.slice(0, -3);
  return node.types.flatMap(({ code }) => valuesNamed(object, stem + capitalised(code), code));
}

/** What a nested check looks into: the value, or the extensions of a primitive. */
export function innerOf({ value, extras }: ElementValue): unknown {
  return typeof value === 'object' ? value : extras;
}

/** Whether all that the pattern says is in the value; lists hold a match for each of the pattern's items. */
export function matchesPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) &&
      pattern.every((item) => value.some((each) => matchesPattern(each, item)))
    );
  }
  if (typeof pattern !== 'object' || pattern === null) return value === pattern;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(pattern).every(([key, item]) => matchesPattern((value as Json)[key], item));
}

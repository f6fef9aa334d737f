import { isJson } from './element-reading.ts';

/** `Type/id`. */
const RELATIVE = /^([A-Z][A-Za-z]*)\/([A-Za-z0-9\-.]{1,64})$/;

/** What resources refer to within this server, as `Type/id`. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'reference' && typeof member === 'string'
      ? RELATIVE.test(member)
        ? [member]
        : []
      : referencesIn(member),
  );
}

/** Takes a `Type/id` apart. */
export function splitReference(reference: string): { type: string; id: string } {
  const [, type = '', id = ''] = RELATIVE.exec(reference) ?? [];
  return { type, id };
}

/**
 * Makes references to what is not in the document absolute, so that they can be followed.
 *
 * @param isInside whether a `Type/id` is in it
 */
export function withOutsideReferences<Value>(
  value: Value,
  baseUrl: string,
  isInside: (reference: string) => boolean,
): Value {
  const changed = (name: string, member: unknown): unknown => {
    if (name !== 'reference' || typeof member !== 'string') return walk(member);
    return RELATIVE.test(member) && !isInside(member) ? `${baseUrl}/${member}` : member;
  };
  const walk = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(walk);
    if (!isJson(each)) return each;
    return Object.fromEntries(
      Object.entries(each).map(([name, member]) => [name, changed(name, member)]),
    );
  };
  return walk(value) as Value;
}

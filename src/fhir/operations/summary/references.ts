import { isJson, type Json } from './element-reading.ts';

/** `Type/id`. */
const RELATIVE = /^([A-Z][A-Za-z]*)\/([A-Za-z0-9\-.]{1,64})$/;

/** The `Type/id` that a reference means, if it leads to this server. */
function localReference(reference: string, baseUrl: string): string | undefined {
  const isBelow = reference.startsWith(`${baseUrl}/`);
  const below = isBelow ? reference.slice(baseUrl.length + 1) : reference;
  return RELATIVE.test(below) ? below : undefined;
}

/** What resources refer to within this server, as `Type/id`. */
export function referencesIn(value: unknown, baseUrl: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => referencesIn(each, baseUrl));
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'reference' && typeof member === 'string'
      ? (localReference(member, baseUrl) ?? [])
      : referencesIn(member, baseUrl),
  );
}

/** Takes a `Type/id` apart. */
export function splitReference(reference: string): { type: string; id: string } {
  const [, type = '', id = ''] = RELATIVE.exec(reference) ?? [];
  return { type, id };
}

/** A Reference that names what it cannot lead to: by what the resource says of it, and else by its address. */
function namedReference({ reference, ...rest }: Json, baseUrl: string): Json {
  const local = localReference(String(reference), baseUrl);
  const address = local === undefined ? String(reference) : `${baseUrl}/${local}`;
  return {
    ...(local === undefined ? {} : { type: splitReference(local).type }),
    identifier: { system: 'urn:ietf:rfc:3986', value: address },
    ...rest,
  };
}

/**
 * Makes a resource part of a document: what it refers to is in the document, or is only named (a logical reference, R4
 * §2.3.0.2). Addresses of attachments become absolute.
 *
 * @param isInside whether a `Type/id` is in the document
 */
export function withinDocument<Value>(
  value: Value,
  baseUrl: string,
  isInside: (reference: string) => boolean,
): Value {
  const walk = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(walk);
    if (!isJson(each)) return each;
    const { reference, url } = each;
    const members = Object.entries(each).map(([name, member]) => [name, walk(member)]);
    const changed = Object.fromEntries(members) as Json;
    if (typeof url === 'string' && RELATIVE.test(url))
      return { ...changed, url: `${baseUrl}/${url}` };
    if (typeof reference !== 'string' || reference.startsWith('#')) return changed;
    const local = localReference(reference, baseUrl);
    return local !== undefined && isInside(local) ? changed : namedReference(changed, baseUrl);
  };
  return walk(value) as Value;
}

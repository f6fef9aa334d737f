import { isLosslessNumber } from 'lossless-json';

/** An object in a resource. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is an object made of members: no list, no `LosslessNumber`. */
export function isJson(value: unknown): value is Json {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** An object; empty for anything else. */
export function jsonOf(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** The objects of a list, or the one. */
export function listOf(value: unknown): readonly Json[] {
  return (Array.isArray(value) ? value : [value]).filter(isJson);
}

/** A primitive as text; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isLosslessNumber(value) ? value.toString() : undefined;
}

/** The codes of an element: a code, a CodeableConcept, or several; a boolean as its word. */
export function codesOf(element: unknown): string[] {
  if (typeof element === 'string') return [element];
  if (typeof element === 'boolean') return [String(element)];
  return listOf(element).flatMap(({ coding }) =>
    listOf(coding).flatMap(({ code }) => textOf(code) ?? []),
  );
}

/** What a person reads of a CodeableConcept. */
export function conceptText(concept: unknown): string | undefined {
  const { text, coding } = jsonOf(concept);
  const codings = listOf(coding);
  const display = codings.map((each) => textOf(each['display'])).find((each) => each !== undefined);
  return textOf(text) ?? display ?? codings.map(({ code }) => textOf(code)).find(Boolean);
}

/** Marks what was never true: such a resource is nowhere shown. */
export function isInError(resource: Json): boolean {
  const codes = [...codesOf(resource['status']), ...codesOf(resource['verificationStatus'])];
  return codes.includes('entered-in-error');
}

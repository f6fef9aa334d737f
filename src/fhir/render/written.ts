import type { Primitive } from '../values/element-values.ts';

/** A primitive without a value that says why: its extensions, a list as JSON text. It stands as `_birthDate`. */
export class AbsentPrimitive {
  readonly extension: string;

  constructor(extension: string) {
    this.extension = extension;
  }
}

/** A list of primitives some of which are absent: two lists that stand side by side, as JSON text. */
export class PrimitiveList {
  readonly values: string;
  readonly extensions: string;

  constructor(items: readonly (string | AbsentPrimitive | PrimitiveList)[]) {
    const isText = (item: unknown): item is string => typeof item === 'string';
    const extensionOf = (item: unknown) =>
      item instanceof AbsentPrimitive ? `{"extension":${item.extension}}` : 'null';
    this.values = `[${items.map((item) => (isText(item) ? item : 'null')).join(',')}]`;
    this.extensions = `[${items.map(extensionOf).join(',')}]`;
  }
}

/** What a part of a template gives: JSON text, or what stands under a name of its own. */
export type Written = string | AbsentPrimitive | PrimitiveList;

/** Most texts: no character that JSON escapes. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A text as JSON. */
export function jsonString(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** A primitive as JSON, a number with all its digits. */
export function jsonPrimitive(value: Primitive): string {
  return typeof value === 'string' ? jsonString(value) : String(value);
}

/** The text that a JSON string stands for. */
export function textOfJson(json: string): string {
  return json.includes('\\') ? (JSON.parse(json) as string) : json.slice(1, -1);
}

/** Values that decide which rules apply; all others are told by their form alone. */
const telling = new Set([
  'system',
  'code',
  'url',
  'use',
  'status',
  'contentType',
  'resourceType',
  'valueCode',
]);

const longest = 40;

function formOf(value: string): string {
  // Blanks at the ends, empty text and the length class matter; digits and letters by their kind.
  return value.length > longest
    ? `text${/^\s|\s$/.test(value) ? '!' : ''}`
    : value
        .replaceAll(/\d/g, '9')
        .replaceAll(/\p{Lu}/gu, 'A')
        .replaceAll(/\p{L}/gu, 'a')
        .replaceAll(/a+/g, 'a');
}

/** The same for resources that differ in nothing that a rule of structure could tell apart. */
export function shapeOf(value: unknown, name = ''): string {
  if (Array.isArray(value)) return `[${value.map((each) => shapeOf(each, name)).join()}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${key}:${shapeOf(each, key)}`)
      .join()}}`;
  }
  if (typeof value !== 'string') return typeof value;
  return telling.has(name) ? value : formOf(value);
}

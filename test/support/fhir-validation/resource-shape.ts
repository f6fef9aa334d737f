import type { Json } from './definition-types.ts';

/** Values that decide which rules apply; all others are told by their form alone. */
const telling = new Set(['system', 'code', 'url', 'use', 'status', 'resourceType', 'valueCode']);

/** Elements on whose codes rules of the whole resource hang. */
const decisive = new Set(['status', 'clinicalStatus', 'verificationStatus', 'meta']);

/** Dates, numbers and references by their digits' places; other text by the blanks at its ends alone. */
function formOf(value: string): string {
  if (/^[\d:T.+-]+$/.test(value)) return value.replaceAll(/\d/g, '9');
  if (/^[A-Z][A-Za-z]+\/[^ ]+$/.test(value)) return value.replaceAll(/\d+/g, '9');
  return value.trim() === value && value !== '' ? 'text' : 'blank';
}

function shapeOf(value: unknown, name: string): string {
  if (Array.isArray(value)) return `[${value.map((each) => shapeOf(each, name)).join()}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${key}:${shapeOf(each, key)}`)
      .join()}}`;
  }
  if (typeof value !== 'string') return typeof value;
  // Codes of numbers differ in nothing that a rule of structure could tell.
  return telling.has(name) && !/^\d/.test(value) ? value : formOf(value);
}

/**
 * What rules of structure could tell a resource from others by: the form of each of its elements, and which elements
 * there are at all, with the codes that decide about others.
 */
export function shapesOf(resource: Json): string[] {
  const type = String(resource['resourceType']);
  const elements = Object.entries(resource).map(([name, value]) => ({
    name,
    shape: shapeOf(value, name),
  }));
  const whole = elements.map(({ name, shape }) => (decisive.has(name) ? name + shape : name));
  return [
    `${type}(${whole.join()})`,
    ...elements.map(({ name, shape }) => `${type}.${name}:${shape}`),
  ];
}

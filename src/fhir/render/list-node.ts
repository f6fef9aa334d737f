import { isPrimitive } from '../definitions/elements.ts';
import type { Place } from '../mapping/problems.ts';
import { ExtendedPrimitive, readAbsent } from './absent.ts';
import { readIf } from './forms/choice-forms.ts';
import {
  type Compiler,
  constantNode,
  type Expected,
  isJsonObject,
  type Level,
  type Node,
  type Rendering,
} from './node.ts';

/** A list of primitives some of which have extensions: they stand side by side in two lists. */
export class PrimitiveList {
  readonly values: readonly unknown[];
  readonly extensions: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.values = items.map((item) => (item instanceof ExtendedPrimitive ? null : item));
    this.extensions = items.map((item) =>
      item instanceof ExtendedPrimitive ? { extension: item.extension } : null,
    );
  }
}

/** `{"$absent": "unknown"}` alone in a list stands when nothing else does. */
const isAbsentAlone = (json: unknown) =>
  isJsonObject(json) && Object.keys(json).length === 1 && '$absent' in json;

function itemsOf(nodes: readonly Node[], rendering: Rendering): unknown[] {
  const items: unknown[] = [];
  for (const node of nodes) {
    const value = node.render(rendering);
    if (value === undefined) continue;
    if (node.isMany) items.push(...(value as unknown[]));
    else items.push(value);
  }
  return items;
}

function listNode(nodes: readonly Node[], absent: unknown, type: string): Node {
  const level = Math.max(absent === undefined ? 0 : 2, ...nodes.map((node) => node.level)) as Level;
  const finish = isPrimitive(type)
    ? (items: unknown[]) =>
        items.some((item) => item instanceof ExtendedPrimitive) ? new PrimitiveList(items) : items
    : (items: unknown[]) => items;
  return {
    level,
    isAlways: absent !== undefined || nodes.some((node) => node.isAlways),
    render(rendering) {
      const items = itemsOf(nodes, rendering);
      if (items.length > 0) return finish(items);
      if (absent === undefined) return undefined;
      rendering.filled += 1;
      return finish([absent]);
    },
  };
}

/** Compiles the list of an element that repeats in FHIR. */
export function readList(
  json: unknown,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  if (isJsonObject(json) && '$if' in json) {
    return readIf(json, (part, at) => readList(part, expected, compiler, at), compiler, place);
  }
  if (!Array.isArray(json)) {
    place.error('is a list in FHIR: write [ … ]');
    return undefined;
  }
  if (json.length === 0) {
    place.error('the list is empty');
    return undefined;
  }
  let absent: unknown;
  const nodes = (json as unknown[]).flatMap((item, index): (Node | undefined)[] => {
    const at = place.at(index);
    if (isAbsentAlone(item)) {
      absent = readAbsent((item as { $absent: unknown }).$absent, expected.type, at.at('$absent'));
      return [];
    }
    return [compiler.value(item, { ...expected, isListItem: true }, at)];
  });
  if (nodes.includes(undefined)) return undefined;
  const node = listNode(nodes as Node[], absent, expected.type);
  return node.level === 0 ? constantNode(node.render({} as Rendering)) : node;
}

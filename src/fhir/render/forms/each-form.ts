import { didYouMean, type Place } from '../../mapping/problems.ts';
import { type Compiler, checkMembers, type Expected, type JsonObject, type Node } from '../node.ts';

/** `{"$each": "reactions", "as": { … }}`: in a list, an item for each row of a child relation. */
export function eachForm(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
  children: ReadonlySet<string>,
): Node | undefined {
  checkMembers(json, ['$each', 'as'], place);
  const name = json['$each'];
  if (typeof name !== 'string' || !children.has(name)) {
    const hint = typeof name === 'string' ? didYouMean(name, children) : '';
    place.at('$each').error(`must be the name of one of the "children"${hint}`);
    return undefined;
  }
  if (!expected.isListItem) {
    place.error('"$each" gives any number of items: it stands within a list');
    return undefined;
  }
  if (compiler.child !== undefined) {
    place.error('"$each" cannot stand within another one');
    return undefined;
  }
  if (json['as'] === undefined) {
    place.error('"as" is missing');
    return undefined;
  }
  const item = compiler.within(name).value(json['as'], expected, place.at('as'));
  if (!item) return undefined;
  compiler.readsChild(name);
  return {
    level: 2,
    isAlways: false,
    isMany: true,
    render(rendering) {
      const items: unknown[] = [];
      for (const row of rendering.row.children(name)) {
        rendering.child = row;
        const value = item.render(rendering);
        if (value === undefined) continue;
        if (item.isMany) items.push(...(value as unknown[]));
        else items.push(value);
      }
      rendering.child = undefined;
      if (items.length === 0) return undefined;
      rendering.filled += 1;
      return items;
    },
  };
}

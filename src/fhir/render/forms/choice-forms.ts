import type { Place } from '../../mapping/problems.ts';
import { type Compiler, checkMembers, type Expected, type JsonObject, type Node } from '../node.ts';
import { readTest } from '../row-condition.ts';

/** `{"$first": [ … ]}`: the first of several parts that has a value. */
export function firstForm(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  checkMembers(json, ['$first'], place);
  const list = json['$first'];
  if (!Array.isArray(list) || list.length === 0) {
    place.at('$first').error('must be a list of what may stand here');
    return undefined;
  }
  const nodes = list.map((each, index) =>
    compiler.value(each, expected, place.at('$first').at(index)),
  );
  if (nodes.includes(undefined)) return undefined;
  const parts = nodes as Node[];
  const early = parts.findIndex((part) => part.level === 0);
  if (early >= 0 && early < parts.length - 1) {
    place.at('$first').at(early).warn('is a constant: nothing after it is ever reached');
  }
  const isMany = parts.some((part) => part.isMany);
  return {
    level: 2,
    isAlways: parts.some((part) => part.isAlways),
    ...(isMany ? { isMany } : {}),
    render(rendering) {
      for (const part of parts) {
        const value = part.render(rendering);
        if (value === undefined) continue;
        rendering.filled += 1;
        return isMany && !part.isMany ? [value] : value;
      }
      return undefined;
    },
  };
}

/** `{"$if": …, "then": …, "else": …}`: one part or the other. */
export function ifForm(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  return readIf(json, (part, at) => compiler.value(part, expected, at), compiler, place);
}

/** The same for parts of any kind: for whole lists too. */
export function readIf(
  json: JsonObject,
  read: (part: unknown, place: Place) => Node | undefined,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  checkMembers(json, ['$if', 'then', 'else'], place);
  const test = readTest(json['$if'], compiler, place.at('$if'));
  if (json['then'] === undefined) {
    place.error('"then" is missing');
    return undefined;
  }
  const yes = read(json['then'], place.at('then'));
  const hasElse = json['else'] !== undefined;
  const no = hasElse ? read(json['else'], place.at('else')) : undefined;
  if (!test || !yes || (hasElse && !no)) return undefined;
  const isMany = yes.isMany === true || no?.isMany === true;
  const level = Math.max(1, yes.level, no?.level ?? 0) as 1 | 2;
  return {
    level,
    isAlways: yes.isAlways && no?.isAlways === true,
    ...(isMany ? { isMany } : {}),
    render(rendering) {
      const part = test(rendering) ? yes : no;
      const value = part?.render(rendering);
      if (value === undefined || !part) return undefined;
      if (level === 1) rendering.chosen += 1;
      else rendering.filled += 1;
      return isMany && !part.isMany ? [value] : value;
    },
  };
}

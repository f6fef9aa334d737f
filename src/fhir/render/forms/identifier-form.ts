import type { Place } from '../../mapping/problems.ts';
import { readIdentifierKind } from '../../mapping/read-identifier-kind.ts';
import type { Compiler, Expected, JsonObject, Node } from '../node.ts';
import { filling } from './column-form.ts';

const OWN = ['$identifier', 'value', 'type'];

/**
 * `{"$identifier": "ihi", "value": {"$": "p.IHI"}}`: an Australian identifier with the system and type of its kind.
 * What is stored is given as it is; the type, which promises more, is left off when form or check digits are wrong.
 */
export function identifierForm(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  const name = json['$identifier'];
  if (expected.type !== 'Identifier') {
    place.error(`"$identifier" gives an Identifier, here stands a ${expected.type}`);
    return undefined;
  }
  if (typeof name !== 'string' || json['value'] === undefined) {
    place.error('write {"$identifier": "ihi", "value": {"$": "alias.Column"}}');
    return undefined;
  }
  const kind = readIdentifierKind(name, place.at('$identifier'));
  if (!kind) return undefined;
  if (json['type'] !== undefined && json['type'] !== 'always') {
    place.at('type').error('can only be "always": the kind says the type');
  }
  if (kind.system === undefined && json['system'] === undefined) {
    place.error(`identifiers of the kind "${name}" need a "system"`);
  }
  const text: Expected = { type: 'string', targets: [], isListItem: false };
  const value = compiler.value(json['value'], text, place.at('value'));
  const others = Object.fromEntries(Object.entries(json).filter(([key]) => !OWN.includes(key)));
  const hasOthers = Object.keys(others).length > 0;
  const rest = hasOthers ? compiler.value(others, expected, place) : undefined;
  if (!value || (hasOthers && !rest)) return undefined;
  const keepsType = json['type'] === 'always';
  return filling(value.isAlways, (rendering) => {
    const stored = value.render(rendering);
    if (typeof stored !== 'string') return undefined;
    const { use, system, extension, ...more } = (rest?.render(rendering) ?? {}) as JsonObject;
    const hasType = kind.type && (keepsType || kind.isValid(stored));
    return {
      ...(extension === undefined ? {} : { extension }),
      ...(use === undefined ? {} : { use }),
      ...(hasType ? { type: kind.type } : {}),
      system: system ?? kind.system,
      value: stored,
      ...more,
    };
  });
}

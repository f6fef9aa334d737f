import {
  type ElementDefinition,
  isPrimitive,
  type TypeDefinition,
  typeDefinition,
} from '../definitions/elements.ts';
import { didYouMean, type Place } from '../mapping/problems.ts';
import { ExtendedPrimitive } from './absent.ts';
import { PrimitiveList } from './list-node.ts';
import {
  type Compiler,
  constantNode,
  type Expected,
  type JsonObject,
  type Level,
  type Node,
  type Rendering,
} from './node.ts';

/** One member of an object, compiled. */
export interface Member {
  readonly name: string;
  readonly choice?: string;
  readonly node: Node;
}

type Output = Record<string, unknown>;

/** Adds what an element gave to an object: a primitive that says why it is absent stands under `_name`. */
export function put(output: Output, name: string, value: unknown): void {
  if (typeof value !== 'object') output[name] = value;
  else if (value instanceof ExtendedPrimitive) addExtension(output, `_${name}`, value.extension);
  else if (value instanceof PrimitiveList) {
    output[name] = value.values;
    output[`_${name}`] = value.extensions;
  } else if (name.startsWith('_')) {
    const { extension = [], ...rest } = value as { extension?: readonly unknown[] };
    addExtension(output, name, extension);
    Object.assign(output[name] as object, rest);
  } else output[name] = value;
}

function addExtension(output: Output, name: string, extension: readonly unknown[]): void {
  const own = (output[name] as { extension?: readonly unknown[] } | undefined)?.extension ?? [];
  output[name] = { ...(output[name] as object | undefined), extension: [...own, ...extension] };
}

function expectedOf({ type, targets, codes }: ElementDefinition): Expected {
  return { type, targets, codes, isListItem: false };
}

function unknownElement(name: string, type: TypeDefinition, place: Place): void {
  const choices = [...type.elements.values()].filter((each) => each.choice === `${name}[x]`);
  if (choices.length > 0) {
    const names = choices.map((each) => each.name);
    place.error(`write the type with it: ${names.slice(0, 12).join(', ')}`);
    return;
  }
  place.error(`${type.name} has no element "${name}"${didYouMean(name, type.elements.keys())}`);
}

/** Compiles one member of an object; nothing comes back, and errors are noted, when it is wrong. */
export function readMember(
  name: string,
  json: unknown,
  type: TypeDefinition,
  compiler: Compiler,
  place: Place,
): Member | undefined {
  if (name.startsWith('_')) return readCompanion(name, json, type, compiler, place);
  const element = type.elements.get(name);
  if (!element) {
    unknownElement(name, type, place);
    return undefined;
  }
  const node = element.isList
    ? compiler.list(json, expectedOf(element), place)
    : compiler.value(json, expectedOf(element), place);
  const { choice } = element;
  return node && { name, node, ...(choice === undefined ? {} : { choice }) };
}

/** `_birthDate`: id and extensions of a primitive. */
function readCompanion(
  name: string,
  json: unknown,
  type: TypeDefinition,
  compiler: Compiler,
  place: Place,
): Member | undefined {
  const element = type.elements.get(name.slice(1));
  if (!element || !isPrimitive(element.type) || element.isList) {
    place.error(
      `${type.name} has no primitive "${name.slice(1)}" whose extensions could stand here`,
    );
    return undefined;
  }
  const node = compiler.value(json, { type: 'Element', targets: [], isListItem: false }, place);
  return node && { name, node };
}

/** Notes elements that R4 demands and the template does not have, or may leave without a value. */
export function checkMandatory(
  type: TypeDefinition,
  members: readonly Member[],
  isAlone: (member: Member) => boolean,
  place: Place,
): void {
  const demanded = [...type.elements.values()].filter((element) => element.min > 0);
  const groups = new Map<string, ElementDefinition[]>();
  for (const element of demanded) {
    const name = element.choice ?? element.name;
    groups.set(name, [...(groups.get(name) ?? []), element]);
  }
  for (const [name, elements] of groups) {
    const own = members.filter((member) => elements.some((each) => each.name === member.name));
    const hasCompanion = members.some((member) => member.name === `_${name}`);
    if (own.length === 0 && !hasCompanion) {
      place.error(`${name} is mandatory in ${type.name} and is missing`);
    } else if (!hasCompanion && !own.some((member) => member.node.isAlways || isAlone(member))) {
      place
        .at(own[0]?.name ?? name)
        .warn('is mandatory and can be without a value: give "$absent" or a constant');
    }
  }
}

/** The members that have a value; undefined when none has, and for an Extension with its address alone. */
function renderMembers(
  type: string,
  members: readonly Member[],
  rendering: Rendering,
): Output | undefined {
  const output: Output = {};
  let count = 0;
  let chosen: string | undefined;
  for (const { name, choice, node } of members) {
    if (choice !== undefined && choice === chosen) continue;
    const value = node.render(rendering);
    if (value === undefined) continue;
    if (choice !== undefined) chosen = choice;
    put(output, name, value);
    count += 1;
  }
  if (count === 1 && type === 'Extension') return 'url' in output ? undefined : output;
  return count === 0 ? undefined : output;
}

function assembled(type: string, members: readonly Member[]): Node {
  const level = Math.max(0, ...members.map((member) => member.node.level)) as Level;
  const isAlways = level === 0 || members.some(({ node }) => node.level === level && node.isAlways);
  return {
    level,
    isAlways,
    render(rendering) {
      const { filled, chosen } = rendering;
      const output = renderMembers(type, members, rendering);
      if (level === 2 && rendering.filled === filled) return undefined;
      if (level === 1 && rendering.chosen === chosen) return undefined;
      return output;
    },
  };
}

/** Compiles an object that looks like what comes out: a datatype, a backbone element or a contained resource. */
export function objectNode(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  const { resourceType, ...members } = json;
  const isResource = expected.type === 'Resource';
  const name = isResource ? resourceType : expected.type;
  const type = typeof name === 'string' ? typeDefinition(name) : undefined;
  if (!type || (isResource && type.kind !== 'resource')) {
    place.error('a contained resource needs the "resourceType" of a type that a mapping can have');
    return undefined;
  }
  if (!isResource && resourceType !== undefined) unknownElement('resourceType', type, place);
  const read = Object.entries(members).map(([member, value]) =>
    readMember(member, value, type, compiler, place.at(member)),
  );
  if (read.length === 0) place.error('is empty');
  if (read.includes(undefined)) return undefined;
  const own = read as Member[];
  checkObject(type, own, place);
  const typed = isResource
    ? [{ name: 'resourceType', node: constantNode(type.name) }, ...own]
    : own;
  const node = assembled(type.name, typed);
  if (node.level > 0) return node;
  const constant = renderMembers(type.name, typed, {} as Rendering);
  return constant && constantNode(constant);
}

function checkObject(type: TypeDefinition, members: readonly Member[], place: Place): void {
  // {"extension": [data-absent-reason]} stands for any type.
  if (members.every((member) => member.name === 'extension') && type.name !== 'Extension') return;
  const dynamic = members.filter((member) => member.node.level === 2);
  checkMandatory(type, members, (member) => dynamic.every((each) => each === member), place);
}

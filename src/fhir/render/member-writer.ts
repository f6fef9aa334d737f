import { parse, stringify } from 'lossless-json';
import type { Node, Rendering } from './node.ts';
import { AbsentPrimitive, PrimitiveList } from './written.ts';

/** One member of an object, compiled. */
export interface Member {
  readonly name: string;
  readonly choice?: string;
  readonly node: Node;
}

/** Writes one member, together with the extensions of a primitive: `"birthDate":…,"_birthDate":…`. */
export interface MemberWriter {
  /** Of the types of a choice only the first that has a value is written. */
  readonly choice?: string;
  /** JSON text; undefined when there is nothing. */
  write(rendering: Rendering): string | undefined;
}

/** The extensions that say why a primitive is absent, before those that it has itself. */
function withExtension(companion: string, extension: string): string {
  const members = parse(companion) as { readonly extension?: readonly unknown[] };
  const all = [...(parse(extension) as unknown[]), ...(members.extension ?? [])];
  return stringify({ ...members, extension: all }) ?? '{}';
}

function writerOf({ name, choice, node }: Member, companion?: Node): MemberWriter {
  const own = `"${name}":`;
  const besides = `"_${name}":`;
  return {
    ...(choice !== undefined && { choice }),
    write(rendering) {
      const value = node.render(rendering);
      const extended = companion?.render(rendering) as string | undefined;
      if (typeof value === 'string') {
        return extended === undefined ? own + value : `${own}${value},${besides}${extended}`;
      }
      if (value === undefined) return extended && besides + extended;
      if (value instanceof PrimitiveList) {
        return `${own}${value.values},${besides}${value.extensions}`;
      }
      if (!(value instanceof AbsentPrimitive)) throw new Error(`${name} is no list`);
      return extended === undefined
        ? `${besides}{"extension":${value.extension}}`
        : besides + withExtension(extended, value.extension);
    },
  };
}

/** What is always the same, as text; undefined for what is not. */
function constantText({ choice, node }: Member, writer: MemberWriter): string | undefined {
  const isConstant = node.level === 0 && choice === undefined;
  return isConstant ? writer.write({} as Rendering) : undefined;
}

/** What writes the members of an object, in their order; `_birthDate` stands behind `birthDate`. */
export function memberWriters(members: readonly Member[]): MemberWriter[] {
  const companions = new Map(members.map(({ name, node }) => [name, node]));
  const names = new Set(members.map(({ name }) => `_${name}`));
  const writers: MemberWriter[] = [];
  let constant: string | undefined;
  for (const member of members.filter(({ name }) => !names.has(name))) {
    const companion = companions.get(`_${member.name}`);
    const writer = writerOf(member, companion);
    const own = companion ? undefined : constantText(member, writer);
    // Neighbours that never change are one text.
    const text = own !== undefined && constant !== undefined ? `${constant},${own}` : own;
    if (constant !== undefined && text !== undefined) writers.pop();
    writers.push(text === undefined ? writer : { write: () => text });
    constant = text;
  }
  return writers;
}

/** The members that have a value, as JSON text without braces; empty when none has. */
export function writeMembers(writers: readonly MemberWriter[], rendering: Rendering): string {
  let text = '';
  let chosen: string | undefined;
  for (const writer of writers) {
    const { choice } = writer;
    if (choice !== undefined && choice === chosen) continue;
    const written = writer.write(rendering);
    if (written === undefined) continue;
    if (choice !== undefined) chosen = choice;
    text = text === '' ? written : `${text},${written}`;
  }
  return text;
}

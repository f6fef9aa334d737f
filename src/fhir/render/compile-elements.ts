import { typeDefinition } from '../definitions/elements.ts';
import type { Place } from '../mapping/problems.ts';
import type { ResourceScope } from '../mapping/resource-scope.ts';
import type { ElementTemplate, RenderContext, RowReader } from '../mapping/system-mapping.ts';
import { siteZone } from '../values/site-zone.ts';
import type { JsonObject, Rendering } from './node.ts';
import { checkMandatory, type Member, put, readMember } from './object-node.ts';
import { ReadColumns, TemplateCompiler } from './template-compiler.ts';

/** Elements that no template has: the engine writes them. */
const OWN = ['id', 'meta'];

function elementTemplate(
  name: string,
  members: readonly Member[],
  reads: ReadColumns,
): ElementTemplate {
  const choice = members.find((member) => member.choice !== undefined)?.choice;
  return {
    name,
    ...(choice === undefined ? {} : { choice }),
    columns: [...reads.columns],
    children: [...reads.children],
    render(row: RowReader, context: RenderContext) {
      const zone = siteZone(context.timeZone);
      const rendering: Rendering = { row, context, zone, child: undefined, filled: 0, chosen: 0 };
      const output: Record<string, unknown> = {};
      for (const member of members) {
        const value = member.node.render(rendering);
        if (value !== undefined) put(output, member.name, value);
      }
      return output;
    },
  };
}

/** Compiles a resource's template: an element for each member, `_birthDate` being part of `birthDate`. */
export function compileElements(
  resourceType: string,
  template: JsonObject,
  scope: ResourceScope,
  children: ReadonlySet<string>,
  place: Place,
): readonly ElementTemplate[] {
  const type = typeDefinition(resourceType);
  if (!type) return [];
  const groups = new Map<string, { members: Member[]; reads: ReadColumns }>();
  for (const [name, json] of Object.entries(template)) {
    const at = place.at(name);
    if (name === 'resourceType' && json === resourceType) continue;
    if (OWN.includes(name)) {
      at.error(`is made by the engine: leave it out${name === 'id' ? ' (see "key")' : ''}`);
      continue;
    }
    const element = name.replace(/^_/, '');
    const group = groups.get(element) ?? { members: [], reads: new ReadColumns() };
    groups.set(element, group);
    const compiler = new TemplateCompiler(scope, children, group.reads);
    const member = readMember(name, json, type, compiler, at);
    if (member) group.members.push(member);
  }
  const given = [...groups].filter(([, { members }]) => members.length > 0);
  const hasAll = given.length === groups.size;
  const members = given.flatMap(([, group]) => group.members);
  // What could not be read has been told of already.
  if (hasAll) checkMandatory(type, members, () => false, place);
  return given.map(([name, group]) => elementTemplate(name, group.members, group.reads));
}

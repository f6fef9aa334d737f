import { typeDefinition } from '../definitions/elements.ts';
import { didYouMean, type Place } from '../mapping/problems.ts';
import { readBySchema } from '../mapping/schema-problems.ts';
import type { ColumnRef, Lookup, WriteField, WriteMapping } from '../mapping/system-mapping.ts';
import { parseElementPath } from './element-path.ts';
import { type FieldText, WriteText } from './write-schema.ts';
import type { WriteScope } from './write-scope.ts';
import { readSteps } from './write-steps.ts';

/**
 * Reads the `write` section of a resource's file. Errors are noted at their places; what is wrong is left out.
 *
 * @param json the section; the resources of the scope are complete but for their own `write`
 */
export function compileWrite(
  json: unknown,
  scope: WriteScope,
  place: Place,
): WriteMapping | undefined {
  const text = readBySchema(WriteText, json, place);
  if (!text) return undefined;
  const fields = readFields(text.fields, scope, place.at('fields'));
  const lookups = readLookups(text.lookups ?? {}, fields, scope, place.at('lookups'));
  const used: ColumnRef[] = [];
  const parts = { scope, fields, lookups, used };
  const create = text.create && readSteps(text.create, parts, 'create', place.at('create'));
  const update = text.update && readSteps(text.update, parts, 'update', place.at('update'));
  if (create && scope.own.key.length > 1) {
    place.at('create').error('needs a key of one column: what is stored is read back by it');
  }
  if (!create && !update) place.error('has neither "create" nor "update"');
  return {
    fields,
    lookups,
    rowColumns: used,
    ignored: new Set(text.derived ?? []),
    ...(create && { create }),
    ...(update && { update }),
  };
}

function readFields(
  texts: Readonly<Record<string, FieldText>>,
  scope: WriteScope,
  place: Place,
): ReadonlyMap<string, WriteField> {
  return new Map(
    Object.entries(texts).flatMap(([name, text]) => {
      const field = readField(name, text, scope, place.at(name));
      return field ? [[name, field] as const] : [];
    }),
  );
}

function readField(
  name: string,
  text: FieldText,
  { own, codes, resources }: WriteScope,
  place: Place,
): WriteField | undefined {
  const path = parseElementPath(text.path);
  if (!path) {
    place.at('path').error(`"${text.path}" is no path: write name[use=official].family`);
    return undefined;
  }
  const first = path.steps[0]?.name ?? '';
  if (!typeDefinition(own.type)?.elements.has(first)) {
    place.at('path').error(`${own.type} has no element "${first}"`);
  }
  const table = text.codes === undefined ? undefined : codes.get(text.codes);
  if (text.codes !== undefined && !table) {
    place
      .at('codes')
      .error(`codes.json has no table "${text.codes}"${didYouMean(text.codes, codes.keys())}`);
  }
  if (text.reference !== undefined && resources.get(text.reference)?.key.length !== 1) {
    place.at('reference').error(`${text.reference} is no mapped resource with a key of one column`);
  }
  const [from = 0, length = 0] = text.part ?? [];
  return {
    name,
    path,
    isRequired: text.required ?? false,
    ...(table && { codes: table }),
    ...(text.reference !== undefined && { reference: text.reference }),
    ...(text.part && { part: { from, length } }),
  };
}

function readLookups(
  texts: NonNullable<WriteText['lookups']>,
  fields: ReadonlyMap<string, WriteField>,
  { resources }: WriteScope,
  place: Place,
): Map<string, Lookup & { readonly columns: ColumnRef[] }> {
  return new Map(
    Object.entries(texts).flatMap(([name, text]) => {
      const at = place.at(name);
      const field = fields.get(text.field);
      if (!field) at.at('field').error(`there is no field "${text.field}"`);
      if (!resources.has(text.resource)) at.at('resource').error(`${text.resource} is not mapped`);
      else if (field && field.reference !== text.resource) {
        at.at('field').error(`"${text.field}" is no reference to ${text.resource}`);
      } else if (field) return [[name, { name, resource: text.resource, field, columns: [] }]];
      return [];
    }),
  );
}

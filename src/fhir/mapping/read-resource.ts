import resourceTypes from '../definitions/resource-types.json' with { type: 'json' };
import { compileElements } from '../render/compile-elements.ts';
import { isKeyColumn } from '../values/logical-id.ts';
import { readConditions } from './conditions.ts';
import { ResourceFile } from './mapping-schema.ts';
import { didYouMean, type Place } from './problems.ts';
import { readProfiles } from './profiles.ts';
import { readChildren, readRelations } from './relations.ts';
import { ResourceScope, type TargetKey } from './resource-scope.ts';
import { readBySchema } from './schema-problems.ts';
import { readSearch } from './search-bindings.ts';
import type { CodeTable, ColumnRef, Join, Relation, ResourceMapping } from './system-mapping.ts';
import type { SourceTable } from './tables.ts';

/** What stands in the other files of a mapping. */
export interface Surroundings {
  readonly tables: ReadonlyMap<string, SourceTable>;
  readonly codes: ReadonlyMap<string, CodeTable>;
  keyOf(resourceType: string): TargetKey | undefined;
}

/** A resource's file of which relations and key are read; what refers to other files' keys is not. */
export interface ResourceDraft {
  readonly file: ResourceFile;
  readonly scope: ResourceScope;
  readonly place: Place;
  readonly base: Relation;
  readonly joins: readonly Join[];
  readonly key: readonly ColumnRef[];
}

function readKey(file: ResourceFile, scope: ResourceScope, place: Place): readonly ColumnRef[] {
  return file.key.flatMap((text, index) => {
    const at = place.at(index);
    const column = scope.column(text, at);
    if (!column) return [];
    if (!isKeyColumn(column.column)) {
      at.error(
        `${text} is ${column.column.sqlType}: ids are made of integers, text, uniqueidentifiers and dates`,
      );
    } else if (scope.relation(column.relation)?.isJoined) {
      at.error(`${text} is of a joined table: a key is made of columns of "from"`);
    } else if (column.isNullable) {
      at.error(`${text} may be NULL: a row without an id could not be addressed`);
    }
    return [column];
  });
}

/** Reads relations and key of a resource's file. Nothing comes back when it is too wrong to go on with. */
export function draftResource(
  name: string,
  json: unknown,
  surroundings: Surroundings,
  place: Place,
): ResourceDraft | undefined {
  const file = readBySchema(ResourceFile, json, place);
  if (!file) return undefined;
  const { resourceType } = file;
  const at = place.at('resourceType');
  if (!resourceTypes.resourceTypes.includes(resourceType)) {
    const hint = didYouMean(resourceType, resourceTypes.resourceTypes);
    at.error(`"${resourceType}" is no resource type that a mapping can have${hint}`);
    return undefined;
  }
  if (name !== `${resourceType}.json`) at.error(`the file must be named ${resourceType}.json`);
  const { tables, codes } = surroundings;
  const scope = new ResourceScope(tables, codes, (type) => surroundings.keyOf(type));
  const relations = readRelations(file, scope, place);
  if (!relations) return undefined;
  const key = readKey(file, scope, place.at('key'));
  return { file, scope, place, ...relations, key };
}

/** Types whose values can tell when a row was changed. */
const CHANGE_TIMES = ['datetime', 'datetimeoffset'];
const VERSIONS = ['integer', 'binary', 'text', 'guid', ...CHANGE_TIMES];

function readOwnColumn(
  text: string | undefined,
  types: readonly string[],
  draft: ResourceDraft,
  place: Place,
): ColumnRef | undefined {
  if (text === undefined) return undefined;
  const column = draft.scope.column(text, place);
  if (column && !types.includes(column.column.type)) {
    place.error(`${text} is ${column.column.sqlType}: it takes ${types.join(', ')}`);
  }
  return column;
}

/** Reads all the rest of a resource's file, once the keys of all resource types are known. */
export function finishResource(draft: ResourceDraft): ResourceMapping {
  const { file, scope, place, base, joins, key } = draft;
  const where = readConditions(file.where, scope, place.at('where'));
  const deleted = readConditions(file.deleted, scope, place.at('deleted'));
  const version = readOwnColumn(file.version, VERSIONS, draft, place.at('version'));
  const lastUpdated = readOwnColumn(file.lastUpdated, CHANGE_TIMES, draft, place.at('lastUpdated'));
  const children = readChildren(file, scope, place.at('children'));
  const childNames = new Set(Object.keys(file.children ?? {}));
  return {
    type: file.resourceType,
    ...readProfiles(file, scope, place.at('profile')),
    ...(file.catalogue === undefined ? {} : { catalogue: file.catalogue }),
    base,
    joins,
    where,
    deleted,
    key,
    ...(version ? { version } : {}),
    ...(lastUpdated ? { lastUpdated } : {}),
    children,
    elements: compileElements(
      file.resourceType,
      file.resource,
      scope,
      childNames,
      place.at('resource'),
    ),
    search: readSearch(file.resourceType, file.search ?? {}, scope, place.at('search')),
  };
}

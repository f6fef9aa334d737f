import resourceTypes from '../definitions/resource-types.json' with { type: 'json' };
import { compileWrite } from '../write/compile-write.ts';
import { readCodeTables } from './code-tables.ts';
import { CodesFile, SystemFile, TablesFile } from './mapping-schema.ts';
import { didYouMean, Place, type Problem } from './problems.ts';
import {
  draftResource,
  finishResource,
  type ResourceDraft,
  type Surroundings,
} from './read-resource.ts';
import { readBySchema } from './schema-problems.ts';
import { applySettings, type SiteSettings } from './site-settings.ts';
import type { ResourceMapping, SqlDialectName, SystemMapping } from './system-mapping.ts';
import { readTables } from './tables.ts';

/** The files of a mapping by name (`Patient.json`), parsed. */
export type MappingFiles = Readonly<Record<string, unknown>>;

/** What reading a mapping gave. Without errors there is a mapping. */
export interface ReadMapping {
  readonly mapping: SystemMapping | undefined;
  /** In the order of the files, errors and warnings. */
  readonly problems: readonly Problem[];
}

const COMMON = ['system.json', 'tables.json', 'codes.json'];

/** The files whose names are those of no resource type. */
function checkNames(files: MappingFiles, problems: Problem[]): void {
  const known = [...COMMON, ...resourceTypes.resourceTypes.map((type) => `${type}.json`)];
  for (const name of Object.keys(files)) {
    if (known.includes(name)) continue;
    const place = new Place(problems, name);
    place.error(`a mapping has no file of this name${didYouMean(name, known)}`);
  }
}

/** Settings choose within templates; what else a file says is the same for all sites. */
function withSettings(file: unknown, settings: SiteSettings): unknown {
  if (typeof file !== 'object' || file === null || !('resource' in file)) return file;
  return { ...file, resource: applySettings(file.resource, settings) ?? {} };
}

function draftAll(
  files: MappingFiles,
  surroundings: Surroundings,
  settings: SiteSettings,
  problems: Problem[],
): ResourceDraft[] {
  return resourceTypes.resourceTypes.flatMap((type) => {
    const name = `${type}.json`;
    if (!Object.hasOwn(files, name)) return [];
    const file = withSettings(files[name], settings);
    const draft = draftResource(name, file, surroundings, new Place(problems, name));
    return draft ? [draft] : [];
  });
}

function readCommon(files: MappingFiles, problems: Problem[]) {
  const placeOf = (name: string) => new Place(problems, name);
  const [system, tables, codes] = [
    readBySchema(SystemFile, files['system.json'] ?? {}, placeOf('system.json')),
    readBySchema(TablesFile, files['tables.json'] ?? {}, placeOf('tables.json')),
    readBySchema(CodesFile, files['codes.json'] ?? {}, placeOf('codes.json')),
  ];
  return system && tables && codes ? { system, tables, codes } : undefined;
}

/** Reads a mapping for one dialect of SQL and one site's settings, and notes all that is wrong with it. */
export function readMapping(
  files: MappingFiles,
  dialect: SqlDialectName,
  settings: SiteSettings = {},
): ReadMapping {
  const problems: Problem[] = [];
  checkNames(files, problems);
  const common = readCommon(files, problems);
  if (!common) return { mapping: undefined, problems };
  const { system } = common;
  const placeOf = (name: string) => new Place(problems, name);
  if (!system.dialects.includes(dialect)) {
    const dialects = system.dialects.join(', ');
    placeOf('system.json').at('dialects').error(`the mapping is for ${dialects}, not ${dialect}`);
  }
  const places = { tables: placeOf('tables.json'), system: placeOf('system.json') };
  const tables = readTables(common.tables, system, dialect, places);
  const codes = readCodeTables(common.codes, placeOf('codes.json'));
  const drafts: ResourceDraft[] = [];
  const keyOf = (type: string) => {
    const key = drafts.find((draft) => draft.file.resourceType === type)?.key;
    return key && { types: key.map((column) => column.column) };
  };
  drafts.push(...draftAll(files, { tables, codes, keyOf }, settings, problems));
  if (drafts.length === 0 && problems.length === 0) {
    placeOf('system.json').error('the mapping has no resource type');
  }
  const resources = new Map<string, ResourceMapping>();
  for (const draft of drafts) resources.set(draft.file.resourceType, finishResource(draft));
  for (const { file, place } of drafts) {
    const own = resources.get(file.resourceType);
    if (file.write === undefined || !own) continue;
    const write = compileWrite(file.write, { own, resources, tables, codes }, place.at('write'));
    if (write) resources.set(own.type, { ...own, write });
  }
  const isRight = problems.every((problem) => problem.severity !== 'error');
  const { name, title } = system;
  return { mapping: isRight ? { name, title, resources, codes } : undefined, problems };
}

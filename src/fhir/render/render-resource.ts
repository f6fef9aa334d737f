import type {
  ColumnRef,
  ElementTemplate,
  RenderContext,
  ResourceMapping,
  RowReader,
} from '../mapping/system-mapping.ts';
import { conversionFor } from '../values/element-values.ts';
import { keyReader } from '../values/logical-id.ts';
import { siteZone } from '../values/site-zone.ts';
import { versionIdOf } from './version-id.ts';

/** A resource as it goes out; numbers that JavaScript would change are `LosslessNumber`s. */
export interface RenderedResource {
  readonly resourceType: string;
  readonly id: string | undefined;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly [element: string]: unknown;
}

/** What of a resource is wanted. */
export interface RenderOptions {
  /**
   * The elements to give, in the order of the template; only their columns need be selected. Left out, all. A resource
   * that is cut is tagged `SUBSETTED`.
   */
  readonly elements?: readonly ElementTemplate[];
}

const SUBSETTED = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
  display: 'subsetted',
};

/** What is prepared once for each resource type. */
interface Renderer {
  /** The logical id; undefined when the key makes none (too long for an id). */
  readonly id: (row: RowReader) => string | undefined;
  readonly lastUpdated: (row: RowReader, context: RenderContext) => unknown;
}

const renderers = new WeakMap<ResourceMapping, Renderer>();

function lastUpdatedReader(column: ColumnRef | undefined): Renderer['lastUpdated'] {
  const convert = column && conversionFor(column.column, 'instant');
  if (!convert) return () => undefined;
  return (row, context) => convert(row.value(column), siteZone(context.timeZone));
}

function rendererOf(mapping: ResourceMapping): Renderer {
  const known = renderers.get(mapping);
  if (known) return known;
  const columns = mapping.key.map((column) => column.column);
  const toId = keyReader(columns);
  const [first, ...others] = mapping.key as [ColumnRef, ...ColumnRef[]];
  const renderer: Renderer = {
    id:
      others.length === 0
        ? (row) => toId([row.value(first)])
        : (row) => toId(mapping.key.map((column) => row.value(column))),
    lastUpdated: lastUpdatedReader(mapping.lastUpdated),
  };
  renderers.set(mapping, renderer);
  return renderer;
}

/** The profiles that a row claims; undefined when none. */
function profilesOf(mapping: ResourceMapping, row: RowReader, context: RenderContext): unknown {
  if (mapping.rowProfiles) return mapping.rowProfiles.render(row, context)['profile'];
  return mapping.profiles.length > 0 ? mapping.profiles : undefined;
}

/** Columns that `meta` needs beside key, version and time of the last change, whatever elements are wanted. */
export function metaColumns(mapping: ResourceMapping): readonly ColumnRef[] {
  return mapping.rowProfiles?.columns ?? [];
}

function metaOf(
  mapping: ResourceMapping,
  row: RowReader,
  isCut: boolean,
  context: RenderContext,
): Record<string, unknown> {
  const meta: Record<string, unknown> = {};
  const canTell = mapping.version || !isCut;
  const versionId = canTell ? versionIdOf(mapping, row) : undefined;
  if (versionId !== undefined) meta['versionId'] = versionId;
  const lastUpdated = rendererOf(mapping).lastUpdated(row, context);
  if (lastUpdated !== undefined) meta['lastUpdated'] = lastUpdated;
  const profile = profilesOf(mapping, row, context);
  if (profile !== undefined) meta['profile'] = profile;
  if (isCut) meta['tag'] = [SUBSETTED];
  return meta;
}

/**
 * Makes a resource out of a row: `resourceType`, `id`, `meta`, then the elements in the order of the template. Of the
 * types of a choice only the first that has a value is given. Constant parts are shared between resources: the result
 * is to be written out, not changed.
 */
export function renderResource(
  mapping: ResourceMapping,
  row: RowReader,
  options: RenderOptions,
  context: RenderContext,
): RenderedResource {
  const { elements = mapping.elements } = options;
  const isCut = elements.length < mapping.elements.length;
  const resource: Record<string, unknown> = {
    resourceType: mapping.type,
    id: rendererOf(mapping).id(row),
    meta: metaOf(mapping, row, isCut, context),
  };
  let given: string | undefined;
  for (const element of elements) {
    if (element.choice !== undefined && element.choice === given) continue;
    const members = element.render(row, context);
    let hasMembers = false;
    for (const name in members) {
      resource[name] = members[name];
      hasMembers = true;
    }
    if (hasMembers && element.choice !== undefined) given = element.choice;
  }
  return resource as unknown as RenderedResource;
}

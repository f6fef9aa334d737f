import type { ResourceMapping } from '../mapping/system-mapping.ts';
import { renderResource } from '../render/render-resource.ts';
import { versionIdOf } from '../render/version-id.ts';
import type { ServiceContext } from '../service-context.ts';
import type { ResourceRow } from '../sql/index.ts';
import { conversionFor } from '../values/element-values.ts';
import { siteZone } from '../values/site-zone.ts';
import type { FhirResource } from './interaction.ts';
import type { Selection } from './result-view.ts';

/** What a rendering needs of the service and the request. */
export type RenderScope = Pick<ServiceContext, 'timeZone'> & { readonly baseUrl: string };

/** What tells one state of a row from another. */
export interface RowState {
  /** Undefined where it is a hash of everything and not everything was read. */
  readonly versionId: string | undefined;
  /** A FHIR instant; undefined when nobody knows. */
  readonly lastUpdated: string | undefined;
}

/** The state of a row. Without a version column its children must be attached. */
export function stateOf(
  mapping: ResourceMapping,
  row: ResourceRow,
  selection: Selection,
  timeZone: string,
): RowState {
  const canTell = mapping.version !== undefined || selection.isWhole;
  const column = mapping.lastUpdated?.column;
  const instantOf = column && conversionFor(column, 'instant');
  const lastUpdated = instantOf?.(row.lastUpdated ?? null, siteZone(timeZone));
  return {
    versionId: canTell ? versionIdOf(mapping, row) : undefined,
    lastUpdated: typeof lastUpdated === 'string' ? lastUpdated : undefined,
  };
}

/** Makes the resource of a row whose children are attached. */
export function resourceOfRow(
  mapping: ResourceMapping,
  row: ResourceRow,
  { elements }: Selection,
  scope: RenderScope,
): FhirResource {
  return renderResource(mapping, row, { elements }, scope);
}

import type { ResourceMapping } from '../mapping/system-mapping.ts';
import type { ServiceContext } from '../service-context.ts';
import type { ResourceRow } from '../sql/index.ts';
import { conversionFor } from '../values/element-values.ts';
import { siteZone } from '../values/site-zone.ts';
import type { FhirResource } from './interaction.ts';
import type { Selection } from './result-view.ts';
import { versionIdOfContent, versionIdOfValue } from './version-id.ts';

/** Marks a resource of which something was left out (R4 §3.1.1.5.9). */
const SUBSETTED = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
  display: 'subsetted',
};

/** What a rendering needs of the service and the request. */
export type RenderScope = Pick<ServiceContext, 'timeZone'> & { readonly baseUrl: string };

/** The version id of a row; undefined where it is a hash of everything and not everything was read. */
export function versionIdOf(
  mapping: ResourceMapping,
  row: ResourceRow,
  selection: Selection,
): string | undefined {
  if (row.version !== undefined) return versionIdOfValue(row.version);
  return selection.isWhole ? versionIdOfContent(mapping, row) : undefined;
}

/** When a row was last changed, as a FHIR instant; undefined when nobody knows. */
export function lastUpdatedOf(
  mapping: ResourceMapping,
  row: ResourceRow,
  timeZone: string,
): string | undefined {
  if (!mapping.lastUpdated || row.lastUpdated === undefined) return undefined;
  const instantOf = conversionFor(mapping.lastUpdated.column, 'instant');
  const instant = instantOf?.(row.lastUpdated, siteZone(timeZone));
  return typeof instant === 'string' ? instant : undefined;
}

/** Makes the resource of a row whose children are attached. */
export function resourceOfRow(
  mapping: ResourceMapping,
  row: ResourceRow,
  selection: Selection,
  scope: RenderScope,
): FhirResource {
  const versionId = versionIdOf(mapping, row, selection);
  const lastUpdated = lastUpdatedOf(mapping, row, scope.timeZone);
  const meta = {
    ...(versionId === undefined ? {} : { versionId }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    // Of several, a resource has only some.
    ...(mapping.profiles.length === 1 ? { profile: mapping.profiles } : {}),
    ...(selection.isWhole ? {} : { tag: [SUBSETTED] }),
  };
  const resource: FhirResource = {
    resourceType: mapping.type,
    ...(row.id === '' ? {} : { id: row.id }),
    meta,
  };
  for (const element of selection.elements) Object.assign(resource, element.render(row, scope));
  return resource;
}

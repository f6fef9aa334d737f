import type { ResourceMapping, SystemMapping } from '../../mapping/system-mapping.ts';
import { dateOrder, type SearchFilter, type SortKey } from '../../search/index.ts';
import { type SearchScope, searchFilters } from '../operation-search.ts';
import { codesOf, isInError, type Json } from './element-reading.ts';
import type { SectionRule, SectionSource, SummarySection } from './sections.ts';

/** The sources of a section that a mapping has. */
export function mappedSources(
  { sources }: SummarySection,
  { resources }: SystemMapping,
): readonly SectionSource[] {
  const isMapped = (type: string) => resources.get(type)?.search.get('patient') !== undefined;
  return sources.filter(
    ({ type, unless }) => isMapped(type) && !(unless !== undefined && isMapped(unless)),
  );
}

/** A rule as a search parameter; none where the mapping has none. */
function searchParameters(
  { parameter, in: wanted, not = [] }: SectionRule,
  { search }: ResourceMapping,
): [string, string][] {
  if (parameter === undefined || !search.has(parameter)) return [];
  return [wanted ? [parameter, wanted.join(',')] : [`${parameter}:not`, not.join(',')]];
}

/** The filters of a source's rows of one patient. */
export function sourceFilters(
  scope: SearchScope,
  mapping: ResourceMapping,
  { rules }: SectionSource,
  patientId: string,
): SearchFilter[] {
  const searched = rules.flatMap((rule) => searchParameters(rule, mapping));
  return [
    ...searchFilters(scope, mapping, ['patient', `Patient/${patientId}`]),
    ...searched.flatMap((parameter) => searchFilters(scope, mapping, parameter)),
  ];
}

function isRight({ element, in: wanted, not = [] }: SectionRule, resource: Json): boolean {
  const codes = codesOf(resource[element]);
  return wanted
    ? codes.some((code) => wanted.includes(code))
    : !codes.some((code) => not.includes(code));
}

/** Whether a resource belongs there. Rules for which the mapping has no search parameter are kept by this alone. */
export function belongsTo({ rules }: SectionSource, resource: Json): boolean {
  return !isInError(resource) && rules.every((rule) => isRight(rule, resource));
}

/** The newest first, wherever the date may stand; empty where no date can be sorted by. */
export function newestFirst(mapping: ResourceMapping, { newestBy }: SectionSource): SortKey[] {
  const orders = newestBy.map((name) => dateOrder(mapping, name, true));
  return orders.find((keys) => keys.length > 0) ?? [];
}

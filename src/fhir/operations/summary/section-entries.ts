import type { FhirResource } from '../../interactions/index.ts';
import type { PartOfCourse } from '../../interactions/read-rows.ts';
import type { ResourceMapping } from '../../mapping/system-mapping.ts';
import { matchesStatement } from '../../sql/index.ts';
import type { SearchScope } from '../operation-search.ts';
import { codesOf, conceptText } from './element-reading.ts';
import { type ResourceRequest, readResources, wholeColumns } from './read-resources.ts';
import { belongsTo, mappedSources, newestFirst, sourceFilters } from './section-search.ts';
import { type SectionSource, SUMMARY_SECTIONS, type SummarySection } from './sections.ts';

/** What a section shows. */
export interface SectionEntries {
  readonly section: SummarySection;
  readonly resources: readonly FhirResource[];
  /** There is more than what is shown. */
  readonly isCut: boolean;
}

/** One source's search for one section. */
interface SourceRequest extends ResourceRequest {
  readonly section: SummarySection;
  readonly source: SectionSource;
}

function requestOf(
  scope: SearchScope,
  mapping: ResourceMapping,
  section: SummarySection,
  source: SectionSource,
  patientId: string,
): SourceRequest {
  const statement = matchesStatement(
    { dialect: scope.context.dialect, mapping },
    {
      columns: wholeColumns(mapping),
      filters: sourceFilters(scope, mapping, source, patientId),
      sort: newestFirst(mapping, source),
      limit: section.limit + 1,
    },
  );
  return { mapping, section, source, statement };
}

function requestsOf(scope: SearchScope, patientId: string): SourceRequest[] {
  const system = scope.context.mapping;
  return SUMMARY_SECTIONS.flatMap((section) =>
    mappedSources(section, system).flatMap((source) => {
      const mapping = system.resources.get(source.type);
      return mapping ? [requestOf(scope, mapping, section, source, patientId)] : [];
    }),
  );
}

/** What a resource is about: what it has no code for is of its own kind. */
function kindOf(resource: FhirResource): string {
  const [code] = codesOf(resource['code']);
  return code ?? conceptText(resource['code']) ?? String(resource['id']);
}

/** The first of each kind; they stand with the newest first. */
function latestOfEach(resources: readonly FhirResource[]): FhirResource[] {
  const byKind = new Map<string, FhirResource>();
  for (const resource of resources) {
    const kind = kindOf(resource);
    if (!byKind.has(kind)) byKind.set(kind, resource);
  }
  return [...byKind.values()];
}

function shownOf({ section, source }: SourceRequest, read: readonly FhirResource[]) {
  const right = read.slice(0, section.limit).filter((resource) => belongsTo(source, resource));
  return section.isLatestOfEachCode ? latestOfEach(right) : right;
}

/**
 * Reads what stands in the sections of a patient's summary: one statement for each source of a section, all in one
 * step, and one for each child relation, all in another. Optional sections without entries are left out.
 */
export function* readSections(
  scope: SearchScope,
  patientId: string,
): PartOfCourse<readonly SectionEntries[]> {
  const requests = requestsOf(scope, patientId);
  const read = yield* readResources(requests, scope);
  return SUMMARY_SECTIONS.flatMap((section) => {
    const own = requests.flatMap((request, index) =>
      request.section === section ? [{ request, found: read[index] ?? [] }] : [],
    );
    const resources = own.flatMap(({ request, found }) => shownOf(request, found));
    const isCut = own.some(({ found }) => found.length > section.limit);
    return resources.length > 0 || section.isRequired ? [{ section, resources, isCut }] : [];
  });
}

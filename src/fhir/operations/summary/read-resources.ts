import type { FhirResource } from '../../interactions/index.ts';
import { attachChildren, type PartOfCourse, readPages } from '../../interactions/read-rows.ts';
import { resourceOfRow } from '../../interactions/resource-of-row.ts';
import { selectElements } from '../../interactions/result-view.ts';
import type { ColumnRef, ResourceMapping } from '../../mapping/system-mapping.ts';
import type { PageStatement } from '../../sql/index.ts';
import type { SearchScope } from '../operation-search.ts';

/** One statement that gives whole resources of a type. */
export interface ResourceRequest {
  readonly mapping: ResourceMapping;
  readonly statement: PageStatement;
}

const WHOLE = { summary: 'false' } as const;

/** All columns that a whole resource is made from. */
export function wholeColumns(mapping: ResourceMapping): readonly ColumnRef[] {
  return selectElements(mapping, WHOLE, 'match').columns;
}

/** Runs the statements in one step and those of all children in another; rows that have no id are left out. */
export function* readResources(
  requests: readonly ResourceRequest[],
  { context, baseUrl }: SearchScope,
): PartOfCourse<FhirResource[][]> {
  if (requests.length === 0) return [];
  const pages = yield* readPages(requests.map(({ statement }) => statement));
  yield* attachChildren(pages);
  const scope = { timeZone: context.timeZone, baseUrl };
  return requests.map(({ mapping }, index) => {
    const selection = selectElements(mapping, WHOLE, 'match');
    const rows = (pages[index]?.rows ?? []).filter(({ id }) => id !== '');
    return rows.map((row) => resourceOfRow(mapping, row, selection, scope));
  });
}

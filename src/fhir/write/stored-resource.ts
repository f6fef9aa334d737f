import type { InteractionAnswer, TypeCall } from '../interactions/index.ts';
import type { PartOfCourse } from '../interactions/read-rows.ts';
import { resourceOfRow, stateOf } from '../interactions/resource-of-row.ts';
import { selectElements } from '../interactions/result-view.ts';
import type { WriteMapping } from '../mapping/system-mapping.ts';
import { FhirProblem, type Issue } from '../outcome/fhir-problem.ts';
import { operationOutcome } from '../outcome/operation-outcome.ts';
import type { ReceivedResource } from '../request/resource-body.ts';
import type { ResourceKey } from '../search/index.ts';
import type { ResourceRow } from '../sql/index.ts';
import { findLostElements, valueAt } from './lost-elements.ts';
import { readInTransaction } from './run-write.ts';

const WHOLE = { summary: 'false' } as const;
/** A caller can act on so many at once. */
const MAX_ISSUES = 20;

/** A resource as it stands in the database now. */
export interface StoredResource {
  readonly row: ResourceRow;
  readonly resource: ReceivedResource;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** Reads a resource whole, in the open transaction; undefined when there is none. */
export function* readStored(
  { resource: mapping, context, request }: TypeCall,
  key: ResourceKey,
  write: WriteMapping,
): PartOfCourse<StoredResource | undefined> {
  const selection = selectElements(mapping, WHOLE, 'match');
  const columns = [...selection.columns, ...write.rowColumns];
  const row = yield* readInTransaction({ dialect: context.dialect, mapping }, key, columns);
  if (!row) return undefined;
  const { timeZone } = context;
  const { versionId, lastUpdated } = stateOf(mapping, row, selection, timeZone);
  return {
    row,
    resource: resourceOfRow(mapping, row, selection, { timeZone, baseUrl: request.baseUrl }),
    etag: versionId === undefined ? undefined : `W/"${versionId}"`,
    lastModified: lastUpdated === undefined ? undefined : new Date(lastUpdated).toUTCString(),
  };
}

/**
 * Refuses a write of which something would be lost: each submitted value has to be there when the resource is read
 * back. What stood there before and became another value by the write itself, a text made of other elements, is excused.
 *
 * @throws FhirProblem `notStored` that names every lost element
 */
export function refuseLosses(
  submitted: ReceivedResource,
  { stored, before }: { readonly stored: ReceivedResource; readonly before?: ReceivedResource },
  { write, baseUrl }: { readonly write: WriteMapping; readonly baseUrl: string },
): void {
  const options = { baseUrl, ignored: write.ignored };
  const lost = findLostElements(submitted, stored, options).filter(
    ({ place, value, isReplaced }) =>
      before === undefined || !isReplaced || valueAt(before, place) !== value,
  );
  const issues = lost.slice(0, MAX_ISSUES).map(({ place }): Issue => {
    const expression = `${submitted.resourceType}.${place}`;
    const diagnostics = `${expression} is kept by the practice system and cannot be written here, or not with this value`;
    return { kind: 'notStored', diagnostics, expression };
  });
  const [first, ...others] = issues;
  if (first) throw new FhirProblem([first, ...others]);
}

/** The address of a version (R4 §3.1.0.8), or of the resource where its version is not known. */
function versionAddress(
  { request, resource: { type } }: TypeCall,
  { row, etag }: StoredResource,
): string {
  const address = `${request.baseUrl}/${type}/${row.id}`;
  const versionId = /^W\/"(.*)"$/.exec(etag ?? '')?.[1];
  return versionId === undefined ? address : `${address}/_history/${versionId}`;
}

/**
 * What a create or update answers, by the caller's `Prefer: return=`. Of a create it tells where the resource is, also
 * of one that was there already.
 */
export function storedAnswer(
  call: TypeCall,
  status: 200 | 201,
  stored: StoredResource,
): InteractionAnswer {
  const { request } = call;
  const { row, resource, etag, lastModified } = stored;
  const headers = {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
    ...(request.method === 'POST' ? { location: versionAddress(call, stored) } : {}),
  };
  const { returned = 'representation' } = request.preferences;
  if (returned === 'minimal') return { status, headers };
  const outcome = operationOutcome([
    { kind: 'done', diagnostics: `${call.resource.type}/${row.id} is stored` },
  ]);
  return { status, headers, resource: returned === 'OperationOutcome' ? { ...outcome } : resource };
}

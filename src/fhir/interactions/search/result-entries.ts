import type { SearchsetEntry } from '../../bundle/searchset.ts';
import { operationOutcome } from '../../outcome/operation-outcome.ts';
import type { TypeCall } from '../interaction.ts';
import { giveTurn, type PartOfCourse } from '../read-rows.ts';
import { resourceOfRow } from '../resource-of-row.ts';
import { type IncludedRows, MAX_INCLUDED, type TypedRows } from './included-rows.ts';

/** What entries need beside their rows. */
type EntryScope = Pick<TypeCall, 'request' | 'context'>;

/** Resources that are made in one piece: others wait for it some ten milliseconds at most. */
const ROWS_PER_TURN = 200;

/** The entries of rows whose children are attached. */
export function* resultEntries(
  { mapping, selection, rows }: TypedRows,
  mode: 'match' | 'include',
  { request, context }: EntryScope,
): PartOfCourse<SearchsetEntry[]> {
  const scope = { timeZone: context.timeZone, baseUrl: request.baseUrl };
  const entries: SearchsetEntry[] = [];
  for (const row of rows) {
    if (entries.length > 0 && entries.length % ROWS_PER_TURN === 0) yield* giveTurn();
    entries.push({
      // A key that makes no id of FHIR has no address.
      ...(row.id === '' ? {} : { fullUrl: `${request.baseUrl}/${mapping.type}/${row.id}` }),
      resource: resourceOfRow(mapping, row, selection, scope),
      search: { mode },
    });
  }
  return entries;
}

/** The entries of what was included, and an outcome where that is not all. */
export function* includedEntries(
  { rows, isCut }: IncludedRows,
  scope: EntryScope,
): PartOfCourse<SearchsetEntry[]> {
  const entries: SearchsetEntry[] = [];
  for (const each of rows) entries.push(...(yield* resultEntries(each, 'include', scope)));
  if (!isCut) return entries;
  const diagnostics = `at most ${MAX_INCLUDED} resources are included in a page, and :iterate is followed to a limit: ask for a smaller _count`;
  const resource = operationOutcome([{ kind: 'includesCut', diagnostics }]);
  return [...entries, { resource, search: { mode: 'outcome' } }];
}

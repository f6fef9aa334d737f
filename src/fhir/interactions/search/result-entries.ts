import type { SearchsetEntry } from '../../bundle/searchset.ts';
import { operationOutcome } from '../../outcome/operation-outcome.ts';
import type { TypeCall } from '../interaction.ts';
import { resourceOfRow } from '../resource-of-row.ts';
import { type IncludedRows, MAX_INCLUDED, type TypedRows } from './included-rows.ts';

/** What entries need beside their rows. */
type EntryScope = Pick<TypeCall, 'request' | 'context'>;

/** The entries of rows whose children are attached. */
export function resultEntries(
  { mapping, selection, rows }: TypedRows,
  mode: 'match' | 'include',
  { request, context }: EntryScope,
): SearchsetEntry[] {
  const scope = { timeZone: context.timeZone, baseUrl: request.baseUrl };
  return rows.map((row) => ({
    // A key that makes no id of FHIR has no address.
    ...(row.id === '' ? {} : { fullUrl: `${request.baseUrl}/${mapping.type}/${row.id}` }),
    resource: resourceOfRow(mapping, row, selection, scope),
    search: { mode },
  }));
}

/** The entries of what was included, and an outcome where that is not all. */
export function includedEntries(
  { rows, isCut }: IncludedRows,
  scope: EntryScope,
): SearchsetEntry[] {
  const entries = rows.flatMap((each) => resultEntries(each, 'include', scope));
  if (!isCut) return entries;
  const diagnostics = `at most ${MAX_INCLUDED} resources are included in a page, and :iterate is followed to a limit: ask for a smaller _count`;
  const resource = operationOutcome([{ kind: 'includesCut', diagnostics }]);
  return [...entries, { resource, search: { mode: 'outcome' } }];
}

import type { ResourceMapping } from '../../mapping/system-mapping.ts';
import { parseSearch, type SearchFilter, type SortKey } from '../../search/index.ts';
import type { OperationInput } from '../operation-input.ts';
import { type SearchScope, searchFilters, typedReferences } from '../operation-search.ts';
import type { FreeTimeRequest } from './free-time-request.ts';

/** Parameters that say whose slots, with the type that a bare id is of. */
const ACTORS: readonly (readonly [name: string, type: string])[] = [
  ['practitioner', 'Practitioner'],
  ['location', 'Location'],
];

/** The order in which slots are read: by their start. */
export function slotOrder(
  { context, baseUrl }: SearchScope,
  mapping: ResourceMapping,
): readonly SortKey[] {
  const options = { baseUrl, timeZone: context.timeZone, now: context.now() };
  return parseSearch(mapping, context.mapping, [['_sort', 'start']], options).sort;
}

/**
 * The filters of the free slots that begin within the window.
 *
 * @throws SearchError, or FhirProblem, that names the operation's parameter
 */
export function slotFilters(
  scope: SearchScope,
  mapping: ResourceMapping,
  input: OperationInput,
  { fromMs, toMs }: FreeTimeRequest,
): SearchFilter[] {
  const { context, baseUrl } = scope;
  const find = (name: string, value: string, as?: string) =>
    searchFilters(scope, mapping, [name, value], as);
  const schedule = context.mapping.resources.get('Schedule');
  const type = input.value('appointment-type');
  return [
    ...find('status', 'free'),
    ...find('start', `ge${new Date(fromMs).toISOString()}`),
    ...find('start', `lt${new Date(toMs).toISOString()}`),
    ...(schedule?.search.has('active') ? find('schedule.active:not', 'false') : []),
    ...ACTORS.flatMap(([name, target]) => {
      const value = input.value(name);
      if (value === undefined) return [];
      return find('schedule.actor', typedReferences(name, target, value, baseUrl), name);
    }),
    ...(type === undefined ? [] : [ofType(find, type)]),
  ];
}

/** A slot without a type is there for every type. */
function ofType(
  find: (name: string, value: string, as?: string) => readonly SearchFilter[],
  type: string,
): SearchFilter {
  const name = 'appointment-type';
  return {
    kind: 'any',
    filters: [
      { kind: 'all', filters: find(name, type) },
      { kind: 'all', filters: find(`${name}:missing`, 'true', name) },
    ],
  };
}

import type { ColumnRef, DatePlace, ResourceMapping } from '../mapping/system-mapping.ts';
import { bindingOf } from './parameter-filter.ts';
import { SearchError } from './search-error.ts';
import type { SortKey } from './search-filter.ts';

/** Keys of one order at most. */
const MAX_SORT_KEYS = 5;

function dateColumns(place: DatePlace | undefined): readonly ColumnRef[] {
  if (place === undefined) return [];
  if (place.kind === 'column') return [place.column];
  return place.kind === 'split' ? [place.date, place.time] : [place.start];
}

/** What a parameter sorts by: the first place where it is found. */
function sortColumns(mapping: ResourceMapping, name: string): readonly ColumnRef[] {
  if (name === '_id') return mapping.key;
  const binding = bindingOf(mapping, name);
  if (!binding) return [];
  switch (binding.kind) {
    case 'token':
      return binding.places.slice(0, 1).map(({ column }) => column);
    case 'reference':
      return binding.places[0]?.key ?? [];
    case 'date':
      return dateColumns(binding.places[0]);
    case 'quantity':
      return binding.places.slice(0, 1).map(({ column }) => column);
    default:
      return binding.columns.slice(0, 1);
  }
}

/** Reads `_sort`: names of search parameters, a `-` before those that run downwards. @throws SearchError */
export function readSort(mapping: ResourceMapping, value: string): SortKey[] {
  const names = value.split(',').filter((name) => name.trim() !== '');
  if (names.length > MAX_SORT_KEYS) {
    throw new SearchError('too-costly', '_sort', `At most ${MAX_SORT_KEYS} keys can be sorted by.`);
  }
  return names.flatMap((written) => {
    const isDescending = written.trim().startsWith('-');
    const name = written.trim().slice(isDescending ? 1 : 0);
    const columns = sortColumns(mapping, name);
    if (columns.length === 0) {
      throw new SearchError(
        'not-supported',
        '_sort',
        `${mapping.type} has no search parameter ${/^[\w-]{1,64}$/.test(name) ? name : 'of such a name'} to sort by.`,
      );
    }
    if (columns.some(({ child }) => child !== undefined)) {
      throw new SearchError(
        'not-supported',
        '_sort',
        `${name} can have several values in one ${mapping.type}, and cannot be sorted by.`,
      );
    }
    return columns.map((column) => ({ column, isDescending }));
  });
}

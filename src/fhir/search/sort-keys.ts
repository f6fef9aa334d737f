import type { ColumnRef, DatePlace, ResourceMapping } from '../mapping/system-mapping.ts';
import { bindingOf } from './parameter-filter.ts';
import { SearchError } from './search-error.ts';
import type { SortKey, SortPlace } from './search-filter.ts';

/** Keys of one order at most. */
const MAX_SORT_KEYS = 5;

type Places = readonly SortPlace[];

const alone = (column: ColumnRef): Places => [{ column, where: [] }];

function firstMoment(place: DatePlace): ColumnRef {
  if (place.kind === 'column') return place.column;
  return place.kind === 'split' ? place.date : place.start;
}

/** A place without the conditions that the ones before it, or its column itself, fulfil where it counts. */
function asNext(before: Places, place: DatePlace): SortPlace {
  const column = firstMoment(place);
  const isEmptyHere = (own: ColumnRef): boolean =>
    before.some((other) => other.column === own && other.where.length === 0);
  const where = place.where.filter(
    ({ column: own, test }) =>
      !(test === 'isNull' && isEmptyHere(own)) && !(test === 'notNull' && own === column),
  );
  return { column, where };
}

/** The places of a date up to one that every row has. */
function datePlaces(places: readonly DatePlace[]): Places {
  const chosen: SortPlace[] = [];
  for (const place of places) {
    if (firstMoment(place).child !== undefined) continue;
    const next = asNext(chosen, place);
    chosen.push(next);
    if (!next.column.isNullable && next.where.length === 0) break;
  }
  return chosen;
}

/** A date is sorted by wherever it may stand, one whose time is in another column by the two of them. */
function dateKeys(places: readonly DatePlace[]): readonly Places[] {
  const [first] = places;
  if (first?.kind === 'split') return [alone(first.date), alone(first.time)];
  const chosen = datePlaces(places);
  return chosen.length > 0 ? [chosen] : places.slice(0, 1).map((own) => alone(firstMoment(own)));
}

/** What a parameter sorts by: a date by all its places, anything else by the first where it is found. */
function placesOf(mapping: ResourceMapping, name: string): readonly Places[] {
  if (name === '_id') return mapping.key.map(alone);
  const binding = bindingOf(mapping, name);
  if (!binding) return [];
  switch (binding.kind) {
    case 'date':
      return dateKeys(binding.places);
    case 'reference':
      return (binding.places[0]?.key ?? []).map(alone);
    case 'token':
    case 'quantity':
      return binding.places.slice(0, 1).map(({ column }) => alone(column));
    default:
      return binding.columns.slice(0, 1).map(alone);
  }
}

const isRepeated = (places: Places): boolean =>
  places.some(({ column }) => column.child !== undefined);

function keyOf(places: Places, isDescending: boolean): SortKey[] {
  const [first, ...others] = places;
  return first ? [{ places: [first, ...others], isDescending }] : [];
}

/** The keys of an order by a date parameter; empty when the type does not have it, or has several in one resource. */
export function dateOrder(
  mapping: ResourceMapping,
  parameter: string,
  isDescending: boolean,
): SortKey[] {
  if (mapping.search.get(parameter)?.kind !== 'date') return [];
  const keys = placesOf(mapping, parameter);
  return keys.some(isRepeated) ? [] : keys.flatMap((places) => keyOf(places, isDescending));
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
    const keys = placesOf(mapping, name);
    if (keys.length === 0) {
      throw new SearchError(
        'not-supported',
        '_sort',
        `${mapping.type} has no search parameter ${/^[\w-]{1,64}$/.test(name) ? name : 'of such a name'} to sort by.`,
      );
    }
    if (keys.some(isRepeated)) {
      throw new SearchError(
        'not-supported',
        '_sort',
        `${name} can have several values in one ${mapping.type}, and cannot be sorted by.`,
      );
    }
    return keys.flatMap((places) => keyOf(places, isDescending));
  });
}

import type { ColumnRef, ReferencePlace, ResourceMapping } from '../mapping/system-mapping.ts';
import { type ParameterName, refuseModifier } from './parameter-name.ts';
import { type ResourceKey, referenceKeyOfId } from './resource-key.ts';
import type { SearchContext } from './search-context.ts';
import { SearchError } from './search-error.ts';
import {
  allOf,
  anyOf,
  fixedFilters,
  inPlace,
  NOTHING,
  not,
  type SearchFilter,
} from './search-filter.ts';
import { unescapeValue } from './split-value.ts';

/** Columns of a place, by which it is known whether it is in a child relation. */
export function referenceColumns({ key, where }: ReferencePlace): ColumnRef[] {
  return [...key, ...where.map(({ column }) => column)];
}

/** The columns hold one of the keys. */
export function keysFilter(
  columns: readonly ColumnRef[],
  keys: readonly ResourceKey[],
): SearchFilter {
  const [column] = columns;
  if (keys.length === 0 || column === undefined) return NOTHING;
  if (columns.length === 1) {
    return { kind: 'in', column, values: keys.map(([value]) => value ?? null) };
  }
  return anyOf(
    keys.map((key) =>
      allOf(
        columns.map((own, index) => ({
          kind: 'compare',
          column: own,
          comparison: 'equals',
          value: key[index] ?? null,
        })),
      ),
    ),
  );
}

/** Some of the places of a reference, narrowed by a type modifier. @throws SearchError for a type it never points to */
export function placesOfType(
  parameter: ParameterName,
  places: readonly ReferencePlace[],
): ReferencePlace[] {
  const { modifier } = parameter;
  if (modifier === undefined) return [...places];
  const found = places.filter(({ target }) => target === modifier);
  return found.length > 0 ? found : refuseModifier(parameter);
}

/** What a reference value names: a type where it says one, and an id. Undefined for another server's address. */
function readReference(
  { written, name }: ParameterName,
  text: string,
  baseUrl: string,
): { type: string | undefined; id: string } | undefined {
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(text);
  if (isAbsolute && !text.startsWith(`${baseUrl}/`)) return undefined;
  const parts = (isAbsolute ? text.slice(baseUrl.length + 1) : text).split('/');
  const [first = '', second] = parts;
  if (parts.length === 1) return { type: undefined, id: first };
  if (parts.length === 2 && /^[A-Z][A-Za-z]*$/.test(first) && second) {
    return { type: first, id: second };
  }
  throw new SearchError(
    'invalid',
    written,
    `A value of ${name} is no reference: write an id, Type/id or the address of a resource of this server.`,
  );
}

/** Keys that the values name at one place. */
function keysAt(
  { target, key }: ReferencePlace,
  targetMapping: ResourceMapping | undefined,
  references: readonly { type: string | undefined; id: string }[],
): ResourceKey[] {
  return references.flatMap(({ type, id }) => {
    if (type !== undefined && type !== target) return [];
    const found = referenceKeyOfId(key, targetMapping, id);
    return found ? [found] : [];
  });
}

/** References (R4 §3.1.1.4.12) to one of the values: an id, `Type/id`, or an address below this site's base. */
export function referenceFilter(
  parameter: ParameterName,
  places: readonly ReferencePlace[],
  alternatives: readonly string[],
  { system, baseUrl }: SearchContext,
): SearchFilter {
  const references = alternatives.flatMap((value) => {
    const found = readReference(parameter, unescapeValue(value).trim(), baseUrl);
    return found ? [found] : [];
  });
  return anyOf(
    placesOfType(parameter, places).flatMap((place) => {
      const keys = keysAt(place, system.resources.get(place.target), references);
      if (keys.length === 0) return [];
      const filters = [keysFilter(place.key, keys), ...fixedFilters(place.where)];
      return [inPlace(referenceColumns(place), allOf(filters))];
    }),
  );
}

/** Some place holds a reference. */
export function hasReference(places: readonly ReferencePlace[]): SearchFilter {
  return anyOf(
    places.map((place) =>
      inPlace(
        referenceColumns(place),
        allOf([
          ...place.key.map((column) => not({ kind: 'isNull', column })),
          ...fixedFilters(place.where),
        ]),
      ),
    ),
  );
}

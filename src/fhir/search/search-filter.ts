import type { Value } from '../../sql/driver.ts';
import type { ColumnRef, Condition, ResourceMapping } from '../mapping/system-mapping.ts';

/** How two values of one column are compared. */
export type Comparison = 'equals' | 'less' | 'atMost' | 'greater' | 'atLeast';

/** How a text is compared with a column's: only `exact` regards case and accents. */
export type TextMatch = 'startsWith' | 'contains' | 'exact';

/** A column of one resource's relations that equals a column of another's. */
export interface Link {
  readonly outer: ColumnRef;
  readonly inner: ColumnRef;
}

/**
 * A condition on the rows of one resource, in no SQL dialect. It is true or false: what is compared with NULL is
 * false, and its `not` true. Columns of a child relation stand only within `child`.
 */
export type SearchFilter =
  | { readonly kind: 'all' | 'any'; readonly filters: readonly SearchFilter[] }
  | { readonly kind: 'not'; readonly filter: SearchFilter }
  | { readonly kind: 'fixed'; readonly condition: Condition }
  /** NULL, or a text without characters. */
  | { readonly kind: 'isNull'; readonly column: ColumnRef }
  /** The value is one of the column's own type. */
  | {
      readonly kind: 'compare';
      readonly column: ColumnRef;
      readonly comparison: Comparison;
      readonly value: Value;
    }
  | { readonly kind: 'in'; readonly column: ColumnRef; readonly values: readonly Value[] }
  /** The column has a value, and it is none of these. */
  | { readonly kind: 'otherThan'; readonly column: ColumnRef; readonly values: readonly Value[] }
  | {
      readonly kind: 'text';
      readonly column: ColumnRef;
      readonly match: TextMatch;
      readonly text: string;
    }
  /** Some row of a child relation fulfils the filter. */
  | { readonly kind: 'child'; readonly child: string; readonly filter: SearchFilter }
  /** Some resource that the links lead to (not a deleted one) fulfils the filter. */
  | {
      readonly kind: 'related';
      readonly mapping: ResourceMapping;
      readonly links: readonly Link[];
      /** Hold in the rows where the inner columns of the links are. */
      readonly where: readonly Condition[];
      readonly filter: SearchFilter;
    };

/** A column of the resource's own rows, of which the value counts where the conditions hold. */
export interface SortPlace {
  readonly column: ColumnRef;
  readonly where: readonly Condition[];
}

/** One key of an order: the first of its places that has a value. Rows without a value come last in both directions. */
export interface SortKey {
  readonly places: readonly [SortPlace, ...SortPlace[]];
  readonly isDescending: boolean;
}

/** Holds for no row. */
export const NOTHING: SearchFilter = { kind: 'any', filters: [] };

/** Holds for every row. */
const EVERYTHING: SearchFilter = { kind: 'all', filters: [] };

const isNothing = (filter: SearchFilter): boolean =>
  filter.kind === 'any' && filter.filters.length === 0;

const isEverything = (filter: SearchFilter): boolean =>
  filter.kind === 'all' && filter.filters.length === 0;

/** All of the filters hold. */
export function allOf(filters: readonly SearchFilter[]): SearchFilter {
  if (filters.some(isNothing)) return NOTHING;
  const needed = filters
    .flatMap((filter) => (filter.kind === 'all' ? filter.filters : [filter]))
    .filter((filter) => !isEverything(filter));
  const [only] = needed;
  return only !== undefined && needed.length === 1 ? only : { kind: 'all', filters: needed };
}

/** Alternatives in rows of one child relation are looked for in one go. */
function childrenOnce(filters: readonly SearchFilter[]): readonly SearchFilter[] {
  const byChild = new Map<string, SearchFilter[]>();
  for (const filter of filters) {
    if (filter.kind !== 'child') continue;
    byChild.set(filter.child, [...(byChild.get(filter.child) ?? []), filter.filter]);
  }
  const merged = [...byChild].map(
    ([child, own]): SearchFilter => ({ kind: 'child', child, filter: anyOf(own) }),
  );
  return [...filters.filter(({ kind }) => kind !== 'child'), ...merged];
}

/** Some of the filters holds. */
export function anyOf(filters: readonly SearchFilter[]): SearchFilter {
  if (filters.some(isEverything)) return EVERYTHING;
  const possible = childrenOnce(
    filters
      .flatMap((filter) => (filter.kind === 'any' ? filter.filters : [filter]))
      .filter((filter) => !isNothing(filter)),
  );
  const [only] = possible;
  return only !== undefined && possible.length === 1 ? only : { kind: 'any', filters: possible };
}

/** The filter does not hold. */
export function not(filter: SearchFilter): SearchFilter {
  if (isNothing(filter)) return EVERYTHING;
  return isEverything(filter) ? NOTHING : { kind: 'not', filter };
}

/** Fixed conditions of a mapping, all of which hold. */
export function fixedFilters(conditions: readonly Condition[]): SearchFilter[] {
  return conditions.map((condition) => ({ kind: 'fixed', condition }));
}

/**
 * A filter on columns of one place: when they are of a child relation, some row of it must fulfil the filter.
 *
 * @param columns those of the place; at most one child relation is among them
 */
export function inPlace(columns: readonly ColumnRef[], filter: SearchFilter): SearchFilter {
  const child = columns.find((column) => column.child !== undefined)?.child;
  return child === undefined || isNothing(filter) ? filter : { kind: 'child', child, filter };
}

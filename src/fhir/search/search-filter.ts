import type { Value } from '../../sql/driver.ts';
import type { ColumnRef, Condition, ResourceMapping } from '../mapping/system-mapping.ts';

/** How two values of one column are compared. */
export type Comparison = 'equals' | 'less' | 'atMost' | 'greater' | 'atLeast';

/** How a text is compared with a column's. */
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
  | { readonly kind: 'isNull'; readonly column: ColumnRef }
  /** The value is one of the column's own type. */
  | {
      readonly kind: 'compare';
      readonly column: ColumnRef;
      readonly comparison: Comparison;
      readonly value: Value;
    }
  | { readonly kind: 'in'; readonly column: ColumnRef; readonly values: readonly Value[] }
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
      readonly filter: SearchFilter;
    };

/** One key of an order. Rows without a value come last in both directions. */
export interface SortKey {
  readonly column: ColumnRef;
  readonly isDescending: boolean;
}

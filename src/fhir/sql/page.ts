import type { Value } from '../../sql/driver.ts';
import type { FhirStatement, StatementResult } from '../course.ts';
import type { RowReader } from '../mapping/system-mapping.ts';
import type { ResourceKey } from '../search/index.ts';

/**
 * Where a row stands in its order, in a form that JSON keeps: the values of the sort keys, then those of the key.
 * Only a search of the same type with the same `_sort` can go on from it.
 */
export type Position = readonly (string | null)[];

/** One resource's row. `children` works once their statements' results were attached. */
export interface ResourceRow extends RowReader {
  readonly key: ResourceKey;
  /** The logical id; empty for a key that FHIR has no id for. */
  readonly id: string;
  /** Values that the order needs and no column has, in the order of its keys. */
  readonly computed: readonly Value[];
  /** Value of the version column; undefined when the mapping has none. */
  readonly version: Value | undefined;
  /** Value of the column of the last change; undefined when the mapping has none. */
  readonly lastUpdated: Value | undefined;
}

/** One statement for one child relation of a page's rows. */
export interface ChildStatement {
  readonly child: string;
  readonly statement: FhirStatement;
  /** Hands the result's rows to the parents. */
  attach(result: StatementResult): void;
}

/** A statement that gives rows of one resource type. */
export interface PageStatement {
  readonly statement: FhirStatement;
  rows(result: StatementResult): ResourceRow[];
  /** For each child relation among the wanted columns one statement (several when very many rows are asked for). */
  children(rows: readonly ResourceRow[]): ChildStatement[];
}

import type { FhirStatement, StatementResult } from '../course.ts';
import type { ColumnRef, ResourceMapping, SqlDialectName } from '../mapping/system-mapping.ts';
import type { ResourceKey, SearchFilter, SortKey } from '../search/index.ts';
import type { PageStatement, Position, ResourceRow } from './page.ts';

/** What all statements on a resource type need. */
export interface StatementTarget {
  readonly dialect: SqlDialectName;
  readonly mapping: ResourceMapping;
}

/** The matches of a search, one page of them. */
export interface MatchesRequest {
  /** Wanted beside key, version and time of the last change; those of children included. */
  readonly columns: readonly ColumnRef[];
  readonly filters: readonly SearchFilter[];
  readonly sort: readonly SortKey[];
  /** Only what comes after. Left out, from the beginning. */
  readonly after?: Position;
  /** Rows at most; ask for one more than a page to see whether there is a next one. */
  readonly limit: number;
}

/** One page of matches, no row twice, deleted ones left out. @throws SearchError for a position of another order */
export function matchesStatement(
  _target: StatementTarget,
  _request: MatchesRequest,
): PageStatement {
  throw new Error('not built');
}

/** The position of a row of {@link matchesStatement}, given the same `sort`. */
export function positionOf(
  _mapping: ResourceMapping,
  _sort: readonly SortKey[],
  _row: ResourceRow,
): Position {
  throw new Error('not built');
}

/** What is read by key. */
export interface KeysRequest {
  readonly keys: readonly ResourceKey[];
  readonly columns: readonly ColumnRef[];
  /** Also rows that are marked as deleted: {@link deletedColumns} tell them apart. Default false. */
  readonly withDeleted?: boolean;
}

/** Rows with these keys, in no order: one statement, several when there are very many keys, none without keys. */
export function keysStatements(_target: StatementTarget, _request: KeysRequest): PageStatement[] {
  throw new Error('not built');
}

/** Columns that {@link isDeleted} reads. */
export function deletedColumns(_mapping: ResourceMapping): ColumnRef[] {
  throw new Error('not built');
}

/** Whether a row read with {@link deletedColumns} is marked as deleted. */
export function isDeleted(_mapping: ResourceMapping, _row: ResourceRow): boolean {
  throw new Error('not built');
}

/** Rows of a type that refer to given ones, as `_revinclude` wants them. */
export interface ReferringRequest {
  /** Reference parameter of the referring type. */
  readonly parameter: string;
  readonly targetType: string;
  readonly keys: readonly ResourceKey[];
  readonly columns: readonly ColumnRef[];
  /** Rows at most, over all keys of one statement. */
  readonly limit: number;
}

/** Rows whose reference points to one of the keys, by key: one statement, several when there are very many keys. */
export function referringStatements(
  _target: StatementTarget,
  _request: ReferringRequest,
): PageStatement[] {
  throw new Error('not built');
}

/** How many rows match. */
export interface CountStatement {
  readonly statement: FhirStatement;
  count(result: StatementResult): number;
}

/** Counts the matches of a search. */
export function countStatement(
  _target: StatementTarget,
  _filters: readonly SearchFilter[],
): CountStatement {
  throw new Error('not built');
}

import { type RawBuilder, sql } from 'kysely';
import type { FhirStatement, StatementResult } from '../course.ts';
import type { ColumnRef, ResourceMapping, SqlDialectName } from '../mapping/system-mapping.ts';
import {
  conditionHolds,
  type ResourceKey,
  referringFilter,
  type SearchFilter,
  type SortKey,
} from '../search/index.ts';
import { childStatements, chunksOf, parentColumns } from './child-statements.ts';
import { ColumnList } from './column-list.ts';
import { filterSql, foundSql } from './filter-sql.ts';
import { joined } from './joined.ts';
import { keysCondition } from './keys-condition.ts';
import { afterPosition, computedKeys, orderBy, orderColumns } from './order.ts';
import type { PageStatement, Position, ResourceRow } from './page.ts';
import { PageRow } from './page-row.ts';
import { compileStatement } from './query-compilers.ts';
import { QueryContext, RelationScope } from './relation-scope.ts';
import { plainValue } from './sql-parameter.ts';

type Sql = RawBuilder<unknown>;

/** What all statements on a resource type need. */
export interface StatementTarget {
  readonly dialect: SqlDialectName;
  readonly mapping: ResourceMapping;
}

/** A SELECT's parts. */
interface PageQuery {
  readonly conditions: (scope: RelationScope) => readonly Sql[];
  /** Wanted, those of children included. */
  readonly columns: readonly ColumnRef[];
  readonly order?: readonly SortKey[];
  readonly limit?: number;
}

/** Every dialect limits the rows in its own place. */
function limitedSelect(dialect: SqlDialectName, limit: number | undefined, rest: Sql): Sql {
  if (limit === undefined) return sql`SELECT ${rest}`;
  const rows = plainValue('Int', limit);
  if (dialect === 'tsql') return sql`SELECT TOP (${rows}) ${rest}`;
  if (dialect === 'firebird') return sql`SELECT FIRST (${rows}) ${rest}`;
  return sql`SELECT ${rest} LIMIT ${rows}`;
}

function pageStatement(
  { dialect, mapping }: StatementTarget,
  { conditions, columns, order, limit }: PageQuery,
): PageStatement {
  const scope = RelationScope.ofResource(new QueryContext(dialect), mapping);
  const list = new ColumnList([
    ...mapping.key,
    ...(mapping.version ? [mapping.version] : []),
    ...(mapping.lastUpdated ? [mapping.lastUpdated] : []),
    ...(order ? orderColumns(mapping, order) : []),
    ...columns.filter(({ child }) => child === undefined),
    ...parentColumns(mapping, columns),
  ]);
  const computed = order ? computedKeys(scope, order) : [];
  const select = sql.join([list.select(scope), ...computed]);
  const where = joined(conditions(scope), 'AND');
  const sorted = order ? sql` ORDER BY ${orderBy(scope, order)}` : sql``;
  const query = sql`${select} FROM ${scope.from()} WHERE ${where}${sorted}`;
  return {
    statement: compileStatement(dialect, limitedSelect(dialect, limit, query), mapping.catalogue),
    rows: ({ rows }) => rows.map((values) => new PageRow(mapping, list, values)),
    children: (rows) => childStatements(dialect, mapping, columns, rows as readonly PageRow[]),
  };
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

/**
 * One page of matches, no row twice, deleted ones left out.
 *
 * @throws SearchError for a position of another order, or with more values than one statement may have
 */
export function matchesStatement(
  target: StatementTarget,
  { columns, filters, sort, after, limit }: MatchesRequest,
): PageStatement {
  return pageStatement(target, {
    columns,
    order: sort,
    limit,
    conditions: (scope) => [
      ...foundSql(scope),
      ...filters.map((filter) => filterSql(scope, filter)),
      ...(after ? [afterPosition(scope, sort, after)] : []),
    ],
  });
}

/** What is read by key. */
export interface KeysRequest {
  readonly keys: readonly ResourceKey[];
  readonly columns: readonly ColumnRef[];
  /** Also rows that are marked as deleted: {@link deletedColumns} tell them apart. Default false. */
  readonly withDeleted?: boolean;
}

/** Rows with these keys, in no order: one statement, several when there are very many keys, none without keys. */
export function keysStatements(
  target: StatementTarget,
  { keys, columns, withDeleted }: KeysRequest,
): PageStatement[] {
  const { key } = target.mapping;
  return chunksOf(keys, MAX_VALUES / key.length).map((chunk) =>
    pageStatement(target, {
      columns,
      conditions: (scope) => [keysCondition(scope, key, chunk), ...foundSql(scope, withDeleted)],
    }),
  );
}

/** Values of the keys of one statement at most. */
const MAX_VALUES = 1_000;

/** Columns that {@link isDeleted} reads. */
export function deletedColumns({ deleted }: ResourceMapping): ColumnRef[] {
  return deleted.map(({ column }) => column);
}

/** Whether a row read with {@link deletedColumns} is marked as deleted. */
export function isDeleted({ deleted }: ResourceMapping, row: ResourceRow): boolean {
  return deleted.length > 0 && deleted.every((condition) => conditionHolds(condition, row));
}

/** Rows of a type that refer to given ones, as `_revinclude` wants them. */
export interface ReferringRequest {
  /** Reference parameter of the referring type. */
  readonly parameter: string;
  /** Mapping of the type that is referred to. */
  readonly referred: ResourceMapping;
  readonly keys: readonly ResourceKey[];
  readonly columns: readonly ColumnRef[];
  /** Rows at most, over all keys of one statement. */
  readonly limit: number;
}

/** Rows whose reference points to one of the keys, by key: one statement, several when there are very many keys. */
export function referringStatements(
  target: StatementTarget,
  { parameter, referred, keys, columns, limit }: ReferringRequest,
): PageStatement[] {
  return chunksOf(keys, MAX_VALUES / referred.key.length).map((chunk) =>
    matchesStatement(target, {
      columns,
      sort: [],
      limit,
      filters: [referringFilter(target.mapping, parameter, referred, chunk)],
    }),
  );
}

/** How many rows match. */
export interface CountStatement {
  readonly statement: FhirStatement;
  count(result: StatementResult): number;
}

/** Counts the matches of a search. @throws SearchError with more values than one statement may have */
export function countStatement(
  { dialect, mapping }: StatementTarget,
  filters: readonly SearchFilter[],
): CountStatement {
  const scope = RelationScope.ofResource(new QueryContext(dialect), mapping);
  const conditions = [...foundSql(scope), ...filters.map((filter) => filterSql(scope, filter))];
  const where = joined(conditions, 'AND');
  const query = sql`SELECT COUNT(*) FROM ${scope.from()} WHERE ${where}`;
  return {
    statement: compileStatement(dialect, query, mapping.catalogue),
    count: ({ rows }) => Number(rows[0]?.[0] ?? 0),
  };
}

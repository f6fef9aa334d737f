import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo, ResourceMapping, SqlDialectName } from '../mapping/system-mapping.ts';
import {
  declaredType,
  readColumnValue,
  SearchError,
  type SortKey,
  valueText,
} from '../search/index.ts';
import { joined } from './joined.ts';
import { comparable } from './long-text.ts';
import type { Position, ResourceRow } from './page.ts';
import type { RelationScope } from './relation-scope.ts';
import { storedValue } from './sql-parameter.ts';

type Sql = RawBuilder<unknown>;

/** A key of the whole order: those that were asked for, then the resource's key, which is never NULL. */
interface OrderKey extends SortKey {
  readonly isUnique: boolean;
}

/** All keys of an order, no column twice: SQL Server refuses one that is named again. */
function orderKeys(mapping: ResourceMapping, sort: readonly SortKey[]): OrderKey[] {
  const keys = new Map<string, OrderKey>();
  const own = mapping.key.map((column) => ({ column, isDescending: false }));
  for (const key of [...sort, ...own]) {
    const { relation, column } = key.column;
    const name = `${relation}\0${column.name}`;
    const isUnique = mapping.key.some(
      (part) => part.relation === relation && part.column.name === column.name,
    );
    if (!keys.has(name)) keys.set(name, { ...key, isUnique });
  }
  return [...keys.values()];
}

/** Longer than a name or code that is sorted by. */
const SORTED_LENGTH = 1_000;

/**
 * What is sorted by. Firebird orders texts that its collations hold equal by their letters, but compares them as equal:
 * only an order that tells all texts apart has a place to go on from.
 */
function sortedText(dialect: SqlDialectName, { column, isUnique }: OrderKey, text: Sql): Sql {
  if (dialect !== 'firebird' || column.column.type !== 'text' || isUnique) {
    return comparable(text, column.column, dialect);
  }
  const length = sql.raw(String(Math.min(declaredType(column.column).size ?? 8191, SORTED_LENGTH)));
  return sql`CAST(${text} AS VARCHAR(${length}) CHARACTER SET UTF8) COLLATE UNICODE`;
}

/** What stands after ORDER BY. Rows without a value come last in both directions. */
export function orderBy(
  scope: RelationScope,
  dialect: SqlDialectName,
  sort: readonly SortKey[],
): Sql {
  const parts = orderKeys(scope.mapping, sort).flatMap((key) => {
    const { column, isDescending } = key;
    const text = sortedText(dialect, key, scope.column(column));
    const directed = isDescending ? sql`${text} DESC` : text;
    // An index is in this order where no row has to come after those with a value.
    if (!column.isNullable) return [directed];
    if (dialect !== 'tsql') return [sql`${directed} NULLS LAST`];
    return [sql`CASE WHEN ${text} IS NULL THEN 1 ELSE 0 END`, directed];
  });
  return sql.join(parts);
}

/** The columns that a row must be read with, so that its position is known. */
export function orderColumns(
  mapping: ResourceMapping,
  sort: readonly SortKey[],
): SortKey['column'][] {
  return orderKeys(mapping, sort).map(({ column }) => column);
}

/** The position of a row of `matchesStatement`, given the same `sort`. */
export function positionOf(
  mapping: ResourceMapping,
  sort: readonly SortKey[],
  row: ResourceRow,
): Position {
  return orderKeys(mapping, sort).map(({ column }) => {
    const value = row.value(column);
    // Engines without flags keep 0 and 1.
    return column.column.type === 'bit' && value !== null
      ? String(Number(value) !== 0)
      : valueText(value);
  });
}

/** A value of a position; binary ones are written in hexadecimal digits. */
function readPart(column: ColumnInfo, text: string): Value | undefined {
  if (column.type !== 'binary') return readColumnValue(column, text);
  return /^(?:[\da-f]{2})*$/.test(text) ? Uint8Array.from(Buffer.from(text, 'hex')) : undefined;
}

/** The position's value of a key. @throws SearchError for a position of another order */
function partOf({ column }: OrderKey, text: string | null | undefined): Value {
  const value = text === null ? null : readPart(column.column, text ?? '');
  if (text !== undefined && value !== undefined) return value;
  throw new SearchError('invalid', '', 'The position is not one of this search.');
}

/** What comes after a value under one key. */
function afterKey({ column, isDescending }: OrderKey, text: Sql, value: Sql): Sql {
  const later = isDescending ? sql`${text} < ${value}` : sql`${text} > ${value}`;
  return column.isNullable ? sql`(${later} OR ${text} IS NULL)` : later;
}

/** The rows that come after a position. @throws SearchError for a position of another order */
export function afterPosition(
  scope: RelationScope,
  sort: readonly SortKey[],
  position: Position,
): Sql {
  const keys = orderKeys(scope.mapping, sort);
  if (position.length !== keys.length) {
    throw new SearchError('invalid', '', 'The position is not one of this search.');
  }
  const values = keys.map((key, index) => partOf(key, position[index]));
  let condition: Sql | undefined;
  let start: Sql | undefined;
  for (let index = keys.length - 1; index >= 0; index -= 1) {
    const key = keys[index] as OrderKey;
    const value = values[index] ?? null;
    const { dialect } = scope.context;
    const text = sortedText(dialect, key, scope.column(key.column));
    const stored = sortedText(dialect, key, storedValue(key.column.column, value));
    const equal = value === null ? sql`${text} IS NULL` : sql`${text} = ${stored}`;
    const later = value === null ? undefined : afterKey(key, text, stored);
    const rest = condition && sql`(${equal} AND ${condition})`;
    // What an index can begin at: databases do not find it in the alternatives.
    start =
      rest && !key.column.isNullable
        ? sql`${text} ${sql.raw(key.isDescending ? '<=' : '>=')} ${stored}`
        : undefined;
    condition = joined(
      [later, rest].filter((own) => own !== undefined),
      'OR',
    );
  }
  return joined(
    [start, condition].filter((own) => own !== undefined),
    'AND',
  );
}

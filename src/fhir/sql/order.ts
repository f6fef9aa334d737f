import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo, ResourceMapping } from '../mapping/system-mapping.ts';
import { readColumnValue, SearchError, type SortKey, valueText } from '../search/index.ts';
import { joined } from './joined.ts';
import { type OrderKey, orderKeys, sortedSql, sortedText, sortedType } from './order-keys.ts';
import type { Position, ResourceRow } from './page.ts';
import type { RelationScope } from './relation-scope.ts';
import { storedValue } from './sql-parameter.ts';

type Sql = RawBuilder<unknown>;

/** What stands after ORDER BY. Rows without a value come last in both directions. */
export function orderBy(scope: RelationScope, sort: readonly SortKey[]): Sql {
  const { dialect } = scope.context;
  const parts = orderKeys(scope.mapping, sort).flatMap((key) => {
    const text = sortedSql(scope, key);
    const directed = key.isDescending ? sql`${text} DESC` : text;
    // An index is in this order where no row has to come after those with a value.
    if (!key.isNullable) return [directed];
    if (dialect !== 'tsql') return [sql`${directed} NULLS LAST`];
    return [sql`CASE WHEN ${text} IS NULL THEN 1 ELSE 0 END`, directed];
  });
  return sql.join(parts);
}

/** The columns that a row must be read with, so that its position is known. */
export function orderColumns(mapping: ResourceMapping, sort: readonly SortKey[]) {
  return orderKeys(mapping, sort).flatMap(({ column }) => column ?? []);
}

/** What a row must be read with beside its columns, so that its position is known. */
export function computedKeys(scope: RelationScope, sort: readonly SortKey[]): Sql[] {
  return orderKeys(scope.mapping, sort)
    .filter(({ column }) => column === undefined)
    .map((key, index) => sql`${sortedSql(scope, key)} AS ${sql.id(`s${index}`)}`);
}

/** The position of a row of `matchesStatement`, given the same `sort`. */
export function positionOf(
  mapping: ResourceMapping,
  sort: readonly SortKey[],
  row: ResourceRow,
): Position {
  const computed = row.computed.values();
  return orderKeys(mapping, sort).map(({ column }) => {
    if (!column) return valueText(computed.next().value ?? null);
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
function partOf(type: ColumnInfo, text: string | null | undefined): Value {
  const value = text === null ? null : readPart(type, text ?? '');
  if (text !== undefined && value !== undefined) return value;
  throw new SearchError('invalid', '', 'The position is not one of this search.');
}

/** What comes after a value under one key. */
function afterKey({ isNullable, isDescending }: OrderKey, text: Sql, value: Sql): Sql {
  const later = isDescending ? sql`${text} < ${value}` : sql`${text} > ${value}`;
  return isNullable ? sql`(${later} OR ${text} IS NULL)` : later;
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
  const { dialect } = scope.context;
  const types = keys.map((key) => sortedType(key, dialect));
  const values = types.map((type, index) => partOf(type, position[index]));
  let condition: Sql | undefined;
  let start: Sql | undefined;
  for (let index = keys.length - 1; index >= 0; index -= 1) {
    const key = keys[index] as OrderKey;
    const value = values[index] ?? null;
    const text = sortedSql(scope, key);
    const stored = sortedText(dialect, key, storedValue(types[index] as ColumnInfo, value));
    const equal = value === null ? sql`${text} IS NULL` : sql`${text} = ${stored}`;
    const later = value === null ? undefined : afterKey(key, text, stored);
    const rest = condition && sql`(${equal} AND ${condition})`;
    // What an index can begin at: databases do not find it in the alternatives.
    start =
      rest && !key.isNullable
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

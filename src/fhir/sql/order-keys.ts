import { type RawBuilder, sql } from 'kysely';
import type {
  ColumnInfo,
  ColumnRef,
  ResourceMapping,
  SqlDialectName,
} from '../mapping/system-mapping.ts';
import { declaredType, type SortKey, type SortPlace } from '../search/index.ts';
import { joined } from './joined.ts';
import { comparable } from './long-text.ts';
import type { RelationScope } from './relation-scope.ts';

type Sql = RawBuilder<unknown>;

/** A key of the whole order: those that were asked for, then the resource's key, which is never NULL. */
export interface OrderKey extends SortKey {
  /** The column, where the key is no more than one. */
  readonly column: ColumnRef | undefined;
  readonly isUnique: boolean;
  readonly isNullable: boolean;
}

const nameOf = ({ relation, column }: ColumnRef): string => `${relation}\0${column.name}`;

function toOrderKey(mapping: ResourceMapping, key: SortKey): OrderKey {
  const [{ column, where }, ...others] = key.places;
  const isColumn = others.length === 0 && where.length === 0;
  return {
    ...key,
    column: isColumn ? column : undefined,
    isUnique: isColumn && mapping.key.some((part) => nameOf(part) === nameOf(column)),
    isNullable: key.places.every((place) => place.column.isNullable || place.where.length > 0),
  };
}

/** All keys of an order, none twice: SQL Server refuses a column that is named again. */
export function orderKeys(mapping: ResourceMapping, sort: readonly SortKey[]): OrderKey[] {
  const keys = new Map<string, OrderKey>();
  const own = mapping.key.map(
    (column): SortKey => ({ places: [{ column, where: [] }], isDescending: false }),
  );
  for (const key of [...sort, ...own]) {
    const name = key.places.map(({ column }) => nameOf(column)).join('\0');
    if (!keys.has(name)) keys.set(name, toOrderKey(mapping, key));
  }
  return [...keys.values()];
}

/** Dates of several types become one: a moment on the practice's clock. SQLite keeps its own as text. */
const MOMENT: Readonly<Record<SqlDialectName, ColumnInfo>> = {
  tsql: { name: '', sqlType: 'datetime2(7)', type: 'datetime', textOrder: 'exact' },
  firebird: { name: '', sqlType: 'datetime2(7)', type: 'datetime', textOrder: 'exact' },
  sqlite: { name: '', sqlType: 'nvarchar(30)', type: 'text', textOrder: 'exact' },
};

const AS_MOMENT: Readonly<Record<SqlDialectName, (text: Sql) => Sql>> = {
  tsql: (text) => sql`CAST(${text} AS datetime2(7))`,
  firebird: (text) => sql`CAST(${text} AS TIMESTAMP)`,
  sqlite: (text) => sql`strftime('%Y-%m-%dT%H:%M:%f', substr(${text}, 1, 19))`,
};

/** The type that the places have in common; undefined where they differ. */
function commonType({ places }: SortKey): ColumnInfo | undefined {
  const [first, ...others] = places.map(({ column }) => column.column);
  return others.every(({ sqlType }) => sqlType === first?.sqlType) ? first : undefined;
}

/** What values of a key are compared as. */
export function sortedType(key: OrderKey, dialect: SqlDialectName): ColumnInfo {
  return commonType(key) ?? MOMENT[dialect];
}

/** Longer than a name or code that is sorted by. */
const SORTED_LENGTH = 1_000;

/**
 * A text as it is sorted. Firebird orders texts that its collations hold equal by their letters, but compares them as
 * equal: only an order that tells all texts apart has a place to go on from.
 */
export function sortedText(
  dialect: SqlDialectName,
  { column, isUnique }: OrderKey,
  text: Sql,
): Sql {
  if (dialect !== 'firebird' || column?.column.type !== 'text' || isUnique) return text;
  const length = sql.raw(String(Math.min(declaredType(column.column).size ?? 8191, SORTED_LENGTH)));
  return sql`CAST(${text} AS VARCHAR(${length}) CHARACTER SET UTF8) COLLATE UNICODE`;
}

function placeSql(scope: RelationScope, { column, where }: SortPlace, isMoment: boolean): Sql {
  const own = scope.column(column);
  const text = isMoment ? AS_MOMENT[scope.context.dialect](own) : own;
  if (where.length === 0) return text;
  const condition = joined(
    where.map((each) => scope.fixed(each)),
    'AND',
  );
  return sql`CASE WHEN ${condition} THEN ${text} END`;
}

/** What is sorted by. */
export function sortedSql(scope: RelationScope, key: OrderKey): Sql {
  const { dialect } = scope.context;
  if (key.column) {
    const text = comparable(scope.column(key.column), key.column.column, dialect);
    return sortedText(dialect, key, text);
  }
  const isMoment = commonType(key) === undefined;
  const [first, ...others] = key.places.map((place) => placeSql(scope, place, isMoment));
  return others.length === 0 ? sql`${first}` : sql`COALESCE(${sql.join([first, ...others])})`;
}

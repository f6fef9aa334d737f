import { readColumnType, SQL_TYPE_NAMES } from './column-type.ts';
import type { ColumnEntry, SystemFile, TablesFile, TextOrders } from './mapping-schema.ts';
import { didYouMean, type Place } from './problems.ts';
import type { ColumnInfo, SqlDialectName, TextOrder } from './system-mapping.ts';
import { typeInDialect } from './type-in-dialect.ts';

/** A table or view as the mapping's files describe it. */
export interface SourceTable {
  readonly name: string;
  /** Text of a view. */
  readonly sql?: string;
  readonly columns: ReadonlyMap<string, ColumnInfo>;
  readonly nullable: ReadonlySet<string>;
  /** First columns of the key and of all indexes; undefined for a view, whose indexes nobody knows. */
  readonly indexed: ReadonlySet<string> | undefined;
}

/** What a database's text order is where nothing is said: SQL Server's own default is of this kind. */
const DEFAULT_ORDER: TextOrder = 'linguistic';

const orderFor = (orders: TextOrders | undefined, dialect: SqlDialectName) =>
  typeof orders === 'object' ? orders[dialect] : orders;

interface ColumnSettings {
  readonly dialect: SqlDialectName;
  readonly order: TextOrder;
}

function readColumns(
  entries: Readonly<Record<string, ColumnEntry>>,
  settings: ColumnSettings,
  place: Place,
): Pick<SourceTable, 'columns' | 'nullable'> {
  const columns = new Map<string, ColumnInfo>();
  const nullable = new Set<string>();
  if (Object.keys(entries).length === 0) place.error('has no columns');
  for (const [name, entry] of Object.entries(entries)) {
    const text = typeof entry === 'string' ? entry : entry.type;
    const declared = readColumnType(text);
    if (!declared) {
      const word = /^\w*/.exec(text.trim())?.[0] ?? '';
      const hint = SQL_TYPE_NAMES.includes(word) ? '' : didYouMean(word, SQL_TYPE_NAMES);
      place.at(name).error(`"${text}" is no column type${hint}`);
      continue;
    }
    const own =
      declared.textOrder ??
      (typeof entry === 'string' ? undefined : orderFor(entry.text, settings.dialect));
    const { sqlType, type } = typeInDialect(declared, settings.dialect);
    const textOrder = type === 'text' ? (own ?? settings.order) : 'exact';
    columns.set(name, { name, sqlType, type, textOrder });
    if (declared.isNullable) nullable.add(name);
  }
  return { columns, nullable };
}

function checkNames(
  names: readonly string[],
  columns: ReadonlyMap<string, unknown>,
  place: Place,
): void {
  for (const [index, name] of names.entries()) {
    if (!columns.has(name)) {
      const hint = didYouMean(name, columns.keys());
      place.at(index).error(`there is no column "${name}" in this table${hint}`);
    }
  }
}

/** The tables and views of a mapping, by name. A view goes by the name that stands in `views`. */
export function readTables(
  tables: TablesFile,
  system: SystemFile,
  dialect: SqlDialectName,
  places: { readonly tables: Place; readonly system: Place },
): ReadonlyMap<string, SourceTable> {
  const settings = { dialect, order: orderFor(system.text, dialect) ?? DEFAULT_ORDER };
  const sources = new Map<string, SourceTable>();
  for (const [name, table] of Object.entries(tables)) {
    const place = places.tables.at(name);
    const read = readColumns(table.columns, settings, place.at('columns'));
    const { key = [], indexes = [] } = table;
    checkNames(key, read.columns, place.at('key'));
    for (const [index, columns] of indexes.entries()) {
      checkNames(columns, read.columns, place.at('indexes').at(index));
    }
    const first = [key, ...indexes].flatMap((columns) => columns.slice(0, 1));
    sources.set(name, { name, ...read, indexed: new Set(first) });
  }
  for (const [name, view] of Object.entries(system.views ?? {})) {
    const place = places.system.at('views').at(name);
    const sql = typeof view.sql === 'string' ? view.sql : view.sql[dialect];
    if (sql === undefined) place.at('sql').error(`has no text for ${dialect}`);
    if (sources.has(name)) place.error('a table has this name already');
    const read = readColumns(view.columns, settings, place.at('columns'));
    sources.set(name, { name, sql: sql ?? '', ...read, indexed: undefined });
  }
  return sources;
}

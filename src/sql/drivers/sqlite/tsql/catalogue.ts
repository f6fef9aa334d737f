import { quoteName } from './bind/bound.ts';
import type { SqliteDatabase, SqliteStatement } from './database.ts';
import { sqlServerError } from './errors.ts';
import { INT, type SqlType } from './types/sql-type.ts';
import { typeOfDeclaration } from './types/type-names.ts';

export interface TableColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly isNullable: boolean;
  readonly isIdentity: boolean;
  readonly hasDefault: boolean;
  /** The default as SQL Server's catalogue shows it: `((0))`, `('A')`. */
  readonly defaultText: string | null;
}

export interface TableKeyConstraint {
  readonly name: string;
  readonly kind: 'PRIMARY KEY' | 'UNIQUE KEY';
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

export interface Table {
  /** The name under which SQLite has attached the file. */
  readonly schema: string;
  readonly catalogue: string;
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly keys: readonly TableKeyConstraint[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** Schemas and SQLite's counters of their changes. */
export type SchemaVersions = ReadonlyMap<string, number>;

interface SchemaSnapshot {
  readonly version: number;
  readonly tables: ReadonlyMap<string, Table>;
}

/** Tables that the engine keeps for itself. */
const HIDDEN = /^(__|sqlite_|libsql_)/i;
const MAX_CACHED_STATEMENTS = 200;

/** The attached catalogues' schemas, read again whenever SQLite's schema version moves. */
export class Catalogue {
  readonly #database: SqliteDatabase;
  readonly #mainName: string;
  readonly #snapshots = new Map<string, SchemaSnapshot>();
  readonly #statements = new Map<string, SqliteStatement>();
  #consulted = new Map<string, number>();
  /** All that the connection has opened beside its main database. */
  readonly #attached: readonly string[];

  constructor(database: SqliteDatabase, mainName: string) {
    this.#database = database;
    this.#mainName = mainName;
    this.#attached = this.#rows('PRAGMA database_list')
      .map((row) => String(row[1]))
      .filter((name) => name !== 'main' && name !== 'temp');
  }

  /** Catalogue names as users write them, the connection's own first. */
  get names(): string[] {
    return [this.#mainName, ...this.#attached];
  }

  /** The catalogue of that name in its own spelling. */
  findName(name: string): string | undefined {
    return this.names.find((known) => known.toLowerCase() === name.toLowerCase());
  }

  schemaOf(catalogue: string): string {
    return catalogue.toLowerCase() === this.#mainName.toLowerCase() ? 'main' : catalogue;
  }

  /** Statements are kept prepared by their text. */
  prepare(sql: string): SqliteStatement {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, cached);
      return cached;
    }
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    const oldest = this.#statements.keys().next().value;
    if (this.#statements.size > MAX_CACHED_STATEMENTS && oldest !== undefined) {
      this.#statements.delete(oldest);
    }
    return statement;
  }

  /** The schemas, the temporary one too, that have been looked at since this was asked last, each as it was. */
  takeConsulted(): SchemaVersions {
    const consulted = this.#consulted;
    this.#consulted = new Map();
    return consulted;
  }

  isUnchanged(schemas: SchemaVersions): boolean {
    for (const [schema, version] of schemas) if (this.#versionOf(schema) !== version) return false;
    return true;
  }

  tables(catalogue: string): ReadonlyMap<string, Table> {
    return this.#snapshot(this.schemaOf(catalogue), catalogue);
  }

  temporaryTables(): ReadonlyMap<string, Table> {
    return this.#snapshot('temp', 'tempdb');
  }

  /** The table that a one- to three-part name means; error 208 otherwise. */
  table(parts: readonly string[], currentCatalogue: string): Table {
    const table = this.findTable(parts, currentCatalogue);
    if (table === undefined) throw sqlServerError(208, parts.join('.'));
    return table;
  }

  findTable(parts: readonly string[], currentCatalogue: string): Table | undefined {
    const [name = '', schema = '', catalogue] = parts.toReversed();
    if (name.startsWith('#')) return this.temporaryTables().get(name.toLowerCase());
    if (schema !== '' && schema.toLowerCase() !== 'dbo') return undefined;
    const owner =
      catalogue === undefined || catalogue === '' ? currentCatalogue : this.findName(catalogue);
    return owner === undefined ? undefined : this.tables(owner).get(name.toLowerCase());
  }

  /** The CREATE PROCEDURE text of that name. */
  findProcedure(parts: readonly string[], currentCatalogue: string): string | undefined {
    const [name = '', schema = '', catalogue] = parts.toReversed();
    if (schema !== '' && schema.toLowerCase() !== 'dbo') return undefined;
    const owner =
      catalogue === undefined || catalogue === '' ? currentCatalogue : this.findName(catalogue);
    if (owner === undefined) return undefined;
    const source = `"${this.schemaOf(owner).replaceAll('"', '""')}"`;
    const exists = this.#rows(`SELECT 1 FROM ${source}.sqlite_master WHERE name='__procedures'`);
    if (exists.length === 0) return undefined;
    const rows = this.#rows(
      `SELECT definition FROM ${source}."__procedures" WHERE name=? COLLATE NOCASE`,
      name,
    );
    return rows[0] === undefined ? undefined : String(rows[0][0]);
  }

  /** All procedures of a catalogue, in the order of their names. */
  procedures(catalogue: string): { name: string; definition: string }[] {
    const source = `"${this.schemaOf(catalogue).replaceAll('"', '""')}"`;
    const exists = this.#rows(`SELECT 1 FROM ${source}.sqlite_master WHERE name='__procedures'`);
    if (exists.length === 0) return [];
    return this.#rows(`SELECT name, definition FROM ${source}."__procedures" ORDER BY name`).map(
      ([name, definition]) => ({ name: String(name), definition: String(definition) }),
    );
  }

  #rows(sql: string, ...args: string[]): unknown[][] {
    return this.prepare(sql).raw(true).all(args) as unknown[][];
  }

  #snapshot(schema: string, catalogue: string): ReadonlyMap<string, Table> {
    const version = this.#versionOf(schema);
    if (!this.#consulted.has(schema)) this.#consulted.set(schema, version);
    const known = this.#snapshots.get(schema);
    // The temporary schema counts changes too, but starts at zero in every connection.
    if (known !== undefined && known.version === version) return known.tables;
    const tables = this.#readTables(schema, catalogue);
    this.#snapshots.set(schema, { version, tables });
    return tables;
  }

  #versionOf(schema: string): number {
    return Number(this.#rows(`PRAGMA ${quoteName(schema)}.schema_version`)[0]?.[0] ?? 0);
  }

  #readTables(schema: string, catalogue: string): Map<string, Table> {
    const quoted = quoteName(schema);
    const columns = this.#rows(
      `SELECT m.name, m.sql, c.name, c.type, c."notnull", c.dflt_value, c.pk FROM ${quoted}.sqlite_master AS m JOIN pragma_table_xinfo(m.name, '${schema.replaceAll("'", "''")}') AS c WHERE m.type='table' ORDER BY m.name, c.cid`,
    );
    const drafts = new Map<string, { name: string; sql: string; columns: TableColumn[] }>();
    for (const [table, sql, name, declared, notNull, defaultValue, key] of columns) {
      const tableName = String(table);
      if (HIDDEN.test(tableName)) continue;
      const isIdentity = String(declared) === 'INTEGER' && Number(key) === 1;
      const draft = drafts.get(tableName) ?? { name: tableName, sql: String(sql), columns: [] };
      draft.columns.push({
        name: String(name),
        type: isIdentity ? INT : typeOfDeclaration(String(declared)),
        isNullable: Number(notNull) === 0 && !isIdentity,
        isIdentity,
        hasDefault: defaultValue !== null,
        defaultText: defaultTextOf(defaultValue),
      });
      drafts.set(tableName, draft);
    }
    return new Map(
      [...drafts.values()].map(({ name, sql, columns: own }): [string, Table] => [
        name.toLowerCase(),
        { schema, catalogue, name, columns: own, ...constraintsOf(sql, name) },
      ]),
    );
  }
}

function defaultTextOf(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  return /^-?[\d.]+$/.test(text) ? `((${text}))` : `(${text})`;
}

const NAME = String.raw`(?:"((?:[^"]|"")+)"|\[([^\]]+)\]|(\w+))`;
const COLUMN_KEY = new RegExp(
  String.raw`(?:^|[(,])\s*${NAME}\s+(?:[^,()]|\([^()]*\))*?(?:CONSTRAINT\s+${NAME}\s+)?(PRIMARY\s+KEY|UNIQUE)(?!\s*\()`,
  'gi',
);
const TABLE_KEY = new RegExp(
  String.raw`(?:CONSTRAINT\s+${NAME}\s+)?(PRIMARY\s+KEY|UNIQUE)\s*\(([^)]*)\)`,
  'gi',
);
const TABLE_FOREIGN_KEY = new RegExp(
  String.raw`(?:CONSTRAINT\s+${NAME}\s+)?FOREIGN\s+KEY\s*\(([^)]*)\)\s*REFERENCES\s+${NAME}\s*\(([^)]*)\)`,
  'gi',
);
const COLUMN_FOREIGN_KEY = new RegExp(
  String.raw`(?:^|[(,])\s*${NAME}\s+(?:[^,()]|\([^()]*\))*?(?:CONSTRAINT\s+${NAME}\s+)?REFERENCES\s+${NAME}\s*\(([^)]*)\)`,
  'gi',
);

function pick(groups: readonly (string | undefined)[], from: number): string | undefined {
  return groups[from]?.replaceAll('""', '"') ?? groups[from + 1] ?? groups[from + 2];
}

function names(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim().replaceAll(/^["[]|["\]]$| (ASC|DESC)$/gi, ''));
}

/** SQLite keeps no constraint names but in the CREATE TABLE text; the messages need them. */
function constraintsOf(sql: string, table: string): Pick<Table, 'keys' | 'foreignKeys'> {
  const body = sql.slice(sql.indexOf('('));
  const keys: TableKeyConstraint[] = [];
  const add = (name: string | undefined, kind: string | undefined, columns: string[]): void => {
    const isPrimary = /^primary/i.test(kind ?? '');
    const fallback = `${isPrimary ? 'PK' : 'UQ'}_${table}${isPrimary ? '' : `_${columns.join('_')}`}`;
    keys.push({ name: name ?? fallback, kind: isPrimary ? 'PRIMARY KEY' : 'UNIQUE KEY', columns });
  };
  for (const match of body.matchAll(TABLE_KEY)) add(pick(match, 1), match[4], names(match[5]));
  for (const match of body.matchAll(COLUMN_KEY)) {
    const column = pick(match, 1);
    if (column !== undefined && !/^(CONSTRAINT|PRIMARY|UNIQUE|FOREIGN|CHECK)$/i.test(column)) {
      add(pick(match, 4), match[7], [column]);
    }
  }
  return { keys, foreignKeys: foreignKeysOf(body, table) };
}

function foreignKeysOf(body: string, table: string): ForeignKey[] {
  const found: ForeignKey[] = [];
  for (const match of body.matchAll(TABLE_FOREIGN_KEY)) {
    const parent = pick(match, 5) ?? '';
    const name = pick(match, 1) ?? `FK_${table}_${parent}`;
    found.push({ name, columns: names(match[4]), parent, parentColumns: names(match[8]) });
  }
  for (const match of body.matchAll(COLUMN_FOREIGN_KEY)) {
    const column = pick(match, 1) ?? '';
    if (/^(CONSTRAINT|FOREIGN)$/i.test(column)) continue;
    const parent = pick(match, 7) ?? '';
    const name = pick(match, 4) ?? `FK_${table}_${parent}`;
    found.push({ name, columns: [column], parent, parentColumns: names(match[10]) });
  }
  return found;
}

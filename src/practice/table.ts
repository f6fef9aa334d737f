import type { PracticeDatabase, SqlValue } from './practice-database.ts';

/**
 * A table as data. A column is `<type> [null] [unique] [default <literal>] [check <expression>]
 * [references <table>(<column>)]`, or `identity` for the key that numbers itself; a column is NOT NULL unless it
 * says `null`. Constraint names are derived the way SQL Server's own tools name them.
 */
export interface Table<Columns extends Readonly<Record<string, string>> = Record<string, string>> {
  readonly name: string;
  readonly columns: Columns;
  /** Columns of the primary key where it is not the identity column. */
  readonly primaryKey?: readonly string[];
  /** Look-ups other than those the foreign keys get by themselves. */
  readonly indexes?: readonly (readonly string[])[];
  readonly unique?: readonly (readonly string[])[];
  /** Conditions over several columns: name suffix → expression. */
  readonly checks?: Readonly<Record<string, string>>;
}

export type Row<T extends Table> = { readonly [K in keyof T['columns']]?: SqlValue | undefined };

export function defineTable<const C extends Readonly<Record<string, string>>>(
  name: string,
  columns: C,
  rest: Omit<Table, 'name' | 'columns'> = {},
): Table<C> {
  return { name, columns, ...rest };
}

/** A column's declaration, read. */
export interface Column {
  readonly type: string;
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly default: string | undefined;
  readonly check: string | undefined;
  readonly references: { readonly table: string; readonly column: string } | undefined;
}

const textType = /^(n?varchar|n?char|n?text|xml_text)\b/;

export function parseColumn(text: string): Column {
  const reference = /\breferences (\w+)\((\w+)\)/.exec(text);
  return {
    type: text.split(' ', 1)[0] ?? '',
    nullable: / null\b/.test(text),
    unique: / unique\b/.test(text),
    default: / default (\S+)/.exec(text)?.[1],
    check: / check (.+?)(?= references|$)/.exec(text)?.[1],
    references:
      reference === null ? undefined : { table: reference[1] ?? '', column: reference[2] ?? '' },
  };
}

function columnDefinition(table: Table, name: string, text: string): string {
  const column = parseColumn(text);
  if (column.type === 'identity') {
    return `"${name}" INTEGER NOT NULL CONSTRAINT PK_${table.name} PRIMARY KEY AUTOINCREMENT`;
  }
  // In quotes, because SQLite takes only numbers between a type's own brackets, not `max`.
  const parts = [`"${name}" "${column.type}"`];
  if (textType.test(column.type)) parts.push('COLLATE NOCASE');
  parts.push(column.nullable ? 'NULL' : 'NOT NULL');
  const suffix = `${table.name}_${name}`;
  if (column.default !== undefined) {
    parts.push(`CONSTRAINT DF_${suffix} DEFAULT ${column.default}`);
  }
  if (column.unique) parts.push(`CONSTRAINT UQ_${suffix} UNIQUE`);
  if (column.check !== undefined) parts.push(`CONSTRAINT CK_${suffix} CHECK (${column.check})`);
  return parts.join(' ');
}

/** A column that points at the key of another table. */
export interface ForeignKey {
  readonly column: string;
  readonly table: string;
  readonly key: string;
}

export function foreignKeys(table: Table): ForeignKey[] {
  return Object.entries(table.columns).flatMap(([name, text]) => {
    const target = parseColumn(text).references;
    return target === undefined ? [] : [{ column: name, table: target.table, key: target.column }];
  });
}

export function createTable(table: Table): string {
  const keys = foreignKeys(table);
  const lines = Object.entries(table.columns).map(([n, text]) => columnDefinition(table, n, text));
  if (table.primaryKey !== undefined) {
    lines.push(`CONSTRAINT PK_${table.name} PRIMARY KEY (${table.primaryKey.join(', ')})`);
  }
  for (const columns of table.unique ?? []) {
    lines.push(`CONSTRAINT UQ_${table.name}_${columns.join('_')} UNIQUE (${columns.join(', ')})`);
  }
  for (const [suffix, expression] of Object.entries(table.checks ?? {})) {
    lines.push(`CONSTRAINT CK_${table.name}_${suffix} CHECK (${expression})`);
  }
  for (const key of keys) {
    // Two keys to one table are told apart by their column, as SQL Server's designer would.
    const alone = keys.filter((other) => other.table === key.table).length === 1;
    const name = `FK_${table.name}_${key.table}${alone ? '' : `_${key.column}`}`;
    lines.push(
      `CONSTRAINT ${name} FOREIGN KEY (${key.column}) REFERENCES ${key.table} (${key.key})`,
    );
  }
  return `CREATE TABLE ${table.name} (\n  ${lines.join(',\n  ')}\n);`;
}

/** The columns of each index that a table has beside its keys. */
export function indexedColumns(table: Table): readonly (readonly string[])[] {
  return [
    ...foreignKeys(table)
      // A look-up by status or sex would read most of the table anyway.
      .filter((key) => key.column.endsWith('ID'))
      .map((key) => [key.column]),
    ...(table.indexes ?? []),
  ];
}

/** Created after the rows: filling an index in one go is faster than keeping it while rows come. */
export function createIndexes(table: Table): string {
  return indexedColumns(table)
    .map(
      (columns) =>
        `CREATE INDEX IX_${table.name}_${columns.join('_')} ON ${table.name} (${columns.join(', ')});`,
    )
    .join('\n');
}

/**
 * SQL Server numbers every change of a row by itself. Triggers do the same here: the counter stands in the hidden
 * table `__rowversion`, and a row that comes without a version gets the next one.
 */
export function createRowVersionTriggers(table: Table): string {
  if (table.columns['RowVersion'] === undefined) return '';
  const next = `
    UPDATE __rowversion SET value = value + 1;
    UPDATE ${table.name} SET RowVersion = (SELECT unhex(printf('%016X', value)) FROM __rowversion)
    WHERE rowid = NEW.rowid;`;
  return `
  CREATE TRIGGER TR_${table.name}_Insert AFTER INSERT ON ${table.name}
  WHEN NEW.RowVersion = X'0000000000000000' BEGIN ${next} END;
  CREATE TRIGGER TR_${table.name}_Update AFTER UPDATE ON ${table.name}
  WHEN NEW.RowVersion = OLD.RowVersion BEGIN ${next} END;`;
}

const newVersion = "X'0000000000000000'";
/** The declaration of a row's version column, the same for every table that has one. */
export const rowVersion = `rowversion default (${newVersion})` as const;

/** Each call into the engine costs more than the row it brings. */
const rowsPerStatement = 50;

/** Inserts rows and gives those of versioned tables their version. */
export class RowWriter {
  readonly #database: PracticeDatabase;
  #version = 0;

  constructor(database: PracticeDatabase) {
    this.#database = database;
  }

  get lastVersion(): number {
    return this.#version;
  }

  insert<T extends Table>(table: T, rows: readonly Row<T>[]): void {
    const names = Object.keys(table.columns);
    const fallbacks = names.map((name) => defaultOf(table.columns[name] ?? ''));
    const valuesOf = (row: Readonly<Record<string, SqlValue | undefined>>) =>
      names.map((name, index) =>
        name === 'RowVersion' ? this.#nextVersion() : (row[name] ?? fallbacks[index] ?? null),
      );
    const prepare = (rowCount: number) => {
      const one = `(${names.map(() => '?').join(', ')})`;
      const all = Array.from({ length: rowCount }, () => one).join(', ');
      return this.#database.prepare(
        `INSERT INTO ${table.name} (${names.join(', ')}) VALUES ${all}`,
      );
    };
    const whole = rows.length - (rows.length % rowsPerStatement);
    const batch = whole > 0 ? prepare(rowsPerStatement) : undefined;
    for (let i = 0; i < whole; i += rowsPerStatement) {
      batch?.run(...rows.slice(i, i + rowsPerStatement).flatMap(valuesOf));
    }
    const single = prepare(1);
    for (const row of rows.slice(whole)) single.run(...valuesOf(row));
  }

  #nextVersion(): Buffer {
    this.#version += 1;
    const version = Buffer.alloc(8);
    version.writeUInt32BE(this.#version, 4);
    return version;
  }
}

function defaultOf(text: string): SqlValue {
  const literal = parseColumn(text).default;
  if (literal === undefined) return null;
  return literal.startsWith("'") ? literal.slice(1, -1) : Number(literal);
}

import { createHash } from 'node:crypto';
import {
  type Column,
  foreignKeys,
  indexedColumns,
  parseColumn,
  type Table,
} from '../../../src/practice/table.ts';
import { firebirdType } from './column-types.ts';

/** Firebird 3 takes no longer names. */
const MAX_NAME_CHARACTERS = 31;

const GENERATOR = 'ROW_VERSIONS';

/** A name as Firebird stores one that is written without quotes; in quotes, because some are reserved (`VALUE`). */
export const quoted = (name: string): string => `"${name.toUpperCase()}"`;

/** The name of a constraint or an index; one that is too long ends in a part of its hash. */
function named(...parts: readonly string[]): string {
  const name = parts.join('_');
  if (name.length <= MAX_NAME_CHARACTERS) return quoted(name);
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return quoted(`${name.slice(0, MAX_NAME_CHARACTERS - 9)}_${hash}`);
}

const list = (columns: readonly string[]): string => columns.map(quoted).join(', ');

/** Conditions name columns without quotes, so none of those may be reserved. */
function checkClause(expression: string): string {
  return `CHECK (${expression})`;
}

function columnDefinition(name: string, column: Column): string {
  const { sql } = firebirdType(column.type);
  const [type, collation] = sql.split(/(?= COLLATE )/);
  const isCounted = column.type === 'identity' || column.type === 'rowversion';
  const fallback = column.default === undefined || isCounted ? '' : ` DEFAULT ${column.default}`;
  const nullability = column.nullable || column.type === 'identity' ? '' : ' NOT NULL';
  return `${quoted(name)} ${type}${fallback}${nullability}${collation ?? ''}`;
}

/** The table without its rules: rows come faster without them, and may point forward. */
export function createTable(table: Table): string {
  const columns = Object.entries(table.columns).map(([name, text]) =>
    columnDefinition(name, parseColumn(text)),
  );
  return `CREATE TABLE ${quoted(table.name)} (${columns.join(', ')})`;
}

function keyOf(table: Table): readonly string[] {
  const identity = Object.keys(table.columns).find((name) => table.columns[name] === 'identity');
  return table.primaryKey ?? (identity === undefined ? [] : [identity]);
}

/** Keys, unique constraints and checks. */
export function addRules(table: Table): string[] {
  const columns = Object.entries(table.columns).map(
    ([name, text]) => [name, parseColumn(text)] as const,
  );
  const rules = [
    `CONSTRAINT ${named('PK', table.name)} PRIMARY KEY (${list(keyOf(table))})`,
    ...columns
      .filter(([, { unique }]) => unique)
      .map(([name]) => `CONSTRAINT ${named('UQ', table.name, name)} UNIQUE (${quoted(name)})`),
    ...(table.unique ?? []).map(
      (names) => `CONSTRAINT ${named('UQ', table.name, ...names)} UNIQUE (${list(names)})`,
    ),
    ...columns.flatMap(([name, { check }]) =>
      check === undefined
        ? []
        : [`CONSTRAINT ${named('CK', table.name, name)} ${checkClause(check)}`],
    ),
    ...Object.entries(table.checks ?? {}).map(
      ([suffix, expression]) =>
        `CONSTRAINT ${named('CK', table.name, suffix)} ${checkClause(expression)}`,
    ),
  ];
  return rules.map((rule) => `ALTER TABLE ${quoted(table.name)} ADD ${rule}`);
}

/** A foreign key brings its own index, so only the other look-ups are made by hand. */
export function addForeignKeys(table: Table): string[] {
  return foreignKeys(table).map(
    ({ column, table: target, key }) =>
      `ALTER TABLE ${quoted(table.name)} ADD CONSTRAINT ${named('FK', table.name, column)}
       FOREIGN KEY (${quoted(column)}) REFERENCES ${quoted(target)} (${quoted(key)})`,
  );
}

export function createIndexes(table: Table): string[] {
  const pointing = new Set(foreignKeys(table).map(({ column }) => column));
  return indexedColumns(table)
    .filter((columns) => columns.length > 1 || !pointing.has(columns[0] ?? ''))
    .map(
      (columns) =>
        `CREATE INDEX ${named('IX', table.name, ...columns)} ON ${quoted(table.name)} (${list(columns)})`,
    );
}

/** Goes on counting behind the rows that are there: identities, and the versions of all rows together. */
export function continueCounting(tables: readonly Table[], last: LastNumbers): string[] {
  const identities = tables.flatMap((table) => {
    const [key] = keyOf(table);
    if (key === undefined || table.columns[key] !== 'identity') return [];
    const highest = last.identities.get(table.name) ?? 0n;
    return [`ALTER TABLE ${quoted(table.name)} ALTER ${quoted(key)} RESTART WITH ${highest}`];
  });
  const versioned = tables.filter((table) => table.columns['RowVersion'] !== undefined);
  return [
    ...identities,
    `CREATE SEQUENCE ${GENERATOR}`,
    `ALTER SEQUENCE ${GENERATOR} RESTART WITH ${last.version}`,
    ...versioned.map(
      (table) => `CREATE TRIGGER ${named('TR', table.name, 'Version')} FOR ${quoted(table.name)}
        BEFORE INSERT OR UPDATE AS BEGIN NEW.ROWVERSION = NEXT VALUE FOR ${GENERATOR}; END`,
    ),
  ];
}

/** The highest numbers among the rows. */
export interface LastNumbers {
  /** By table. */
  readonly identities: ReadonlyMap<string, bigint>;
  readonly version: bigint;
}

/** The demo's partial index: an index over an expression leaves out what is NULL. */
export const ONE_APPOINTMENT_PER_SLOT = `CREATE UNIQUE INDEX UQ_APPOINTMENTS_SLOTID ON APPOINTMENTS
  COMPUTED BY (CASE WHEN APPOINTMENTSTATUSCODE <> 6 THEN SLOTID END)`;

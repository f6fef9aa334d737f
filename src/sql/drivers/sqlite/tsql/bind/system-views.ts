import type { Table, TableColumn } from '../catalogue.ts';
import type { Stored } from '../database.ts';
import {
  BIT,
  DATETIME,
  groupOf,
  INT,
  MAX_LENGTH,
  nvarchar,
  type SqlType,
  TINYINT,
} from '../types/sql-type.ts';
import type { OutputColumn } from './environment.ts';
import type { StatementContext } from './statement-context.ts';

/** A system view as a subquery over values known when the statement is translated. */
export interface SystemView {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
}

type Row = readonly Stored[];

interface ViewDefinition {
  readonly columns: readonly OutputColumn[];
  readonly rows: (context: StatementContext, catalogue: string) => Row[];
}

const NAME = nvarchar(128);
const SMALLINT: SqlType = { name: 'smallint' };
const CREATED = '2024-01-01T00:00:00';
const FIRST_OBJECT_ID = 1_000_001;

function columns(...entries: readonly (readonly [string, SqlType])[]): OutputColumn[] {
  return entries.map(([name, type]) => ({ name, type }));
}

function tablesOf(context: StatementContext, catalogue: string): Table[] {
  return [...context.catalogue.tables(catalogue).values()];
}

function lengthOf({ type }: TableColumn): bigint | null {
  if (!['text', 'binary'].includes(groupOf(type))) return null;
  return type.length === MAX_LENGTH ? -1n : BigInt(type.length ?? 1);
}

function columnRow(table: Table, column: TableColumn, index: number): Row {
  const { type } = column;
  const precision =
    { tinyint: 3, smallint: 5, int: 10, bigint: 19, float: 53, real: 24 }[type.name as 'int'] ??
    type.precision;
  const isMoment = groupOf(type) === 'moment';
  const scale =
    groupOf(type) === 'integer' && type.name !== 'bit'
      ? 0
      : groupOf(type) === 'exact'
        ? type.scale
        : undefined;
  return [
    table.catalogue,
    'dbo',
    table.name,
    column.name,
    BigInt(index + 1),
    column.isNullable ? 'YES' : 'NO',
    type.name,
    lengthOf(column),
    precision === undefined ? null : BigInt(precision),
    scale === undefined ? null : BigInt(scale),
    isMoment ? BigInt(type.scale ?? 0) : null,
  ];
}

function objectIdOf(index: number): bigint {
  return BigInt(FIRST_OBJECT_ID + index);
}

const VIEWS: Readonly<Record<string, ViewDefinition>> = {
  'information_schema.tables': {
    columns: columns(
      ['TABLE_CATALOG', NAME],
      ['TABLE_SCHEMA', NAME],
      ['TABLE_NAME', NAME],
      ['TABLE_TYPE', { name: 'varchar', length: 10 }],
    ),
    rows: (context, catalogue) =>
      tablesOf(context, catalogue).map((table) => [
        table.catalogue,
        'dbo',
        table.name,
        'BASE TABLE',
      ]),
  },
  'information_schema.columns': {
    columns: columns(
      ['TABLE_CATALOG', NAME],
      ['TABLE_SCHEMA', NAME],
      ['TABLE_NAME', NAME],
      ['COLUMN_NAME', NAME],
      ['ORDINAL_POSITION', INT],
      ['IS_NULLABLE', { name: 'varchar', length: 3 }],
      ['DATA_TYPE', NAME],
      ['CHARACTER_MAXIMUM_LENGTH', INT],
      ['NUMERIC_PRECISION', TINYINT],
      ['NUMERIC_SCALE', INT],
      ['DATETIME_PRECISION', SMALLINT],
    ),
    rows: (context, catalogue) =>
      tablesOf(context, catalogue).flatMap((table) =>
        table.columns.map((column, index) => columnRow(table, column, index)),
      ),
  },
  'sys.databases': {
    columns: columns(
      ['name', NAME],
      ['database_id', INT],
      ['create_date', DATETIME],
      ['state', TINYINT],
      ['state_desc', nvarchar(60)],
    ),
    rows: (context) =>
      context.catalogue.names.map((name, index) => [
        name,
        BigInt(index + 5),
        CREATED,
        0n,
        'ONLINE',
      ]),
  },
  'sys.tables': {
    columns: columns(
      ['name', NAME],
      ['object_id', INT],
      ['schema_id', INT],
      ['type', { name: 'char', length: 2 }],
      ['type_desc', nvarchar(60)],
      ['create_date', DATETIME],
      ['modify_date', DATETIME],
      ['is_ms_shipped', BIT],
    ),
    rows: (context, catalogue) =>
      tablesOf(context, catalogue).map((table, index) => [
        table.name,
        objectIdOf(index),
        1n,
        'U ',
        'USER_TABLE',
        CREATED,
        CREATED,
        0n,
      ]),
  },
  'sys.schemas': {
    columns: columns(['name', NAME], ['schema_id', INT], ['principal_id', INT]),
    rows: () => [['dbo', 1n, 1n]],
  },
  'sys.columns': {
    columns: columns(
      ['object_id', INT],
      ['name', NAME],
      ['column_id', INT],
      ['max_length', SMALLINT],
      ['is_nullable', BIT],
      ['is_identity', BIT],
    ),
    rows: (context, catalogue) =>
      tablesOf(context, catalogue).flatMap((table, tableIndex) =>
        table.columns.map((column, index) => [
          objectIdOf(tableIndex),
          column.name,
          BigInt(index + 1),
          byteLength(column.type),
          column.isNullable ? 1n : 0n,
          column.isIdentity ? 1n : 0n,
        ]),
      ),
  },
};

function byteLength(type: SqlType): bigint {
  if (type.length === MAX_LENGTH) return -1n;
  if (type.length !== undefined) return BigInt(type.length * (type.name.startsWith('n') ? 2 : 1));
  const sizes: Partial<Record<SqlType['name'], bigint>> = {
    bit: 1n,
    tinyint: 1n,
    smallint: 2n,
    int: 4n,
    bigint: 8n,
    float: 8n,
    real: 4n,
    money: 8n,
    uniqueidentifier: 16n,
    date: 3n,
    datetime: 8n,
    smalldatetime: 4n,
    datetime2: 8n,
    time: 5n,
    datetimeoffset: 10n,
  };
  const precision = type.precision ?? 18;
  return (
    sizes[type.name] ?? (precision <= 9 ? 5n : precision <= 19 ? 9n : precision <= 28 ? 13n : 17n)
  );
}

/** The system view of that name, `undefined` when the name is not one of them. */
export function systemView(
  context: StatementContext,
  parts: readonly string[],
): SystemView | undefined {
  const [name = '', schema = '', catalogue] = parts.toReversed();
  const view = VIEWS[`${schema}.${name}`.toLowerCase()];
  if (view === undefined) return undefined;
  const owner =
    catalogue === undefined || catalogue === ''
      ? context.session.currentCatalogue
      : context.catalogue.findName(catalogue);
  if (owner === undefined) return undefined;
  const rows = view
    .rows(context, owner)
    .map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
  const json = context.parameter(JSON.stringify(rows));
  const list = view.columns
    .map((_, index) => `json_extract(j.value,'$[${index}]') AS c${index}`)
    .join(',');
  return { sql: `SELECT ${list} FROM json_each(${json}) AS j`, columns: view.columns };
}

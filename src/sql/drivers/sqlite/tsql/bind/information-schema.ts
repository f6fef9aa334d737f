import type { Table, TableColumn } from '../catalogue.ts';
import { parseProcedure } from '../parse/parse-statement.ts';
import {
  DATETIME,
  groupOf,
  INT,
  isNational,
  isText,
  MAX_LENGTH,
  nvarchar,
  SMALLINT,
  type SqlType,
  TINYINT,
  varchar,
} from '../types/sql-type.ts';
import { type SystemObject, systemObjects } from './system-objects.ts';
import { typeFacts } from './system-type-facts.ts';
import { type Row, tablesOf, type ViewDefinition, viewColumns } from './system-view.ts';

const NAME = nvarchar(128);
const CREATED = '2024-01-01T00:00:00';
const COLLATION = 'Latin1_General_CI_AS';

/** The longest values of the types that state no length. */
const WHOLE_LENGTH: Partial<Record<SqlType['name'], number>> = {
  text: 2_147_483_647,
  ntext: 1_073_741_823,
  image: 2_147_483_647,
  xml: -1,
};

/** Characters (or bytes) that the type holds, and bytes. */
function lengths(type: SqlType): [number | null, number | null] {
  if (type.name === 'rowversion' || !['text', 'binary'].includes(groupOf(type)))
    return [null, null];
  const whole = WHOLE_LENGTH[type.name];
  if (whole !== undefined) return [whole, type.name === 'ntext' ? 2_147_483_646 : whole];
  if (type.length === MAX_LENGTH) return [-1, -1];
  const length = type.length ?? 1;
  return [length, isNational(type) ? length * 2 : length];
}

/** Precision, radix and scale of a number, digits of a second's fraction. */
function numbers(type: SqlType): (number | null)[] {
  const { precision, scale } = typeFacts(type);
  switch (groupOf(type)) {
    case 'integer':
      return type.name === 'bit' ? [null, null, null, null] : [precision, 10, 0, null];
    case 'exact':
      return [precision, 10, scale, null];
    case 'approximate':
      return [precision, 2, null, null];
    case 'moment':
      return [null, null, null, type.name === 'date' ? 0 : scale];
    default:
      return [null, null, null, null];
  }
}

function characterFacts(type: SqlType): (string | null)[] {
  if (!isText(type) || type.name === 'xml') return [null, null];
  return [isNational(type) ? 'UNICODE' : 'iso_1', COLLATION];
}

function columnRow(table: Table, column: TableColumn, index: number): Row {
  const { type } = column;
  const [characterSet = null, collation = null] = characterFacts(type);
  return [
    table.catalogue,
    'dbo',
    table.name,
    column.name,
    index + 1,
    column.defaultText,
    column.isNullable ? 'YES' : 'NO',
    typeFacts(type).name,
    ...lengths(type),
    ...numbers(type),
    characterSet,
    collation,
  ];
}

function routineRow(catalogue: string, { name, definition = '' }: SystemObject): Row {
  const id = [catalogue, 'dbo', name];
  return [...id, ...id, 'PROCEDURE', null, 'SQL', definition.slice(0, 4000), CREATED, CREATED];
}

function parameterRows(catalogue: string, { name, definition = '' }: SystemObject): Row[] {
  return parseProcedure(definition.trim()).parameters.map((parameter, index) => [
    catalogue,
    'dbo',
    name,
    index + 1,
    parameter.isOutput ? 'INOUT' : 'IN',
    'NO',
    parameter.name,
    typeFacts(parameter.type).name,
    ...lengths(parameter.type),
    ...numbers(parameter.type),
  ]);
}

function keyKind({ kind, key }: SystemObject): string {
  if (kind === 'foreignKey') return 'FOREIGN KEY';
  return key?.kind === 'PRIMARY KEY' ? 'PRIMARY KEY' : 'UNIQUE';
}

/** The key of the parent table that a foreign key points at. */
function parentKey(objects: readonly SystemObject[], { foreignKey }: SystemObject): string | null {
  const wanted = foreignKey?.parentColumns.join('\0').toLowerCase();
  const parent = objects.find(
    ({ kind, table, key }) =>
      kind === 'key' &&
      table?.name.toLowerCase() === foreignKey?.parent.toLowerCase() &&
      key?.columns.join('\0').toLowerCase() === wanted,
  );
  return parent?.name ?? null;
}

const ROUTINE_ID = ['SPECIFIC_CATALOG', 'SPECIFIC_SCHEMA', 'SPECIFIC_NAME'] as const;
const CONSTRAINT_ID = ['CONSTRAINT_CATALOG', 'CONSTRAINT_SCHEMA', 'CONSTRAINT_NAME'] as const;
const TABLE_ID = ['TABLE_CATALOG', 'TABLE_SCHEMA', 'TABLE_NAME'] as const;

function names(list: readonly string[]): [string, SqlType][] {
  return list.map((name) => [name, NAME]);
}

const LENGTHS: readonly (readonly [string, SqlType])[] = [
  ['CHARACTER_MAXIMUM_LENGTH', INT],
  ['CHARACTER_OCTET_LENGTH', INT],
  ['NUMERIC_PRECISION', TINYINT],
  ['NUMERIC_PRECISION_RADIX', SMALLINT],
  ['NUMERIC_SCALE', INT],
  ['DATETIME_PRECISION', SMALLINT],
];

const TABLE_VIEWS: Readonly<Record<string, ViewDefinition>> = {
  tables: {
    columns: viewColumns(...names(TABLE_ID), ['TABLE_TYPE', varchar(10)]),
    rows: (context, catalogue) =>
      tablesOf(context, catalogue).map((table) => [
        table.catalogue,
        'dbo',
        table.name,
        'BASE TABLE',
      ]),
  },
  columns: {
    columns: viewColumns(
      ...names([...TABLE_ID, 'COLUMN_NAME']),
      ['ORDINAL_POSITION', INT],
      ['COLUMN_DEFAULT', nvarchar(4000)],
      ['IS_NULLABLE', varchar(3)],
      ['DATA_TYPE', NAME],
      ...LENGTHS,
      ['CHARACTER_SET_NAME', NAME],
      ['COLLATION_NAME', NAME],
    ),
    rows: (context, catalogue) =>
      tablesOf(context, catalogue).flatMap((table) =>
        table.columns.map((column, index) => columnRow(table, column, index)),
      ),
  },
  views: {
    columns: viewColumns(
      ...names(TABLE_ID),
      ['VIEW_DEFINITION', nvarchar(4000)],
      ['CHECK_OPTION', varchar(7)],
      ['IS_UPDATABLE', varchar(2)],
    ),
    rows: () => [],
  },
  schemata: {
    columns: viewColumns(...names(['CATALOG_NAME', 'SCHEMA_NAME', 'SCHEMA_OWNER'])),
    rows: (_, catalogue) => [[catalogue, 'dbo', 'dbo']],
  },
};

const ROUTINE_VIEWS: Readonly<Record<string, ViewDefinition>> = {
  routines: {
    columns: viewColumns(
      ...names([...ROUTINE_ID, 'ROUTINE_CATALOG', 'ROUTINE_SCHEMA', 'ROUTINE_NAME']),
      ['ROUTINE_TYPE', nvarchar(20)],
      ['DATA_TYPE', NAME],
      ['ROUTINE_BODY', nvarchar(30)],
      ['ROUTINE_DEFINITION', nvarchar(4000)],
      ['CREATED', DATETIME],
      ['LAST_ALTERED', DATETIME],
    ),
    rows: (context, catalogue) =>
      systemObjects(context, catalogue)
        .filter(({ kind }) => kind === 'procedure')
        .map((object) => routineRow(catalogue, object)),
  },
  parameters: {
    columns: viewColumns(
      ...names(ROUTINE_ID),
      ['ORDINAL_POSITION', INT],
      ['PARAMETER_MODE', nvarchar(10)],
      ['IS_RESULT', nvarchar(10)],
      ...names(['PARAMETER_NAME', 'DATA_TYPE']),
      ...LENGTHS,
    ),
    rows: (context, catalogue) =>
      systemObjects(context, catalogue)
        .filter(({ kind }) => kind === 'procedure')
        .flatMap((object) => parameterRows(catalogue, object)),
  },
};

const KEY_VIEWS: Readonly<Record<string, ViewDefinition>> = {
  table_constraints: {
    columns: viewColumns(
      ...names([...CONSTRAINT_ID, ...TABLE_ID]),
      ['CONSTRAINT_TYPE', varchar(11)],
      ['IS_DEFERRABLE', varchar(2)],
      ['INITIALLY_DEFERRED', varchar(2)],
    ),
    rows: (context, catalogue) =>
      systemObjects(context, catalogue)
        .filter(({ kind }) => kind === 'key' || kind === 'foreignKey')
        .map((object) => [
          catalogue,
          'dbo',
          object.name,
          catalogue,
          'dbo',
          object.table?.name ?? null,
          keyKind(object),
          'NO',
          'NO',
        ]),
  },
  key_column_usage: {
    columns: viewColumns(...names([...CONSTRAINT_ID, ...TABLE_ID, 'COLUMN_NAME']), [
      'ORDINAL_POSITION',
      INT,
    ]),
    rows: (context, catalogue) =>
      systemObjects(context, catalogue).flatMap(
        ({ name, table, key, foreignKey }) =>
          (key ?? foreignKey)?.columns.map(
            (column, index): Row => [
              catalogue,
              'dbo',
              name,
              catalogue,
              'dbo',
              table?.name ?? null,
              column,
              index + 1,
            ],
          ) ?? [],
      ),
  },
  referential_constraints: {
    columns: viewColumns(
      ...names([
        ...CONSTRAINT_ID,
        'UNIQUE_CONSTRAINT_CATALOG',
        'UNIQUE_CONSTRAINT_SCHEMA',
        'UNIQUE_CONSTRAINT_NAME',
      ]),
      ['MATCH_OPTION', varchar(7)],
      ['UPDATE_RULE', varchar(11)],
      ['DELETE_RULE', varchar(11)],
    ),
    rows: (context, catalogue) => {
      const objects = systemObjects(context, catalogue);
      return objects
        .filter(({ kind }) => kind === 'foreignKey')
        .map((object) => [
          catalogue,
          'dbo',
          object.name,
          catalogue,
          'dbo',
          parentKey(objects, object),
          'SIMPLE',
          'NO ACTION',
          'NO ACTION',
        ]);
    },
  },
};

/** The views of INFORMATION_SCHEMA, by name in lower case. */
export const INFORMATION_SCHEMA: Readonly<Record<string, ViewDefinition>> = {
  ...TABLE_VIEWS,
  ...ROUTINE_VIEWS,
  ...KEY_VIEWS,
};

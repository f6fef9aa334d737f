import { unsupported } from '../errors.ts';
import {
  BIT,
  DATETIME,
  INT,
  isText,
  nvarchar,
  SMALLINT,
  type SqlType,
  TINYINT,
} from '../types/sql-type.ts';
import type { OutputColumn } from './environment.ts';
import { INFORMATION_SCHEMA } from './information-schema.ts';
import type { StatementContext } from './statement-context.ts';
import { type SystemObject, systemObjects } from './system-objects.ts';
import { SYSTEM_TYPES, typeFacts } from './system-type-facts.ts';
import { type Row, type ViewDefinition, viewColumns } from './system-view.ts';

/** A system view as a subquery over values known when the statement is translated. */
export interface SystemView {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
}

const NAME = nvarchar(128);
const CREATED = '2024-01-01T00:00:00';

const OBJECT_COLUMNS = viewColumns(
  ['name', NAME],
  ['object_id', INT],
  ['principal_id', INT],
  ['schema_id', INT],
  ['parent_object_id', INT],
  ['type', { name: 'char', length: 2 }],
  ['type_desc', nvarchar(60)],
  ['create_date', DATETIME],
  ['modify_date', DATETIME],
  ['is_ms_shipped', BIT],
  ['is_published', BIT],
  ['is_schema_published', BIT],
);

function typeOf({ kind, key }: SystemObject): [string, string] {
  switch (kind) {
    case 'table':
      return ['U ', 'USER_TABLE'];
    case 'procedure':
      return ['P ', 'SQL_STORED_PROCEDURE'];
    case 'foreignKey':
      return ['F ', 'FOREIGN_KEY_CONSTRAINT'];
    case 'key':
      return key?.kind === 'PRIMARY KEY'
        ? ['PK', 'PRIMARY_KEY_CONSTRAINT']
        : ['UQ', 'UNIQUE_CONSTRAINT'];
  }
}

function objectRow(object: SystemObject): Row {
  const { name, id, parentId } = object;
  return [name, id, null, 1, parentId, ...typeOf(object), CREATED, CREATED, 0, 0, 0];
}

function objectsOf(...kinds: readonly SystemObject['kind'][]): ViewDefinition {
  return {
    columns: OBJECT_COLUMNS,
    rows: (context, catalogue) =>
      systemObjects(context, catalogue)
        .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
        .map(objectRow),
  };
}

function columnRows({ id, table }: SystemObject): Row[] {
  return (table?.columns ?? []).map((column, index) => {
    const facts = typeFacts(column.type);
    const collation =
      isText(column.type) && column.type.name !== 'xml' ? 'Latin1_General_CI_AS' : null;
    return [
      id,
      column.name,
      index + 1,
      facts.id,
      facts.id,
      facts.maxLength,
      facts.precision,
      facts.scale,
      collation,
      column.isNullable ? 1 : 0,
      column.isIdentity ? 1 : 0,
      0,
    ];
  });
}

function typeRow(type: SqlType): Row {
  const { name, id, maxLength, precision, scale } = typeFacts(type);
  const isNullable = name === 'timestamp' ? 0 : 1;
  return [name, id, id, 4, maxLength, precision, scale, isNullable, 0];
}

function foreignKeyColumnRows(objects: readonly SystemObject[], object: SystemObject): Row[] {
  const { foreignKey, table, id, parentId } = object;
  const parent = objects.find(
    ({ kind, name }) => kind === 'table' && name.toLowerCase() === foreignKey?.parent.toLowerCase(),
  );
  const numberOf = (columns: SystemObject['table'], name: string | undefined): number =>
    (columns?.columns ?? []).findIndex(
      (column) => column.name.toLowerCase() === name?.toLowerCase(),
    ) + 1;
  return (foreignKey?.columns ?? []).map((column, index) => [
    id,
    index + 1,
    parentId,
    numberOf(table, column),
    parent?.id ?? null,
    numberOf(parent?.table, foreignKey?.parentColumns[index]),
  ]);
}

const SYS: Readonly<Record<string, ViewDefinition>> = {
  databases: {
    columns: viewColumns(
      ['name', NAME],
      ['database_id', INT],
      ['create_date', DATETIME],
      ['state', TINYINT],
      ['state_desc', nvarchar(60)],
    ),
    rows: (context) =>
      context.catalogue.names.map((name, index) => [name, index + 5, CREATED, 0, 'ONLINE']),
  },
  objects: objectsOf(),
  tables: objectsOf('table'),
  procedures: objectsOf('procedure'),
  key_constraints: objectsOf('key'),
  foreign_keys: objectsOf('foreignKey'),
  views: { columns: OBJECT_COLUMNS, rows: () => [] },
  schemas: {
    columns: viewColumns(['name', NAME], ['schema_id', INT], ['principal_id', INT]),
    rows: () => [['dbo', 1, 1]],
  },
  columns: {
    columns: viewColumns(
      ['object_id', INT],
      ['name', NAME],
      ['column_id', INT],
      ['system_type_id', TINYINT],
      ['user_type_id', INT],
      ['max_length', SMALLINT],
      ['precision', TINYINT],
      ['scale', TINYINT],
      ['collation_name', NAME],
      ['is_nullable', BIT],
      ['is_identity', BIT],
      ['is_computed', BIT],
    ),
    rows: (context, catalogue) =>
      systemObjects(context, catalogue)
        .filter(({ kind }) => kind === 'table')
        .flatMap(columnRows),
  },
  types: {
    columns: viewColumns(
      ['name', NAME],
      ['system_type_id', TINYINT],
      ['user_type_id', INT],
      ['schema_id', INT],
      ['max_length', SMALLINT],
      ['precision', TINYINT],
      ['scale', TINYINT],
      ['is_nullable', BIT],
      ['is_user_defined', BIT],
    ),
    rows: () => SYSTEM_TYPES.map(typeRow),
  },
  foreign_key_columns: {
    columns: viewColumns(
      ['constraint_object_id', INT],
      ['constraint_column_id', INT],
      ['parent_object_id', INT],
      ['parent_column_id', INT],
      ['referenced_object_id', INT],
      ['referenced_column_id', INT],
    ),
    rows: (context, catalogue) => {
      const objects = systemObjects(context, catalogue);
      return objects.flatMap((object) => foreignKeyColumnRows(objects, object));
    },
  },
};

const SCHEMAS: Readonly<Record<string, Readonly<Record<string, ViewDefinition>>>> = {
  sys: SYS,
  information_schema: INFORMATION_SCHEMA,
};

/** The system view of that name, `undefined` when the name is not one of them. */
export function systemView(
  context: StatementContext,
  parts: readonly string[],
): SystemView | undefined {
  const [name = '', schema = '', catalogue] = parts.toReversed();
  const views = SCHEMAS[schema.toLowerCase()];
  if (views === undefined) return undefined;
  const view = Object.hasOwn(views, name.toLowerCase()) ? views[name.toLowerCase()] : undefined;
  if (view === undefined) throw unsupported(`the system view ${schema}.${name}`);
  const isServerWide = view === SYS['databases'];
  const owner =
    catalogue === undefined || catalogue === '' || isServerWide
      ? context.session.currentCatalogue
      : context.catalogue.findName(catalogue);
  if (owner === undefined) return undefined;
  const json = context.parameter(JSON.stringify(view.rows(context, owner)));
  const list = view.columns
    .map((_, index) => `json_extract(j.value,'$[${index}]') AS c${index}`)
    .join(',');
  return { sql: `SELECT ${list} FROM json_each(${json}) AS j`, columns: view.columns };
}

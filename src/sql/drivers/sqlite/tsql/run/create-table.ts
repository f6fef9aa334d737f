import { bindExpression } from '../bind/bind-expression.ts';
import { namedColumns } from '../bind/bind-from.ts';
import { bindTopQuery, rootEnvironment } from '../bind/bind-query.ts';
import { quoteName, quoteText } from '../bind/bound.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import type { ColumnDefinition, CreateTableStatement, Query } from '../parse/ast.ts';
import { convertImplicitly } from '../types/convert.ts';
import { INT, nvarchar, type SqlType } from '../types/sql-type.ts';
import { declarationOf } from '../types/type-names.ts';

/** The SQLite name of a table to be made. */
function newTableName(context: StatementContext, parts: readonly string[]): string {
  const { catalogue, session } = context;
  const name = parts.at(-1) ?? '';
  if (catalogue.findTable(parts, session.currentCatalogue) !== undefined)
    throw sqlServerError(2714, name);
  if (name.startsWith('##')) throw unsupported('global temporary tables');
  if (name.startsWith('#')) return `temp.${quoteName(name)}`;
  if (name.startsWith('__') || /^sqlite_/i.test(name)) throw unsupported(`a table named ${name}`);
  const owner = parts.length > 2 ? catalogue.findName(parts[0] ?? '') : session.currentCatalogue;
  if (owner === undefined) throw sqlServerError(911, parts[0] ?? '');
  return `${quoteName(catalogue.schemaOf(owner))}.${quoteName(name)}`;
}

/** A constant default as SQLite literal; anything computed is refused. */
function defaultSql(context: StatementContext, column: ColumnDefinition): string {
  if (column.defaultValue === undefined) return '';
  const bound = bindExpression(rootEnvironment(context), column.defaultValue);
  if (!bound.isConstant || column.defaultValue.kind === 'call') {
    throw unsupported('a computed DEFAULT');
  }
  const value = context.evaluate(convertImplicitly(context, bound, column.type));
  if (value === null) return ' DEFAULT NULL';
  if (value instanceof Uint8Array) return ` DEFAULT x'${Buffer.from(value).toString('hex')}'`;
  return ` DEFAULT ${typeof value === 'string' ? quoteText(value) : String(value)}`;
}

function columnSql(context: StatementContext, table: string, column: ColumnDefinition): string {
  const name = quoteName(column.name);
  const keyName = quoteName(column.constraintName ?? `PK_${table}`);
  if (column.isIdentity) {
    if (!column.isPrimaryKey) throw unsupported('an IDENTITY column that is not the primary key');
    if (column.type.name !== 'int')
      throw unsupported(`an IDENTITY column of type ${column.type.name}`);
    return `${name} INTEGER NOT NULL CONSTRAINT ${keyName} PRIMARY KEY AUTOINCREMENT`;
  }
  const isNotNull = column.isNullable ? '' : ' NOT NULL';
  const key = column.isPrimaryKey ? ` CONSTRAINT ${keyName} PRIMARY KEY` : '';
  const unique = column.isUnique
    ? ` CONSTRAINT ${quoteName(column.constraintName ?? `UQ_${table}_${column.name}`)} UNIQUE`
    : '';
  return `${name} ${declarationOf(column.type)}${isNotNull}${defaultSql(context, column)}${key}${unique}`;
}

export function createTableSql(context: StatementContext, statement: CreateTableStatement): string {
  const target = newTableName(context, statement.name);
  const table = statement.name.at(-1) ?? '';
  const columns = statement.columns.map((column) => {
    const isInKey = statement.keys.some(
      (key) =>
        key.kind === 'PRIMARY KEY' &&
        key.columns.some((name) => name.toLowerCase() === column.name.toLowerCase()),
    );
    return columnSql(context, table, isInKey ? { ...column, isNullable: false } : column);
  });
  const keys = statement.keys.map((key) => {
    const prefix = key.kind === 'PRIMARY KEY' ? 'PK' : 'UQ';
    const name = key.name ?? `${prefix}_${table}`;
    return `CONSTRAINT ${quoteName(name)} ${key.kind} (${key.columns.map(quoteName).join(',')})`;
  });
  return `CREATE TABLE ${target} (${[...columns, ...keys].join(',')})`;
}

/** SELECT … INTO: a table of the query's columns, then its rows. */
export function selectIntoSql(
  context: StatementContext,
  query: Query,
  into: readonly string[],
): { create: string; insert: string } {
  const target = newTableName(context, into);
  const bound = bindTopQuery(query, rootEnvironment(context));
  const columns = namedColumns(bound, into.at(-1) ?? '', undefined);
  const types = columns.map((column): SqlType => {
    if (column.type.name === 'null') return INT;
    return column.type.name === 'sql_variant' ? nvarchar(4000) : { ...column.type };
  });
  const list = columns.map(
    (column, index) => `${quoteName(column.name)} ${declarationOf(types[index] ?? INT)}`,
  );
  return {
    create: `CREATE TABLE ${target} (${list.join(',')})`,
    insert: `INSERT INTO ${target} ${bound.render()}`,
  };
}

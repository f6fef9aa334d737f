import { bindCommonTables } from '../bind/bind-common-tables.ts';
import { bindMember, bindTopQuery, rootEnvironment } from '../bind/bind-query.ts';
import { quoteName } from '../bind/bound.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import type { Table, TableColumn } from '../catalogue.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import type { InsertStatement, Query } from '../parse/ast.ts';
import { assignSql, sourceColumn } from './assign.ts';
import { type BoundChange, bindOutput, tableName } from './change.ts';

function targetColumns(
  table: Table,
  statement: InsertStatement,
  identityInsert: boolean,
): TableColumn[] {
  if (statement.columns === undefined) {
    if (identityInsert && table.columns.some((column) => column.isIdentity))
      throw sqlServerError(8101, table.name);
    return table.columns.filter(
      (column) => !column.isIdentity && column.type.name !== 'rowversion',
    );
  }
  const found = statement.columns.map((name) => {
    const column = table.columns.find((own) => own.name.toLowerCase() === name.toLowerCase());
    if (column === undefined) throw sqlServerError(207, name);
    return column;
  });
  const repeated = found.find((column, index) => found.indexOf(column) !== index);
  if (repeated !== undefined) throw sqlServerError(264, repeated.name);
  if (found.some((column) => column.type.name === 'rowversion')) throw sqlServerError(273);
  const hasIdentity = found.some((column) => column.isIdentity);
  if (hasIdentity && !identityInsert) throw sqlServerError(544, table.name);
  if (!hasIdentity && identityInsert) throw sqlServerError(545, table.name);
  return found;
}

/** VALUES without the columns for which every row says DEFAULT. */
function withoutDefaults(
  query: Query,
  columns: readonly TableColumn[],
): { query: Query; columns: readonly TableColumn[] } {
  const { body } = query;
  if (body.kind !== 'values') return { query, columns };
  const isDefault = columns.map(
    (_, index) => body.rows.filter((row) => row[index]?.kind === 'default').length,
  );
  if (isDefault.every((count) => count === 0)) return { query, columns };
  if (isDefault.some((count) => count > 0 && count < body.rows.length)) {
    throw unsupported('DEFAULT in some rows of VALUES only');
  }
  const kept = columns.filter((_, index) => isDefault[index] === 0);
  const rows = body.rows.map((row) => row.filter((_, index) => isDefault[index] === 0));
  return { query: { ...query, body: { ...body, rows } }, columns: kept };
}

function checkWidth(query: Query, width: number, hasList: boolean): void {
  const { body } = query;
  if (body.kind !== 'values') return;
  if (body.rows.length > 1000) throw sqlServerError(10738);
  for (const row of body.rows) {
    if (row.length === width) continue;
    throw hasList ? sqlServerError(row.length < width ? 109 : 110) : sqlServerError(213);
  }
}

export function bindInsert(
  context: StatementContext,
  statement: InsertStatement,
  identityTable: string | undefined,
): BoundChange {
  const table = context.catalogue.table(statement.table, context.currentCatalogue);
  const identityInsert = identityTable === `${table.schema}.${table.name}`.toLowerCase();
  const environment = rootEnvironment(context);
  const output = bindOutput(environment, table, statement.output, 'inserted');
  const into = `INSERT INTO ${tableName(table)}`;
  const base = { verb: 'INSERT' as const, table, output: output.columns };
  const targets = targetColumns(table, statement, identityInsert);
  if (statement.source === undefined)
    return { ...base, sql: `${into} DEFAULT VALUES${output.sql}` };
  checkWidth(statement.source, targets.length, statement.columns !== undefined);
  const { query, columns } = withoutDefaults(statement.source, targets);
  if (columns.length === 0) return { ...base, sql: `${into} DEFAULT VALUES${output.sql}` };
  const { prefix, inner } = bindCommonTables(
    { ...environment, maxRecursion: query.maxRecursion },
    statement.commonTables,
    bindMember,
  );
  const source = bindTopQuery(query, inner);
  if (source.columns.length !== columns.length) {
    if (statement.columns === undefined) throw sqlServerError(213);
    throw sqlServerError(source.columns.length < columns.length ? 120 : 121);
  }
  const alias = context.alias('i');
  const values = columns.map((column, index) => {
    const own = source.columns[index];
    return assignSql(context, table, column, sourceColumn(alias, index, own?.type ?? column.type));
  });
  const names = columns.map((column) => quoteName(column.name));
  const from = `FROM (${prefix} ${source.render()}) AS ${alias}`;
  const list = values.map((value, index) => `${value} AS c${index}`).join(',');
  return {
    ...base,
    // WHERE keeps SQLite from reading ON CONFLICT into the join; it changes nothing else.
    sql: `${into} (${names.join(',')}) SELECT ${values.join(',')} ${from} WHERE 1${output.sql}`,
    source: {
      sql: `SELECT ${list} ${from}`,
      columns: new Map(columns.map((column, index) => [column.name.toLowerCase(), `c${index}`])),
    },
  };
}

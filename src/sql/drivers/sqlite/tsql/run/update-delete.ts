import { bindCommonTables } from '../bind/bind-common-tables.ts';
import { bindCondition } from '../bind/bind-condition.ts';
import { bindExpression } from '../bind/bind-expression.ts';
import { bindFrom } from '../bind/bind-from.ts';
import { bindMember, rootEnvironment } from '../bind/bind-query.ts';
import { quoteName } from '../bind/bound.ts';
import type { Environment } from '../bind/environment.ts';
import { FromScope, type Source } from '../bind/scope.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import type { Table } from '../catalogue.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import type {
  Condition,
  DeleteStatement,
  TableSource,
  TopClause,
  UpdateStatement,
} from '../parse/ast.ts';
import { convertImplicitly } from '../types/convert.ts';
import { BIGINT } from '../types/sql-type.ts';
import { assignSql, sourceColumn } from './assign.ts';
import { type BoundChange, bindOutput, tableName } from './change.ts';

type TableNode = Extract<TableSource, { kind: 'table' }>;

function tablesIn(sources: readonly TableSource[]): TableNode[] {
  return sources.flatMap((source) => {
    if (source.kind === 'table') return [source];
    return source.kind === 'join' ? tablesIn([source.left, source.right]) : [];
  });
}

interface Target {
  readonly table: Table;
  readonly environment: Environment;
  readonly prefix: string;
  /** The rows to change: FROM, WHERE and LIMIT. */
  readonly tail: string;
  readonly rowId: string;
}

type ChangeStatement = Pick<
  UpdateStatement | DeleteStatement,
  'commonTables' | 'table' | 'from' | 'top' | 'where'
>;

/** The target may be named by its alias in FROM, by its name there, or stand beside FROM. */
function findTarget(statement: ChangeStatement): { from: readonly TableSource[]; node: TableNode } {
  const wanted = statement.table.map((part) => part.toLowerCase());
  const name = wanted.at(-1);
  const nodes = tablesIn(statement.from);
  const byAlias =
    wanted.length === 1 ? nodes.find((node) => node.alias?.toLowerCase() === name) : undefined;
  const byName = nodes.find(
    (node) => node.alias === undefined && node.name.at(-1)?.toLowerCase() === name,
  );
  const anyName = nodes.filter((node) => node.name.at(-1)?.toLowerCase() === name);
  const node = byAlias ?? byName ?? (anyName.length === 1 ? anyName[0] : undefined);
  if (node !== undefined) return { from: statement.from, node };
  const own: TableNode = { kind: 'table', name: statement.table };
  return { from: [own, ...statement.from], node: own };
}

function bindTarget(context: StatementContext, statement: ChangeStatement): Target {
  const root = rootEnvironment(context);
  const { prefix, inner } = bindCommonTables(root, statement.commonTables, bindMember);
  const { from, node } = findTarget(statement);
  if (node.name.length === 1 && inner.commonTables.has(node.name[0]?.toLowerCase() ?? '')) {
    throw unsupported('changing rows through a common table expression');
  }
  const table = context.catalogue.table(node.name, context.currentCatalogue);
  const bound = bindFrom(inner, from);
  const exposed = (node.alias ?? node.name.at(-1) ?? '').toLowerCase();
  const source = bound.sources.find((candidate: Source) => candidate.exposedName === exposed);
  if (source === undefined) throw sqlServerError(208, statement.table.join('.'));
  const environment = { ...inner, scope: new FromScope(bound.sources, undefined) };
  const tail = `FROM ${bound.sql}${whereSql(environment, statement.where)}${limitSql(inner, statement.top)}`;
  return { table, environment, prefix, tail, rowId: `${source.alias}._rowid_` };
}

function whereSql(environment: Environment, where: Condition | undefined): string {
  return where === undefined ? '' : ` WHERE ${bindCondition(environment, where, bindExpression)}`;
}

function limitSql(environment: Environment, top: TopClause | undefined): string {
  if (top === undefined) return '';
  const count = convertImplicitly(
    environment.context,
    bindExpression(environment, top.count),
    BIGINT,
  );
  const value = environment.context.fold(count).known?.value;
  if (typeof value !== 'bigint') throw sqlServerError(1060);
  if (value < 0n) throw sqlServerError(127);
  return ` LIMIT ${count.sql}`;
}

export function bindUpdate(context: StatementContext, statement: UpdateStatement): BoundChange {
  const target = bindTarget(context, statement);
  const { table, environment } = target;
  const output = bindOutput(rootEnvironment(context), table, statement.output, 'inserted');
  const alias = context.alias('s');
  const inner: string[] = [`${target.rowId} AS rid`];
  const sets: string[] = [];
  const columns = new Map<string, string>();
  for (const { target: assigned, expression } of statement.assignments) {
    if ('variable' in assigned) throw unsupported('setting a variable in UPDATE');
    const column = table.columns.find(
      (own) => own.name.toLowerCase() === assigned.column.toLowerCase(),
    );
    if (column === undefined) throw sqlServerError(207, assigned.column);
    if (column.isIdentity) throw sqlServerError(8102, column.name);
    if (column.type.name === 'rowversion') throw sqlServerError(272);
    if (columns.has(column.name.toLowerCase())) throw sqlServerError(264, column.name);
    if (expression.kind === 'default') throw unsupported('DEFAULT in UPDATE');
    const index = sets.length;
    const value = bindExpression(environment, expression);
    inner.push(`${value.sql} AS c${index}`);
    // A known value keeps being known: its conversion is decided here.
    const source = value.isConstant ? value : sourceColumn(alias, index, value.type);
    sets.push(`${quoteName(column.name)}=${assignSql(context, table, column, source)}`);
    columns.set(column.name.toLowerCase(), `c${index}`);
  }
  const rows = `${target.prefix} SELECT ${inner.join(',')} ${target.tail}`;
  return {
    verb: 'UPDATE',
    table,
    sql: `UPDATE ${tableName(table)} SET ${sets.join(',')} FROM (${rows}) AS ${alias} WHERE ${quoteName(table.name)}._rowid_=${alias}.rid${output.sql}`,
    output: output.columns,
    source: { sql: rows, columns },
    rowIds: `SELECT rid FROM (${rows})`,
  };
}

export function bindDelete(context: StatementContext, statement: DeleteStatement): BoundChange {
  const target = bindTarget(context, statement);
  const output = bindOutput(rootEnvironment(context), target.table, statement.output, 'deleted');
  const rowIds = `${target.prefix} SELECT ${target.rowId} AS rid ${target.tail}`;
  return {
    verb: 'DELETE',
    table: target.table,
    sql: `DELETE FROM ${tableName(target.table)} WHERE _rowid_ IN (${rowIds})${output.sql}`,
    output: output.columns,
    rowIds,
  };
}

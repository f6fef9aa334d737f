import { sqlServerError } from '../errors.ts';
import type { CommonTable, QueryBody } from '../parse/ast.ts';
import { readsTable } from './ast-search.ts';
import { namedColumns } from './bind-from.ts';
import { quoteName } from './bound.ts';
import type { BoundQuery, CommonTableView, Environment } from './environment.ts';

type BindMember = (body: QueryBody, environment: Environment) => BoundQuery;

/** The WITH clause in SQLite's words, and the environment in which its names are in view. */
export function bindCommonTables(
  environment: Environment,
  tables: readonly CommonTable[],
  bindMember: BindMember,
): { prefix: string; inner: Environment } {
  if (tables.length === 0) return { prefix: '', inner: environment };
  let inner = environment;
  const definitions: string[] = [];
  for (const table of tables) {
    if (
      definitions.length > 0 &&
      environment !== inner &&
      ownNames(inner, environment).has(table.name.toLowerCase())
    ) {
      throw sqlServerError(
        239,
        `Duplicate common table expression name '${table.name}' was specified.`,
      );
    }
    const sqlName = environment.context.alias('cte');
    const { sql, view } = defineTable(inner, table, sqlName, bindMember);
    const columns = view.columns.map((_, index) => quoteName(`c${index}`)).join(',');
    definitions.push(`${sqlName}(${columns}) AS (${sql})`);
    inner = withTable(inner, table.name, view);
  }
  return { prefix: `WITH RECURSIVE ${definitions.join(',')}`, inner };
}

function ownNames(inner: Environment, outer: Environment): Set<string> {
  return new Set(
    [...inner.commonTables.keys()].filter(
      (name) => inner.commonTables.get(name) !== outer.commonTables.get(name),
    ),
  );
}

function withTable(environment: Environment, name: string, view: CommonTableView): Environment {
  const commonTables = new Map(environment.commonTables).set(name.toLowerCase(), view);
  return { ...environment, commonTables };
}

function defineTable(
  environment: Environment,
  table: CommonTable,
  sqlName: string,
  bindMember: BindMember,
): { sql: string; view: CommonTableView } {
  const { body } = table.query;
  const isRecursive =
    readsTable(table.query, table.name) && !environment.commonTables.has(table.name.toLowerCase());
  if (isRecursive && body.kind === 'set' && body.operator === 'UNION ALL') {
    const anchor = bindMember(body.left, environment);
    const view = { sqlName, columns: namedColumns(anchor, table.name, table.columns) };
    const types = view.columns.map((column) => column.type);
    const step = bindMember(body.right, withTable(environment, table.name, view));
    if (step.columns.length !== types.length) throw sqlServerError(205);
    return { sql: `${anchor.render()} UNION ALL ${step.render({ types })}`, view };
  }
  const query = environment.bindQuery(table.query, environment);
  return {
    sql: query.render(),
    view: { sqlName, columns: namedColumns(query, table.name, table.columns) },
  };
}

import { sqlServerError, unsupported } from '../errors.ts';
import type { CommonTable, Expression, QueryBody, TableSource } from '../parse/ast.ts';
import { INT, type SqlType } from '../types/sql-type.ts';
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
    return defineRecursive(environment, table, body, sqlName, bindMember);
  }
  const query = environment.bindQuery(table.query, environment);
  return {
    sql: query.render(),
    view: { sqlName, columns: namedColumns(query, table.name, table.columns) },
  };
}

/** Names that no statement can write. */
const DEPTH = '\ue000depth';
export const NEXT_DEPTH = '\ue000next_depth';
/** Without the option there is no limit, unlike SQL Server's 100: the execution limit ends what never ends. */
const DEFAULT_RECURSION = 0;

/** Every row knows how often the recursive member was called for it, so that there is an end to it. */
function defineRecursive(
  environment: Environment,
  table: CommonTable,
  body: Extract<QueryBody, { kind: 'set' }>,
  sqlName: string,
  bindMember: BindMember,
): { sql: string; view: CommonTableView } {
  const limit = environment.maxRecursion ?? DEFAULT_RECURSION;
  const anchor = bindMember(
    withItem(body.left, { kind: 'literal', type: 'integer', text: '0' }),
    environment,
  );
  const names = table.columns === undefined ? undefined : [...table.columns, DEPTH];
  const columns = namedColumns(anchor, table.name, names).map((column) => ({
    ...column,
    isHidden: column.name === DEPTH,
    type: column.type.name === 'null' || column.name === DEPTH ? INT : column.type,
  }));
  const view = { sqlName, columns };
  const alias = aliasOf(body.right, table.name);
  const depth: Expression = { kind: 'column', parts: [alias, DEPTH] };
  const next: Expression = {
    kind: 'call',
    name: NEXT_DEPTH,
    args: [depth, { kind: 'literal', type: 'integer', text: String(limit) }],
    isStar: false,
    isDistinct: false,
  };
  const step = bindMember(withItem(body.right, next), withTable(environment, table.name, view));
  const types = columns.map((column) => column.type);
  if (step.columns.length !== types.length) throw sqlServerError(205);
  columns.forEach(({ name, type }, index) => {
    const other = step.columns[index]?.type;
    if (other !== undefined && other.name !== 'null' && !isSameRecursiveType(type, other)) {
      throw sqlServerError(240, name, table.name);
    }
  });
  return { sql: `${anchor.render({ types })} UNION ALL ${step.render({ types })}`, view };
}

function isSameRecursiveType(left: SqlType, right: SqlType): boolean {
  if (left.name !== right.name || left.length !== right.length) return false;
  const isDecimal = left.name === 'decimal';
  return !isDecimal || (left.precision === right.precision && left.scale === right.scale);
}

/** The member with one more column at its end. */
function withItem(body: QueryBody, expression: Expression): QueryBody {
  switch (body.kind) {
    case 'select':
      return { ...body, items: [...body.items, { kind: 'value', expression, alias: DEPTH }] };
    case 'set':
      return {
        ...body,
        left: withItem(body.left, expression),
        right: withItem(body.right, expression),
      };
    case 'nested':
      return {
        ...body,
        query: { ...body.query, body: withItem(body.query.body, expression) },
      };
    case 'values':
      return { ...body, rows: body.rows.map((row) => [...row, expression]) };
  }
}

/** Under which name the recursive member's FROM knows the table. */
function aliasOf(body: QueryBody, name: string): string {
  const sources = body.kind === 'select' ? body.from : [];
  const pending: TableSource[] = [...sources];
  for (let source = pending.pop(); source !== undefined; source = pending.pop()) {
    if (source.kind === 'join') pending.push(source.left, source.right);
    else if (
      source.kind === 'table' &&
      source.name.length === 1 &&
      source.name[0]?.toLowerCase() === name.toLowerCase()
    ) {
      return source.alias ?? name;
    }
  }
  throw unsupported('this form of a recursive query');
}

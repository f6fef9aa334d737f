import { sqlServerError } from '../errors.ts';
import type { TableSource } from '../parse/ast.ts';
import { bindCondition } from './bind-condition.ts';
import { bindExpression } from './bind-expression.ts';
import { quoteName } from './bound.ts';
import type { BoundQuery, Environment, OutputColumn } from './environment.ts';
import { FromScope, qualifiedColumn, type Source } from './scope.ts';
import { systemView } from './system-views.ts';

export interface BoundFrom {
  readonly sql: string;
  readonly sources: readonly Source[];
}

/** A FROM clause: its SQL without the word, and the names it brings. */
export function bindFrom(environment: Environment, list: readonly TableSource[]): BoundFrom {
  const bound = list.map((source) => bindSource(environment, source));
  const sources = bound.flatMap((part) => part.sources);
  rejectDuplicates(sources);
  const parts = bound.map((part, index) =>
    list[index]?.kind === 'join' && bound.length > 1 ? `(${part.sql})` : part.sql,
  );
  return { sql: parts.join(' JOIN '), sources };
}

function rejectDuplicates(sources: readonly Source[]): void {
  const seen = new Set<string>();
  for (const { exposedName, displayName, qualifiers } of sources) {
    const key = `${qualifiers.join('.')}.${exposedName}`;
    if (seen.has(key)) {
      throw qualifiers.length === 0
        ? sqlServerError(1011, displayName)
        : sqlServerError(1013, displayName);
    }
    seen.add(key);
  }
}

function bindSource(environment: Environment, source: TableSource): BoundFrom {
  switch (source.kind) {
    case 'table':
      return bindTable(environment, source);
    case 'derived': {
      const query = environment.bindQuery(source.query, environment);
      const columns = namedColumns(query, source.alias, source.columns);
      return queryAs(environment, `(${query.render()})`, columns, source.alias);
    }
    case 'join':
      return bindJoin(environment, source);
  }
}

/** The columns of a subquery under the names that others may use. */
export function namedColumns(
  query: BoundQuery,
  alias: string,
  names: readonly string[] | undefined,
): readonly OutputColumn[] {
  if (names !== undefined && names.length !== query.columns.length) {
    throw sqlServerError(names.length < query.columns.length ? 8158 : 8159, alias);
  }
  const seen = new Set<string>();
  return query.columns.map((column, index) => {
    const name = names?.[index] ?? column.name;
    if (name === '') throw sqlServerError(8155, index + 1, alias);
    if (seen.has(name.toLowerCase())) throw sqlServerError(8156, name, alias);
    seen.add(name.toLowerCase());
    return { ...column, name };
  });
}

function queryAs(
  environment: Environment,
  sql: string,
  columns: readonly OutputColumn[],
  name: string,
): BoundFrom {
  const alias = environment.context.alias('t');
  const source: Source = {
    exposedName: name.toLowerCase(),
    displayName: name,
    qualifiers: [],
    alias,
    columns: columns.map((column, index) => ({ ...column, sql: `${alias}.c${index}` })),
  };
  return { sql: `${sql} AS ${alias}`, sources: [source] };
}

function bindTable(
  environment: Environment,
  { name, alias: given }: Extract<TableSource, { kind: 'table' }>,
): BoundFrom {
  const { context } = environment;
  const own = name.at(-1) ?? '';
  const common = name.length === 1 ? environment.commonTables.get(own.toLowerCase()) : undefined;
  if (common !== undefined) {
    return queryAs(environment, common.sqlName, common.columns, given ?? own);
  }
  const view = systemView(context, name);
  if (view !== undefined) return queryAs(environment, `(${view.sql})`, view.columns, given ?? own);
  const table = context.catalogue.table(name, context.currentCatalogue);
  const alias = context.alias('t');
  const source: Source = {
    exposedName: (given ?? own).toLowerCase(),
    displayName: given ?? table.name,
    qualifiers: given === undefined ? ['dbo', table.catalogue.toLowerCase()] : [],
    alias,
    columns: table.columns.map((column) => ({
      ...column,
      sql: qualifiedColumn(alias, column.name),
    })),
  };
  return {
    sql: `${quoteName(table.schema)}.${quoteName(table.name)} AS ${alias}`,
    sources: [source],
  };
}

function bindJoin(
  environment: Environment,
  join: Extract<TableSource, { kind: 'join' }>,
): BoundFrom {
  const left = bindSource(environment, join.left);
  const right = bindSource(environment, join.right);
  const sources = [...left.sources, ...right.sources];
  const rightSql = join.right.kind === 'join' ? `(${right.sql})` : right.sql;
  if (join.on === undefined) return { sql: `${left.sql} JOIN ${rightSql}`, sources };
  const scope = new FromScope(sources, environment.scope);
  const on = bindCondition({ ...environment, scope }, join.on, bindExpression);
  return { sql: `${left.sql} ${join.type} JOIN ${rightSql} ON ${on}`, sources };
}

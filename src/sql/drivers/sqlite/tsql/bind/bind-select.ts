import { sqlServerError } from '../errors.ts';
import type { Expression, OrderItem, SelectBody } from '../parse/ast.ts';
import { containsAggregate, containsWindow } from './ast-search.ts';
import { bindCondition } from './bind-condition.ts';
import { bindExpression } from './bind-expression.ts';
import { bindFrom } from './bind-from.ts';
import type { Bound } from './bound.ts';
import type { Environment } from './environment.ts';
import { GroupedScope } from './grouped-scope.ts';
import { FromScope } from './scope.ts';
import { WindowScope } from './window-scope.ts';

export interface BoundItem {
  readonly name: string;
  readonly bound: Bound;
}

/** One SELECT without its ORDER BY: columns over a FROM that is complete once everything is bound. */
export interface BoundSelect {
  readonly items: readonly BoundItem[];
  readonly environment: Environment;
  /** FROM and WHERE; call it last. */
  readonly tail: () => string;
  readonly isSingleRow: boolean;
  readonly grouped: GroupedScope | undefined;
}

export function bindSelect(
  outer: Environment,
  body: SelectBody,
  orderBy: readonly OrderItem[],
): BoundSelect {
  const from = bindFrom(outer, body.from);
  const rows = new FromScope(from.sources, outer.scope);
  const rowEnvironment: Environment = { ...outer, scope: rows };
  const where =
    body.where === undefined
      ? ''
      : ` WHERE ${bindCondition(rowEnvironment, body.where, bindExpression)}`;
  const rowTail = `${from.sql === '' ? '' : `FROM ${from.sql}`}${where}`;
  const isGrouped =
    body.groupBy.length > 0 ||
    body.having !== undefined ||
    containsAggregate(body.items) ||
    containsAggregate(orderBy);
  const grouped = isGrouped ? new GroupedScope(outer, rows, body.groupBy) : undefined;
  const base = grouped ?? rows;
  const having = grouped === undefined ? '' : havingSql(outer, grouped, body);
  const windowed =
    containsWindow(body.items) || containsWindow(orderBy)
      ? new WindowScope(outer, base)
      : undefined;
  const environment: Environment = { ...outer, scope: windowed ?? base };
  const items = body.items.flatMap((item): BoundItem[] => {
    if (item.kind === 'star') return starItems(environment, rows, item.qualifier);
    const bound = bindExpression(environment, item.expression);
    return [{ name: item.kind === 'value' ? (item.alias ?? nameOf(item.expression)) : '', bound }];
  });
  const tail = (): string => {
    const inner = grouped === undefined ? rowTail : `${grouped.from(rowTail)}${having}`;
    return windowed === undefined ? inner : windowed.from(inner);
  };
  const isSingleRow = (grouped?.isSingleGroup ?? false) || body.from.length === 0;
  return { items, environment, tail, isSingleRow, grouped };
}

function havingSql(outer: Environment, grouped: GroupedScope, body: SelectBody): string {
  if (body.having === undefined) return '';
  grouped.clauseError = 8121;
  const sql = bindCondition({ ...outer, scope: grouped }, body.having, bindExpression);
  grouped.clauseError = 8120;
  return ` WHERE ${sql}`;
}

/** A star is its columns by name, so that grouped and windowed levels see them as any other column. */
function starItems(
  environment: Environment,
  rows: FromScope,
  qualifier: readonly string[],
): BoundItem[] {
  if (rows.sources.length === 0) throw sqlServerError(263, 'Must specify table to select from.');
  const isPlain = environment.scope === rows;
  return rows.star(qualifier).map(({ name, bound }) => {
    if (isPlain) return { name, bound };
    const source = rows.sources.find(
      (candidate) =>
        bound.sql.startsWith(`"${candidate.alias}".`) ||
        bound.sql.startsWith(`${candidate.alias}.`),
    );
    const parts = [...(source?.qualifiers.toReversed() ?? []), source?.exposedName ?? '', name];
    return { name, bound: environment.scope?.column(parts) ?? bound };
  });
}

function nameOf(node: Expression): string {
  if (node.kind === 'column') return node.parts.at(-1) ?? '';
  return node.kind === 'collate' ? nameOf(node.operand) : '';
}

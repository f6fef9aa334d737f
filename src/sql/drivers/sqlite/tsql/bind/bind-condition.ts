import { sqlServerError, unsupported } from '../errors.ts';
import type { Condition, Expression } from '../parse/ast.ts';
import { equalityKey } from '../types/collation.ts';
import { convertImplicitly } from '../types/convert.ts';
import { isText, nvarchar } from '../types/sql-type.ts';
import { unifyTypes } from '../types/unify.ts';
import { bindBinaryComparison } from './binary-comparison.ts';
import type { Bound } from './bound.ts';
import { compareSql, groupKey } from './compare.ts';
import type { Environment } from './environment.ts';
import { likeSql } from './like.ts';

type BindExpression = (environment: Environment, node: Expression) => Bound;

/** Beyond this many, texts of an IN list are compared by key instead of one by one through an index. */
const MAX_ALTERNATIVES = 250;

/** A condition as an SQLite truth value, NULL standing for unknown. */
export function bindCondition(
  environment: Environment,
  node: Condition,
  bind: BindExpression,
): string {
  const { context } = environment;
  const again = (child: Condition): string => bindCondition(environment, child, bind);
  switch (node.kind) {
    case 'and':
    case 'or':
      return balanced(operandsOf(node).map(again), node.kind.toUpperCase());
    case 'not':
      return `(NOT ${again(node.operand)})`;
    case 'compare':
      return (
        bindBinaryComparison(node, (side) => bind(environment, side)) ??
        compareSql(
          context,
          node.operator,
          bind(environment, node.left),
          bind(environment, node.right),
        )
      );
    case 'isNull':
      return `(${bind(environment, node.operand).sql} IS ${node.negated ? 'NOT ' : ''}NULL)`;
    case 'exists':
      return `EXISTS(${environment.bindQuery(node.query, environment).render()})`;
    case 'between': {
      const operand = bind(environment, node.operand);
      const low = compareSql(context, '>=', operand, bind(environment, node.low));
      const high = compareSql(context, '<=', operand, bind(environment, node.high));
      return negate(`(${low} AND ${high})`, node.negated);
    }
    case 'like':
      return bindLike(environment, node, bind);
    case 'in':
      return negate(
        node.query === undefined
          ? inList(environment, node, bind)
          : inQuery(environment, bind(environment, node.operand), node.query),
        node.negated,
      );
    case 'quantified':
      return bindQuantified(environment, node, bind);
  }
}

/** The conditions that a row of equal operators joins, from left to right. */
function operandsOf(node: Extract<Condition, { kind: 'and' | 'or' }>): Condition[] {
  const operands: Condition[] = [];
  const pending: Condition[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === node.kind) pending.push(next.left, next.right);
    else operands.push(next);
  }
  return operands.toReversed();
}

/** Long rows as a shallow tree: SQLite limits the depth of an expression. */
function balanced(conditions: readonly string[], operator: string): string {
  if (conditions.length <= 100) return `(${conditions.join(` ${operator} `)})`;
  const middle = conditions.length >> 1;
  const [left, right] = [conditions.slice(0, middle), conditions.slice(middle)];
  return `(${balanced(left, operator)} ${operator} ${balanced(right, operator)})`;
}

function negate(sql: string, negated: boolean): string {
  return negated ? `(NOT ${sql})` : sql;
}

function bindLike(
  environment: Environment,
  node: Extract<Condition, { kind: 'like' }>,
  bind: BindExpression,
): string {
  const { context } = environment;
  const asText = (child: Expression): Bound => {
    const bound = bind(environment, child);
    if (isText(bound.type)) return bound;
    if (bound.type.name === 'image') throw sqlServerError(8116, 'image', 1, 'like');
    return convertImplicitly(context, bound, nvarchar(4000));
  };
  const escape = node.escape === undefined ? undefined : asText(node.escape);
  return negate(likeSql(context, asText(node.operand), asText(node.pattern), escape), node.negated);
}

function inList(
  environment: Environment,
  node: Extract<Condition, { kind: 'in' }>,
  bind: BindExpression,
): string {
  const { context } = environment;
  const operand = bind(environment, node.operand);
  const values = (node.list ?? []).map((child) => bind(environment, child));
  const type = values.map((value) => value.type).reduce(unifyTypes, operand.type);
  if (isText(type) && values.length > MAX_ALTERNATIVES) {
    const keys = values.map((value) => equalityKey(context, value));
    return `(${groupKey(context, operand)} IN (${keys.join(',')}))`;
  }
  const isPlain = ['int', 'bigint', 'smallint', 'tinyint', 'uniqueidentifier', 'date'].includes(
    type.name,
  );
  if (isPlain) {
    const list = values.map((value) => convertImplicitly(context, value, type).sql);
    return `(${convertImplicitly(context, operand, type).sql} IN (${list.join(',')}))`;
  }
  return balanced(
    values.map((value) => compareSql(context, '=', operand, value)),
    'OR',
  );
}

function inQuery(
  environment: Environment,
  operand: Bound,
  node: Extract<Condition, { kind: 'exists' }>['query'],
): string {
  const { context } = environment;
  const query = environment.bindQuery(node, environment);
  const [column] = query.columns;
  if (column === undefined || query.columns.length !== 1) throw sqlServerError(116);
  const type = unifyTypes(operand.type, column.type);
  const left =
    isText(operand.type) && isText(type) ? operand : convertImplicitly(context, operand, type);
  const types = isText(column.type) && isText(type) ? undefined : [type];
  if (!isText(type) && type.name !== 'datetimeoffset') {
    return `(${left.sql} IN (${query.render({ types })}))`;
  }
  const inner: Bound = { sql: 'i.c0', type, isSimple: true, isConstant: false };
  return `(${groupKey(context, left)} IN (SELECT ${groupKey(context, inner)} FROM (${query.render({ types })}) AS i))`;
}

function bindQuantified(
  environment: Environment,
  node: Extract<Condition, { kind: 'quantified' }>,
  bind: BindExpression,
): string {
  const isIn = node.operator === '=' && node.quantifier === 'ANY';
  const isNotIn = node.operator === '<>' && node.quantifier === 'ALL';
  if (!isIn && !isNotIn) throw unsupported(`${node.operator} ${node.quantifier} (subquery)`);
  return negate(inQuery(environment, bind(environment, node.left), node.query), isNotIn);
}

import { sqlServerError, unsupported } from '../errors.ts';
import type { Expression } from '../parse/ast.ts';
import { convert, convertImplicitly } from '../types/convert.ts';
import { isText, messageName, NULL_TYPE, type SqlType } from '../types/sql-type.ts';
import { unifyTypes } from '../types/unify.ts';
import { bindBinary, bindUnary } from './arithmetic.ts';
import { bindCondition } from './bind-condition.ts';
import { bindLiteral } from './bind-literal.ts';
import { type Bound, computed, raiseError } from './bound.ts';
import { compareSql } from './compare.ts';
import type { Environment } from './environment.ts';
import { resolveColumn } from './scope.ts';
import { bindSystemVariable } from './system-variable.ts';

export const AGGREGATES: ReadonlySet<string> = new Set([
  'COUNT',
  'COUNT_BIG',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'STRING_AGG',
  'STDEV',
  'STDEVP',
  'VAR',
  'VARP',
]);

/** The meaning of a value expression where it stands. */
export function bindExpression(environment: Environment, node: Expression): Bound {
  const intercepted = environment.scope?.intercept?.(node);
  return intercepted ?? bindHere(environment, node);
}

function bindHere(environment: Environment, node: Expression): Bound {
  const { context } = environment;
  const bind = (child: Expression): Bound => bindExpression(environment, child);
  switch (node.kind) {
    case 'literal':
      return bindLiteral(context, node);
    case 'null':
      return context.constant(null, NULL_TYPE);
    case 'default':
      throw sqlServerError(156, 'DEFAULT');
    case 'column':
      return resolveColumn(environment.scope, node.parts);
    case 'variable':
      return context.variable(node.name);
    case 'systemVariable':
      return bindSystemVariable(context, node.name);
    case 'unary':
      return bindUnary(context, node.operator, bind(node.operand));
    case 'binary':
      return bindBinary(context, node.operator, bind(node.left), bind(node.right));
    case 'cast':
      return bindCast(environment, node);
    case 'case':
      return bindCase(environment, node);
    case 'subquery':
      return bindSubquery(environment, node.query);
    case 'collate':
      return bindCollate(bind(node.operand), node.collation);
    case 'call':
      return bindCall(environment, node);
  }
}

type CallNode = Extract<Expression, { kind: 'call' }>;

function bindCall(environment: Environment, node: CallNode): Bound {
  const name = node.name.toUpperCase();
  if (node.over !== undefined) throw sqlServerError(4108);
  if (AGGREGATES.has(name)) throw sqlServerError(147);
  if (node.isStar || node.isDistinct) throw sqlServerError(102, node.isStar ? '*' : 'DISTINCT');
  return environment.bindFunction({
    name: node.name,
    nodes: node.args,
    context: environment.context,
    bind: (index) => {
      const argument = node.args[index];
      if (argument === undefined) throw sqlServerError(174, node.name.toLowerCase(), index + 1);
      return bindExpression(environment, argument);
    },
  });
}

function bindCollate(operand: Bound, collation: string): Bound {
  if (!isText(operand.type) && operand.type.name !== 'null') {
    throw sqlServerError(
      447,
      `Expression type ${messageName(operand.type)} is invalid for COLLATE clause.`,
    );
  }
  if (!/^(database_default|latin1_general_ci_as|sql_latin1_general_cp1_ci_as)$/i.test(collation)) {
    throw unsupported(`COLLATE ${collation}`);
  }
  return operand;
}

function bindCast(environment: Environment, node: Extract<Expression, { kind: 'cast' }>): Bound {
  const { context } = environment;
  const operand = bindExpression(environment, node.operand);
  const style = node.style === undefined ? undefined : styleOf(environment, node.style);
  const isCut = isText(node.type) && isText(operand.type);
  const converted = convert(
    context,
    isCut ? { ...operand, columnName: undefined } : operand,
    node.type,
    style,
  );
  if (!node.isTry) return converted;
  if (converted.known !== undefined || !converted.sql.includes('json_extract(')) return converted;
  // A constant that could not be converted; a column's failures cannot be caught within SQLite.
  if (converted.isConstant) {
    try {
      return context.constant(context.evaluate(converted), node.type);
    } catch {
      return context.constant(null, node.type);
    }
  }
  const caught = converted.sql.replaceAll(RAISING, 'NULL');
  if (caught.includes("json_extract('{}'")) throw unsupported('TRY_CONVERT of this expression');
  return computed(caught, node.type, operand);
}

/** The raising calls that {@link raiseError} writes: texts with doubled quotes, joined to one-word values. */
const RAISING = /json_extract\('\{\}',(?:'(?:[^']|'')*'|\|\||v[0-9a-f]{12}\.v)+\)/g;

function styleOf(environment: Environment, node: Expression): number | undefined {
  const bound = bindExpression(environment, node);
  if (!bound.isConstant) throw unsupported('a CONVERT style that is not constant');
  const value = environment.context.evaluate(bound);
  return value === null ? undefined : Number(value);
}

function bindCase(environment: Environment, node: Extract<Expression, { kind: 'case' }>): Bound {
  const { context } = environment;
  const operand =
    node.operand === undefined ? undefined : bindExpression(environment, node.operand);
  const whens = node.branches.map(({ when }) =>
    operand === undefined
      ? bindCondition(environment, when as never, bindExpression)
      : compareSql(context, '=', operand, bindExpression(environment, when as Expression)),
  );
  const results = node.branches.map(({ result }) => bindExpression(environment, result));
  if (node.otherwise !== undefined) results.push(bindExpression(environment, node.otherwise));
  const type = commonType(results);
  if (type.name === 'null') throw sqlServerError(8133);
  const values = results.map((result) => convertImplicitly(context, result, type).sql);
  const branches = whens.map((when, index) => `WHEN ${when} THEN ${values[index]}`).join(' ');
  const otherwise = node.otherwise === undefined ? '' : ` ELSE ${values.at(-1)}`;
  return { ...computed(`CASE ${branches}${otherwise} END`, type), isConstant: false };
}

/** The type that all of them take. */
export function commonType(values: readonly Bound[]): SqlType {
  return values.map((value) => value.type).reduce(unifyTypes, NULL_TYPE);
}

function bindSubquery(
  environment: Environment,
  node: Extract<Expression, { kind: 'subquery' }>['query'],
): Bound {
  const query = environment.bindQuery(node, environment);
  const [column] = query.columns;
  if (column === undefined || query.columns.length !== 1) throw sqlServerError(116);
  const tooMany = raiseError(sqlServerError(512));
  const sql = query.atMostOneRow
    ? `(${query.render()})`
    : `(SELECT CASE WHEN q.n>1 THEN ${tooMany} ELSE q.v END FROM (SELECT count(*) AS n, s.c0 AS v FROM (SELECT r.c0 FROM (${query.render()}) AS r LIMIT 2) AS s) AS q)`;
  return { sql, type: column.type, isSimple: false, isConstant: false };
}

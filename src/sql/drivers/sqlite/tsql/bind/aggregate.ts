import { sqlServerError, unsupported } from '../errors.ts';
import type { CallExpression, Expression } from '../parse/ast.ts';
import { convert, convertImplicitly } from '../types/convert.ts';
import {
  checkedInteger,
  guardedDecimal,
  power10,
  textualToScaled,
} from '../types/convert-number.ts';
import {
  BIGINT,
  computedDecimal,
  FLOAT,
  groupOf,
  INT,
  isNational,
  isText,
  MAX_LENGTH,
  messageName,
  type SqlType,
  scaleOf,
} from '../types/sql-type.ts';
import { containsAggregate, containsSubquery } from './ast-search.ts';
import { bindExpression } from './bind-expression.ts';
import { type Bound, computed } from './bound.ts';
import { groupKey, needsGroupKey, orderKey } from './compare.ts';
import type { Environment } from './environment.ts';

/**
 * Registers SQL that only the level of rows or groups can compute, and names the column in which the level above
 * finds it.
 */
export type RegisterColumn = (sql: string) => string;

function column(sql: string, type: SqlType): Bound {
  return { sql, type, isSimple: true, isConstant: false };
}

function rejectOperand(type: SqlType, name: string): never {
  throw sqlServerError(8117, messageName(type), name.toLowerCase());
}

function rejectNested(argument: Expression): void {
  if (containsAggregate(argument) || containsSubquery(argument)) throw sqlServerError(130);
}

/** An aggregate, its plain SQLite parts registered, its T-SQL result computed from them. */
export function bindAggregate(
  environment: Environment,
  node: CallExpression,
  register: RegisterColumn,
): Bound {
  const name = node.name.toUpperCase();
  if (name === 'COUNT' || name === 'COUNT_BIG') return bindCount(environment, node, register);
  if (name === 'STRING_AGG') return bindStringAgg(environment, node, register);
  if (node.isStar) throw sqlServerError(102, '*');
  const [argument] = node.args;
  if (argument === undefined || node.args.length !== 1)
    throw sqlServerError(174, node.name.toLowerCase(), 1);
  rejectNested(argument);
  const operand = bindExpression(environment, argument);
  const distinct = node.isDistinct ? 'DISTINCT ' : '';
  switch (name) {
    case 'SUM':
      return bindSum(operand, distinct, register);
    case 'AVG':
      return bindAverage(operand, distinct, register);
    case 'MIN':
    case 'MAX':
      return bindExtreme(environment, operand, name, register);
    default:
      throw unsupported(name);
  }
}

function bindCount(
  environment: Environment,
  node: CallExpression,
  register: RegisterColumn,
): Bound {
  const type = node.name.toUpperCase() === 'COUNT' ? INT : BIGINT;
  if (node.isStar) return column(register('count(*)'), type);
  const [argument] = node.args;
  if (argument === undefined || node.args.length !== 1)
    throw sqlServerError(174, node.name.toLowerCase(), 1);
  rejectNested(argument);
  const operand = bindExpression(environment, argument);
  const counted = node.isDistinct
    ? `DISTINCT ${groupKey(environment.context, operand)}`
    : operand.sql;
  return column(register(`count(${counted})`), type);
}

function scaledSql(operand: Bound): string {
  return operand.type.isTextual === true ? textualToScaled(operand) : operand.sql;
}

function bindSum(operand: Bound, distinct: string, register: RegisterColumn): Bound {
  const { type } = operand;
  if (type.name === 'bit') rejectOperand(type, 'sum');
  switch (groupOf(type)) {
    case 'integer': {
      const sum = column(register(`sum(${distinct}${operand.sql})`), INT);
      const result = type.name === 'bigint' ? BIGINT : INT;
      return computed(checkedInteger(sum.sql, result), result, sum);
    }
    case 'exact': {
      const result =
        type.name === 'decimal'
          ? computedDecimal(38, scaleOf(type))
          : { ...type, name: 'money' as const };
      return column(register(`sum(${distinct}${scaledSql(operand)})`), result);
    }
    case 'approximate':
      return column(register(`sum(${distinct}${operand.sql})`), FLOAT);
    default:
      return rejectOperand(type, 'sum');
  }
}

function bindAverage(operand: Bound, distinct: string, register: RegisterColumn): Bound {
  const { type } = operand;
  if (type.name === 'bit') rejectOperand(type, 'avg');
  const pieces = (sql: string): { sum: Bound; count: Bound } => ({
    sum: column(register(`sum(${distinct}${sql})`), INT),
    count: column(register(`count(${distinct}${sql})`), INT),
  });
  switch (groupOf(type)) {
    case 'integer': {
      const { sum, count } = pieces(operand.sql);
      return computed(`(${sum.sql}/${count.sql})`, type.name === 'bigint' ? BIGINT : INT, sum);
    }
    case 'exact': {
      const { sum, count } = pieces(scaledSql(operand));
      if (type.name !== 'decimal') {
        return computed(
          `(${sum.sql}/${count.sql})`,
          { name: 'money', precision: 19, scale: 4 },
          sum,
        );
      }
      const scale = Math.max(scaleOf(type), 6);
      const factor = power10(scale - scaleOf(type));
      // Whole part and remainder apart: the sum times the factor could leave 64 bits.
      const sql = `(${sum.sql}/${count.sql}*${factor}+${sum.sql}%${count.sql}*${factor}/${count.sql})`;
      return computed(guardedDecimal(sql), computedDecimal(38, scale), sum);
    }
    case 'approximate': {
      return column(register(`avg(${distinct}${operand.sql})`), FLOAT);
    }
    default:
      return rejectOperand(type, 'avg');
  }
}

function bindExtreme(
  environment: Environment,
  operand: Bound,
  name: 'MIN' | 'MAX',
  register: RegisterColumn,
): Bound {
  const { type } = operand;
  const call = name.toLowerCase();
  if (['bit', 'text', 'ntext', 'image', 'xml'].includes(type.name)) rejectOperand(type, name);
  const isPlain =
    !needsGroupKey(type) && type.isTextual !== true && type.name !== 'uniqueidentifier';
  if (isPlain) return column(register(`${call}(${operand.sql})`), type);
  // Ordered by the key, with the value behind it.
  const key = orderKey(environment.context, operand).replace(/ COLLATE NOCASE$/, '');
  const found = register(`${call}(((${key})||char(2)||${operand.sql}) COLLATE NOCASE)`);
  return computed(`substr(${found},instr(${found},char(2))+1)`, type, column(found, type));
}

function bindStringAgg(
  environment: Environment,
  node: CallExpression,
  register: RegisterColumn,
): Bound {
  const [valueNode, separatorNode] = node.args;
  if (valueNode === undefined || separatorNode === undefined || node.args.length !== 2) {
    throw sqlServerError(174, 'string_agg', 2);
  }
  const { context } = environment;
  const value = bindExpression(environment, valueNode);
  const separator = bindExpression(environment, separatorNode);
  if (!isText(separator.type))
    throw sqlServerError(8116, messageName(separator.type), 2, 'string_agg');
  const text = isText(value.type)
    ? value
    : convertImplicitly(context, value, { name: 'nvarchar', length: 4000 });
  const order = (node.withinGroup ?? [])
    .map((item) => {
      const key = orderKey(context, bindExpression(environment, item.expression));
      return `${key}${item.descending ? ' DESC' : ''}`;
    })
    .join(',');
  const isMax = text.type.length === MAX_LENGTH;
  const name = isNational(text.type) || !isText(value.type) ? 'nvarchar' : 'varchar';
  const limit = name === 'nvarchar' ? 4000 : 8000;
  const plain = convert(context, text, { name, length: text.type.length ?? limit });
  const sql = `group_concat(${plain.sql},${separator.sql}${order === '' ? '' : ` ORDER BY ${order}`})`;
  return column(register(sql), { name, length: isMax ? MAX_LENGTH : limit });
}

import type { Stored } from '../database.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import type { BinaryOperator } from '../parse/ast.ts';
import { convertImplicitly } from '../types/convert.ts';
import {
  checkedInteger,
  guardedDecimal,
  power10,
  rescaled,
  textualToScaled,
} from '../types/convert-number.ts';
import { EPOCH, inRangeSql, instantSql, momentSql } from '../types/moment-sql.ts';
import {
  computedDecimal,
  decimalShape,
  groupOf,
  isNumeric,
  isText,
  MAX_LENGTH,
  messageName,
  type SqlType,
} from '../types/sql-type.ts';
import { unifyTypes } from '../types/unify.ts';
import { type Bound, computed, raiseError } from './bound.ts';
import { once, onceSql, unnested } from './once.ts';
import type { StatementContext } from './statement-context.ts';

const OPERATOR_NAMES: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
  '&': "'&'",
  '|': "'|'",
  '^': "'^'",
};

const DIVIDE_BY_ZERO = raiseError(sqlServerError(8134));

export function bindBinary(
  context: StatementContext,
  operator: BinaryOperator,
  left: Bound,
  right: Bound,
): Bound {
  if (operator === '+' && isTextual(left.type, right.type)) return concatenate(left, right);
  if (groupOf(left.type) === 'moment' || groupOf(right.type) === 'moment') {
    return momentArithmetic(operator, left, right);
  }
  const type = operandType(operator, left.type, right.type);
  if (left.known?.isNull === true || right.known?.isNull === true)
    return context.constant(null, type);
  switch (groupOf(type)) {
    case 'integer':
      return integerArithmetic(context, operator, type, left, right);
    case 'exact':
      return type.name === 'decimal'
        ? decimalArithmetic(context, operator, left, right)
        : moneyArithmetic(context, operator, type, left, right);
    default:
      return floatArithmetic(context, operator, type, left, right);
  }
}

/** Concatenation: both sides are text, or one is and the other is a bare NULL. */
function isTextual(left: SqlType, right: SqlType): boolean {
  const texts = [left, right].filter((type) => isText(type)).length;
  return texts === 2 || (texts === 1 && (left.name === 'null' || right.name === 'null'));
}

function concatenate(left: Bound, right: Bound): Bound {
  const type = unifyTypes(left.type, right.type);
  const length = (left.type.length ?? 0) + (right.type.length ?? 0);
  const limit = type.name.startsWith('n') ? 4000 : 8000;
  const isMax = [left, right].some((side) => side.type.length === MAX_LENGTH);
  const name = type.name.startsWith('n') ? 'nvarchar' : 'varchar';
  const sql = `(${left.sql}||${right.sql})`;
  const isCut = !isMax && length > limit;
  return computed(
    isCut ? `substr(${sql},1,${limit})` : sql,
    { name, length: isMax ? MAX_LENGTH : Math.max(1, Math.min(length, limit)) },
    left,
    right,
  );
}

function operandType(operator: BinaryOperator, left: SqlType, right: SqlType): SqlType {
  const type = unifyTypes(left, right);
  const clash = (): Error =>
    left.name === right.name
      ? sqlServerError(8117, messageName(left), OPERATOR_NAMES[operator])
      : sqlServerError(402, messageName(left), messageName(right), OPERATOR_NAMES[operator]);
  if (type.name === 'null') return { name: 'int' };
  if (!isNumeric(type)) throw clash();
  if (type.name === 'bit' && !['&', '|', '^'].includes(operator)) {
    if (left.name === 'bit' && right.name === 'bit') {
      throw sqlServerError(402, 'bit', 'bit', OPERATOR_NAMES[operator]);
    }
  }
  const isBitwise = ['&', '|', '^'].includes(operator);
  if (isBitwise && groupOf(type) !== 'integer') throw clash();
  if (operator === '%' && groupOf(type) === 'approximate') throw clash();
  return type;
}

const isOtherThanZero = (value: Stored): boolean => value !== null && Number(value) !== 0;

/** The divisor, or error 8134; a known one needs no question. */
function divisorSql(divisor: Bound, sql: string): string {
  if (divisor.known?.ask(isOtherThanZero) === true) return sql;
  return onceSql(sql, (text) => `CASE WHEN ${text}=0 THEN ${DIVIDE_BY_ZERO} ELSE ${text} END`);
}

function integerArithmetic(
  context: StatementContext,
  operator: BinaryOperator,
  type: SqlType,
  left: Bound,
  right: Bound,
): Bound {
  const a = convertImplicitly(context, left, type).sql;
  const divisor = convertImplicitly(context, right, type);
  const b = divisor.sql;
  const done = (sql: string): Bound => computed(sql, type, left, right);
  switch (operator) {
    case '/':
    case '%': {
      const sql = `(${a}${operator}${divisorSql(divisor, b)})`;
      return done(
        operator === '/' && divisor.known === undefined ? checkedInteger(sql, type) : sql,
      );
    }
    case '&':
    case '|':
      return done(`(${a}${operator}${b})`);
    case '^':
      // SQLite has no exclusive or.
      return done(onceSql(a, (x) => onceSql(b, (y) => `((${x}|${y})-(${x}&${y}))`)));
    default:
      return done(
        unnested(a, (x) => unnested(b, (y) => checkedInteger(`(${x}${operator}${y})`, type))),
      );
  }
}

function scaledSql(
  context: StatementContext,
  bound: Bound,
): { sql: string; shape: { precision: number; scale: number } } {
  const isOther = isText(bound.type) || bound.type.name === 'null';
  const value = isOther ? convertImplicitly(context, bound, computedDecimal(18, 0)) : bound;
  return {
    sql: value.type.isTextual === true ? textualToScaled(value) : value.sql,
    shape: decimalShape(value.type),
  };
}

/** SQL Server's shape of a result that would need more than 38 digits. */
function fittedShape(precision: number, scale: number): SqlType {
  if (precision <= 38) return computedDecimal(precision, scale);
  const whole = precision - scale;
  return computedDecimal(38, Math.max(Math.min(scale, 38 - whole), Math.min(scale, 6)));
}

function decimalArithmetic(
  context: StatementContext,
  operator: BinaryOperator,
  left: Bound,
  right: Bound,
): Bound {
  const a = scaledSql(context, left);
  const b = scaledSql(context, right);
  const scale = Math.max(a.shape.scale, b.shape.scale);
  const whole = Math.max(a.shape.precision - a.shape.scale, b.shape.precision - b.shape.scale);
  const aligned = (part: typeof a): string => rescaled(part.sql, part.shape.scale, scale);
  const done = (sql: string, type: SqlType): Bound =>
    computed(guardedDecimal(sql), type, left, right);
  switch (operator) {
    case '*': {
      const full = a.shape.scale + b.shape.scale;
      const type = fittedShape(a.shape.precision + b.shape.precision + 1, full);
      const product = unnested(a.sql, (x) => unnested(b.sql, (y) => guardedDecimal(`(${x}*${y})`)));
      return computed(rescaled(product, full, type.scale ?? 0), type, left, right);
    }
    case '/': {
      const full = Math.max(6, a.shape.scale + b.shape.precision + 1);
      const type = fittedShape(a.shape.precision - a.shape.scale + b.shape.scale + full, full);
      const digits = (type.scale ?? 0) - a.shape.scale + b.shape.scale;
      return done(quotientSql(a.sql, divisorSql(right, b.sql), digits, b.shape.precision), type);
    }
    case '%': {
      const type = computedDecimal(
        Math.min(a.shape.precision - a.shape.scale, b.shape.precision - b.shape.scale) + scale,
        scale,
      );
      return done(`(${aligned(a)}%${divisorSql(right, aligned(b))})`, type);
    }
    default:
      return computed(
        unnested(aligned(a), (x) =>
          unnested(aligned(b), (y) => guardedDecimal(`(${x}${operator}${y})`)),
        ),
        fittedSum(whole, scale),
        left,
        right,
      );
  }
}

function fittedSum(whole: number, scale: number): SqlType {
  return fittedShape(whole + scale + 1, scale);
}

/**
 * `a · 10^digits / b`, cut towards zero. Where the product would leave 64 bits, the quotient grows by a few digits of
 * the remainder at a time, as in long division.
 */
function quotientSql(a: string, b: string, digits: number, divisorPrecision: number): string {
  return onceSql(a, (x) =>
    onceSql(b, (y) => {
      if (digits <= 0) return `(${x}/${y}/${power10(-digits)})`;
      const direct = `(${x}*${power10(Math.min(digits, 18))})`;
      const chunk = Math.max(1, 18 - Math.min(divisorPrecision, 17));
      const long = longDivision(`(${x}/${y})`, `(${x}%${y})`, y, digits, chunk);
      if (digits > 18) return long;
      return `CASE WHEN typeof(${direct})='integer' THEN ${direct}/${y} ELSE ${long} END`;
    }),
  );
}

function longDivision(
  quotient: string,
  remainder: string,
  divisor: string,
  digits: number,
  chunk: number,
): string {
  if (digits === 0) return quotient;
  const step = Math.min(chunk, digits);
  return onceSql(`(${remainder}*${power10(step)})`, (next) =>
    onceSql(`(${quotient}*${power10(step)}+${next}/${divisor})`, (sum) =>
      longDivision(sum, `(${next}%${divisor})`, divisor, digits - step, chunk),
    ),
  );
}

function moneyArithmetic(
  context: StatementContext,
  operator: BinaryOperator,
  type: SqlType,
  left: Bound,
  right: Bound,
): Bound {
  const a = convertImplicitly(context, left, type).sql;
  const divisor = convertImplicitly(context, right, type);
  const b = divisor.sql;
  const done = (sql: string): Bound => computed(guardedDecimal(sql), type, left, right);
  switch (operator) {
    case '*':
      return done(
        rescaled(
          unnested(a, (x) => unnested(b, (y) => guardedDecimal(`(${x}*${y})`))),
          8,
          4,
        ),
      );
    case '/':
      return done(quotientSql(a, divisorSql(divisor, b), 4, 18));
    case '%':
      return done(`(${a}%${divisorSql(divisor, b)})`);
    default:
      return done(`(${a}${operator}${b})`);
  }
}

function floatArithmetic(
  context: StatementContext,
  operator: BinaryOperator,
  type: SqlType,
  left: Bound,
  right: Bound,
): Bound {
  const a = convertImplicitly(context, left, type).sql;
  const divisor = convertImplicitly(context, right, type);
  const b = operator === '/' ? divisorSql(divisor, divisor.sql) : divisor.sql;
  const overflow = raiseError(sqlServerError(8115, 'expression', 'float'));
  return computed(
    onceSql(
      `(${a}${operator}${b})`,
      (value) =>
        `CASE WHEN abs(${value})>1.7976931348623157e308 THEN ${overflow} ELSE ${value} END`,
    ),
    type,
    left,
    right,
  );
}

function isOldMoment(type: SqlType): boolean {
  return type.name === 'datetime' || type.name === 'smalldatetime';
}

/** Two moments: the time that each is away from 1900-01-01. */
function addMoments(operator: '+' | '-', left: Bound, right: Bound): Bound {
  const type = unifyTypes(left.type, right.type);
  const error = sqlServerError(8115, 'expression', type.name);
  const sql = once(left, (a) =>
    once(right, (b) => {
      const distance = `(${instantSql(b, right.type)}-${EPOCH})`;
      const instant = `(${instantSql(a, left.type)}${operator}${distance})`;
      return `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ${momentSql(inRangeSql(instant, type, error), type)} END`;
    }),
  );
  return computed(sql, type, left, right);
}

/** `datetime + 7`: whole days. */
function momentArithmetic(operator: BinaryOperator, left: Bound, right: Bound): Bound {
  if (isOldMoment(left.type) && isOldMoment(right.type) && (operator === '+' || operator === '-')) {
    return addMoments(operator, left, right);
  }
  const name = OPERATOR_NAMES[operator];
  const isSecond = groupOf(left.type) !== 'moment' && operator === '+';
  const [moment, days] = isSecond ? [right, left] : [left, right];
  if (!isOldMoment(moment.type)) {
    throw isNumeric(days.type)
      ? sqlServerError(206, messageName(left.type), messageName(right.type))
      : sqlServerError(402, messageName(left.type), messageName(right.type), name);
  }
  if (groupOf(days.type) !== 'integer' || !['+', '-'].includes(operator)) {
    throw unsupported(
      `the operator ${operator} between ${messageName(left.type)} and ${messageName(right.type)}`,
    );
  }
  const sql = once(moment, (value) => {
    const instant = `(${instantSql(value, moment.type)}${operator}${days.sql}*864000000000)`;
    const error = sqlServerError(8115, 'expression', moment.type.name);
    return momentSql(inRangeSql(instant, moment.type, error), moment.type);
  });
  return computed(nullSafe(sql, days), moment.type, left, right);
}

/** printf and friends turn NULL into text: a NULL operand makes the result NULL. */
function nullSafe(sql: string, operand: Bound): string {
  return `CASE WHEN ${operand.sql} IS NOT NULL THEN ${sql} END`;
}

export function bindUnary(
  context: StatementContext,
  operator: '-' | '+' | '~',
  operand: Bound,
): Bound {
  if (operator === '+') return operand;
  if (operator === '~') {
    if (groupOf(operand.type) !== 'integer')
      throw sqlServerError(8117, messageName(operand.type), "'~'");
    return computed(
      operand.type.name === 'bit' ? `(1-${operand.sql})` : `(~${operand.sql})`,
      operand.type,
      operand,
    );
  }
  const value = operand.known?.value;
  if (typeof value === 'bigint' && operand.type.name !== 'bit')
    return context.constant(-value, operand.type);
  if (typeof value === 'number') return context.constant(-value, operand.type);
  if (isText(operand.type) || !isNumeric(operand.type) || operand.type.name === 'bit') {
    if (operand.type.name === 'null') return operand;
    throw sqlServerError(8117, messageName(operand.type), 'minus');
  }
  if (operand.type.isTextual === true) {
    return computed(
      `(-${textualToScaled(operand)})`,
      computedDecimal(38, operand.type.scale ?? 0),
      operand,
    );
  }
  const sql = `(-${operand.sql})`;
  return computed(
    groupOf(operand.type) === 'integer' ? checkedInteger(sql, operand.type) : sql,
    operand.type,
    operand,
  );
}

import { type Bound, computed, raiseError } from '../bind/bound.ts';
import type { FunctionCall } from '../bind/environment.ts';
import { onceSql } from '../bind/once.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { convertImplicitly } from '../types/convert.ts';
import { checkedInteger, power10, rescaled, textualToScaled } from '../types/convert-number.ts';
import {
  computedDecimal,
  decimalShape,
  FLOAT,
  groupOf,
  INT,
  isText,
  scaleOf,
} from '../types/sql-type.ts';
import {
  arity,
  type FunctionBinder,
  type FunctionTable,
  floatArgument,
  integerArgument,
} from './arguments.ts';

/** Numbers as they are, texts as float, small integers as int. */
function numberArgument(call: FunctionCall, index: number): Bound {
  const bound = call.bind(index);
  if (isText(bound.type) || bound.type.name === 'null')
    return convertImplicitly(call.context, bound, FLOAT);
  const group = groupOf(bound.type);
  if (group === 'integer' && bound.type.name !== 'bigint')
    return convertImplicitly(call.context, bound, INT);
  if (!['integer', 'exact', 'approximate'].includes(group)) {
    throw sqlServerError(8116, bound.type.name, index + 1, call.name.toLowerCase());
  }
  if (bound.type.isTextual !== true) return bound;
  const { precision, scale } = decimalShape(bound.type);
  return computed(textualToScaled(bound), computedDecimal(precision, scale), bound);
}

const abs: FunctionBinder = (call) => {
  arity(call, 1);
  const value = numberArgument(call, 0);
  const sql = `abs(${value.sql})`;
  return computed(
    groupOf(value.type) === 'integer' ? checkedInteger(sql, value.type) : sql,
    value.type,
    value,
  );
};

function rounding(direction: 'floor' | 'ceil'): FunctionBinder {
  return (call) => {
    arity(call, 1);
    const value = numberArgument(call, 0);
    switch (groupOf(value.type)) {
      case 'integer':
        return value;
      case 'exact': {
        const scale = scaleOf(value.type);
        const unit = power10(scale);
        const sql = onceSql(value.sql, (x) =>
          direction === 'floor'
            ? `(${x}/${unit}-(${x}%${unit}<0))`
            : `(${x}/${unit}+(${x}%${unit}>0))`,
        );
        const isMoney = value.type.name !== 'decimal';
        const type = isMoney ? value.type : computedDecimal(decimalShape(value.type).precision, 0);
        return computed(isMoney ? `(${sql}*${unit})` : sql, type, value);
      }
      default:
        return computed(`${direction}(${value.sql})`, FLOAT, value);
    }
  };
}

/** The argument that is a plain number in the text, as ROUND needs its length. */
function knownInteger(call: FunctionCall, index: number): number {
  const bound = integerArgument(call, index);
  const value = bound.isConstant ? call.context.evaluate(bound) : undefined;
  if (typeof value !== 'bigint')
    throw unsupported(`${call.name} with a length that is not constant`);
  return Number(value);
}

const round: FunctionBinder = (call) => {
  arity(call, 2, 3);
  const value = numberArgument(call, 0);
  const digits = knownInteger(call, 1);
  const isCut = call.nodes.length === 3 && knownInteger(call, 2) !== 0;
  switch (groupOf(value.type)) {
    case 'integer':
      return digits >= 0
        ? value
        : computed(
            checkedInteger(roundScaled(value.sql, -digits, isCut), value.type),
            value.type,
            value,
          );
    case 'exact': {
      const drop = scaleOf(value.type) - digits;
      if (drop <= 0) return value;
      const rounded = computed(roundScaled(value.sql, drop, isCut), value.type, value);
      const limit = value.type.precision ?? 18;
      if (limit > 18 || value.type.name !== 'decimal') return rounded;
      const overflow = raiseError(sqlServerError(8115, 'expression', 'numeric'));
      return computed(
        onceSql(
          rounded.sql,
          (x) => `CASE WHEN abs(${x})>=${power10(limit)} THEN ${overflow} ELSE ${x} END`,
        ),
        value.type,
        value,
      );
    }
    default:
      return roundFloat(value, digits, isCut);
  }
};

function roundScaled(sql: string, drop: number, isCut: boolean): string {
  if (drop > 18) return `(${sql}*0)`;
  const unit = power10(drop);
  return isCut ? `(${sql}/${unit}*${unit})` : `(${rescaled(sql, drop, 0)}*${unit})`;
}

function roundFloat(value: Bound, digits: number, isCut: boolean): Bound {
  if (digits > 15) return value;
  const factor = `1e${Math.abs(digits)}`;
  const [up, down] = digits >= 0 ? ['*', '/'] : ['/', '*'];
  const scaled = `(${value.sql}${up}${factor})`;
  const whole = isCut ? `CAST(CAST(${scaled} AS INTEGER) AS REAL)` : `round(${scaled})`;
  // Beyond 2^53 a double has no fraction left to round.
  const sql = onceSql(
    value.sql,
    (x) =>
      `CASE WHEN abs(${x})<1e15 THEN (${whole.replaceAll(value.sql, x)}${down}${factor}) ELSE ${x} END`,
  );
  return computed(sql, FLOAT, value);
}

const sign: FunctionBinder = (call) => {
  arity(call, 1);
  const value = numberArgument(call, 0);
  const one = groupOf(value.type) === 'exact' ? power10(scaleOf(value.type)) : 1n;
  const sql = `(sign(${value.sql})*${one})`;
  return computed(
    groupOf(value.type) === 'approximate' ? `CAST(${sql} AS REAL)` : sql,
    value.type,
    value,
  );
};

/** POWER has its first argument's type. */
const power: FunctionBinder = (call) => {
  arity(call, 2);
  const base = numberArgument(call, 0);
  const exponent = floatArgument(call, 1);
  const float = convertImplicitly(call.context, base, FLOAT);
  const sql = `power(${float.sql},${exponent.sql})`;
  const result = computed(sql, FLOAT, base, exponent);
  switch (groupOf(base.type)) {
    case 'integer': {
      const overflow = raiseError(sqlServerError(232, base.type.name, 'power'));
      const checked = onceSql(
        sql,
        (x) =>
          `CASE WHEN abs(${x})>=${base.type.name === 'bigint' ? '9.2e18' : '2147483648.0'} THEN ${overflow} ELSE CAST(${x} AS INTEGER) END`,
      );
      return computed(checked, base.type, base, exponent);
    }
    case 'exact':
      return convertImplicitly(call.context, { ...result, isConstant: false }, base.type);
    default:
      return result;
  }
};

const DOMAIN_ERROR = raiseError({
  errorCode: 3623,
  message: 'An invalid floating point operation occurred.',
});

function floatFunction(sqlite: string, isValid?: (x: string) => string): FunctionBinder {
  return (call) => {
    arity(call, 1);
    const value = floatArgument(call, 0);
    const sql = onceSql(value.sql, (x) => {
      const result = `CAST(${sqlite}(${x}) AS REAL)`;
      return isValid === undefined
        ? result
        : `CASE WHEN ${isValid(x)} OR ${x} IS NULL THEN ${result} ELSE ${DOMAIN_ERROR} END`;
    });
    return computed(sql, FLOAT, value);
  };
}

const square: FunctionBinder = (call) => {
  arity(call, 1);
  const value = floatArgument(call, 0);
  return computed(
    onceSql(value.sql, (x) => `(${x}*${x})`),
    FLOAT,
    value,
  );
};

const rand: FunctionBinder = (call) => {
  arity(call, 0, 1);
  if (call.nodes.length === 1) throw unsupported('RAND with a seed');
  call.context.holdsOnce();
  return call.context.constant(Math.random(), FLOAT);
};

const pi: FunctionBinder = (call) => {
  arity(call, 0);
  return call.context.constant(Math.PI, FLOAT);
};

export const NUMBER_FUNCTIONS: FunctionTable = {
  ABS: abs,
  CEILING: rounding('ceil'),
  FLOOR: rounding('floor'),
  ROUND: round,
  SIGN: sign,
  POWER: power,
  SQRT: floatFunction('sqrt', (x) => `${x}>=0`),
  EXP: floatFunction('exp'),
  LOG10: floatFunction('log10', (x) => `${x}>0`),
  LOG: floatFunction('ln', (x) => `${x}>0`),
  SIN: floatFunction('sin'),
  COS: floatFunction('cos'),
  TAN: floatFunction('tan'),
  RADIANS: floatFunction('radians'),
  DEGREES: floatFunction('degrees'),
  SQUARE: square,
  RAND: rand,
  PI: pi,
};

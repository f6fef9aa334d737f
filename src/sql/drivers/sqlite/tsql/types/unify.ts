import { sqlServerError } from '../errors.ts';
import {
  computedDecimal,
  decimalShape,
  groupOf,
  isText,
  MAX_LENGTH,
  messageName,
  precedenceOf,
  type SqlType,
} from './sql-type.ts';

/** The length that a value of the type has as text. */
export function textLength(type: SqlType): number {
  switch (groupOf(type)) {
    case 'text':
    case 'binary':
      return type.length ?? 30;
    case 'integer':
      return { bit: 1, tinyint: 3, smallint: 6, int: 11, bigint: 20 }[type.name as 'bit'] ?? 20;
    case 'exact':
      return (type.precision ?? 18) + 2;
    case 'guid':
      return 36;
    default:
      return 30;
  }
}

function unifyDecimals(left: SqlType, right: SqlType): SqlType {
  const a = decimalShape(left);
  const b = decimalShape(right);
  const scale = Math.max(a.scale, b.scale);
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
  const isTextual = left.isTextual === true || right.isTextual === true;
  const type = computedDecimal(whole + scale, Math.min(scale, 38 - Math.min(whole, 38)));
  return isTextual ? { ...type, precision: Math.max(type.precision ?? 38, 19), isTextual } : type;
}

/** The type that both sides take where they meet: T-SQL's data type precedence. */
export function unifyTypes(left: SqlType, right: SqlType): SqlType {
  const [lower, higher] = precedenceOf(left) <= precedenceOf(right) ? [left, right] : [right, left];
  if (lower.name === 'null') return plainInteger(higher);
  if (higher.name === 'decimal' && ['integer', 'exact'].includes(groupOf(lower))) {
    return unifyDecimals(left, right);
  }
  if (isText(lower) && isText(higher) && higher.name !== 'xml') {
    const isFixed = lower.length === higher.length && lower.name === higher.name;
    const isNational = [lower.name, higher.name].some((name) =>
      ['nchar', 'nvarchar', 'ntext'].includes(name),
    );
    if (isFixed) return higher;
    const length = Math.max(lower.length ?? 1, higher.length ?? 1);
    return { name: isNational ? 'nvarchar' : 'varchar', length };
  }
  if (groupOf(higher) === 'moment' && groupOf(lower) === 'moment') {
    if (higher.name === 'time' || (lower.name === 'time' && higher.name === 'date')) {
      if (higher.name !== lower.name)
        throw sqlServerError(206, messageName(lower), messageName(higher));
    }
    const scale = Math.max(lower.scale ?? 0, higher.scale ?? 0);
    return higher.scale === undefined || higher.name === 'datetime' ? higher : { ...higher, scale };
  }
  if (groupOf(higher) === 'binary' && groupOf(lower) === 'binary') {
    return { name: 'varbinary', length: Math.max(lower.length ?? 1, higher.length ?? MAX_LENGTH) };
  }
  return plainInteger(higher);
}

/** Literals remember their digits; where types meet that no longer matters. */
function plainInteger(type: SqlType): SqlType {
  return groupOf(type) === 'integer' ? { name: type.name } : type;
}

import { type Bound, computed } from '../bind/bound.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import { sqlServerError } from '../errors.ts';
import { toMoment } from './convert-moment.ts';
import { toDecimal, toFloat, toInteger } from './convert-number.ts';
import { toBinary, toGuid, toText } from './convert-text.ts';
import { groupOf, isText, messageName, type SqlType } from './sql-type.ts';

/** Whether the two types are held alike and nothing has to be done (lengths aside). */
function isSameType(left: SqlType, right: SqlType): boolean {
  return (
    left.name === right.name &&
    left.scale === right.scale &&
    left.precision === right.precision &&
    left.length === right.length &&
    left.isTextual === right.isTextual
  );
}

function convertSql(
  context: StatementContext,
  bound: Bound,
  type: SqlType,
  style: number | undefined,
): string {
  switch (groupOf(type)) {
    case 'integer':
      return toInteger(bound, type);
    case 'exact':
      return toDecimal(bound, type);
    case 'approximate':
      return toFloat(bound);
    case 'text':
      return toText(bound, type, style);
    case 'moment':
      return toMoment(context, bound, type, style ?? 0);
    case 'guid':
      return toGuid(bound);
    case 'binary':
      return toBinary(bound, type, style);
    case 'none':
      return bound.sql;
  }
}

/** The value as another type, by CAST's rules. Constants are converted once, here. */
export function convert(
  context: StatementContext,
  bound: Bound,
  type: SqlType,
  style?: number,
): Bound {
  if (isSameType(bound.type, type)) return bound;
  if (bound.type.name === 'null' || bound.known?.isNull === true)
    return context.constant(null, type);
  if (bound.type.name === 'sql_variant' && type.name !== 'sql_variant') {
    throw sqlServerError(257, 'sql_variant', type.name);
  }
  const sql = convertSql(context, bound, type, style);
  if (sql === bound.sql) return { ...bound, type };
  const converted = computed(sql, type, bound);
  return bound.isConstant ? context.fold(converted) : converted;
}

/** Types between which only CAST and CONVERT go, not a plain use of the value. */
export function convertImplicitly(context: StatementContext, bound: Bound, type: SqlType): Bound {
  const from = groupOf(bound.type);
  const to = groupOf(type);
  const isMoment = from === 'moment';
  const isForbidden =
    (isMoment && ['integer', 'exact', 'approximate', 'guid', 'binary'].includes(to)) ||
    (from === 'guid' && !['guid', 'text', 'binary', 'none'].includes(to)) ||
    (from === 'approximate' && to === 'moment' && type.name !== 'datetime') ||
    (from === 'binary' && (isText(type) || to === 'approximate')) ||
    (isText(bound.type) && to === 'binary');
  if (isForbidden) {
    const isClash =
      from === 'guid' || (isMoment && !['datetime', 'smalldatetime'].includes(bound.type.name));
    throw sqlServerError(isClash ? 206 : 257, messageName(bound.type), type.name);
  }
  return convert(context, bound, type);
}

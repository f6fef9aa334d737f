import { sqlServerError } from '../errors.ts';
import type { ComparisonOperator } from '../parse/ast.ts';
import { equalityKey, sortKey, textEquals } from '../types/collation.ts';
import { convertImplicitly } from '../types/convert.ts';
import { textualSortKey } from '../types/convert-number.ts';
import { hasOffset, utcInstantSql } from '../types/moment-sql.ts';
import { groupOf, isText, messageName, type SqlType, scaleOf } from '../types/sql-type.ts';
import { unifyTypes } from '../types/unify.ts';
import { type Bound } from './bound.ts';
import { momentRange } from './moment-range.ts';
import { once } from './once.ts';
import type { StatementContext } from './statement-context.ts';
import { withinRanges } from './text-ranges.ts';

/** Types that no comparison, grouping or ordering takes. */
function rejectIncomparable(left: SqlType, right: SqlType, operator: string): void {
  for (const type of [left, right]) {
    if (['text', 'ntext', 'image', 'xml'].includes(type.name)) {
      throw sqlServerError(
        402,
        messageName(left),
        messageName(right),
        OPERATOR_NAMES[operator] ?? operator,
      );
    }
  }
}

const OPERATOR_NAMES: Readonly<Record<string, string>> = {
  '=': 'equal to',
  '<>': 'not equal to',
  '<': 'less than',
  '<=': 'less than or equal to',
  '>': 'greater than',
  '>=': 'greater than or equal to',
};

/** SQL that orders values of the type as SQL Server does. */
export function orderKey(context: StatementContext, bound: Bound): string {
  if (isText(bound.type)) return `${sortKey(context, bound)} COLLATE NOCASE`;
  if (bound.type.isTextual === true) return textualSortKey(bound, scaleOf(bound.type));
  if (hasOffset(bound.type)) return once(bound, (value) => utcInstantSql(value, bound.type));
  if (bound.type.name === 'uniqueidentifier') return once(bound, guidOrderSql);
  return bound.sql;
}

/** SQL Server orders GUIDs by their last group first, and the first three groups by their bytes reversed. */
function guidOrderSql(value: string): string {
  const pieces = [
    [25, 12],
    [20, 4],
    [17, 2],
    [15, 2],
    [12, 2],
    [10, 2],
    [7, 2],
    [5, 2],
    [3, 2],
    [1, 2],
  ];
  return `(${pieces.map(([from, length]) => `substr(${value},${from},${length})`).join('||')})`;
}

/** SQL that is the same exactly for values that SQL Server holds equal. */
export function groupKey(context: StatementContext, bound: Bound): string {
  if (isText(bound.type)) return `${equalityKey(context, bound)} COLLATE NOCASE`;
  return hasOffset(bound.type)
    ? once(bound, (value) => utcInstantSql(value, bound.type))
    : bound.sql;
}

export function needsGroupKey(type: SqlType): boolean {
  return isText(type) || hasOffset(type);
}

/** Both sides brought to the type in which T-SQL compares them. */
function unified(context: StatementContext, left: Bound, right: Bound): [Bound, Bound] {
  const type = unifyTypes(left.type, right.type);
  if (isText(type)) return [asText(context, left, type), asText(context, right, type)];
  return [convertImplicitly(context, left, type), convertImplicitly(context, right, type)];
}

function asText(context: StatementContext, bound: Bound, type: SqlType): Bound {
  return isText(bound.type) ? bound : convertImplicitly(context, bound, type);
}

/** The part of an index in which a column's texts lie that compare so with a known text. */
function textOrderRange(operator: ComparisonOperator, left: Bound, right: Bound): string {
  const [column, { known }] = left.known === undefined ? [left, right] : [right, left];
  if (known === undefined || known.isNull) return '';
  const isUpTo = operator.startsWith('<') === (column === left);
  return withinRanges(column, known, isUpTo ? 'upTo' : 'from');
}

export function compareSql(
  context: StatementContext,
  operator: ComparisonOperator,
  left: Bound,
  right: Bound,
): string {
  rejectIncomparable(left.type, right.type, operator);
  const [a, b] = unified(context, left, right);
  if (isText(a.type)) {
    if (operator === '=') return textEquals(context, a, b);
    if (operator === '<>') return `(NOT ${textEquals(context, a, b)})`;
    const exact = `${sortKey(context, a)} COLLATE NOCASE${operator}${sortKey(context, b)}`;
    return `(${textOrderRange(operator, a, b)}${exact})`;
  }
  if (a.type.isTextual === true) {
    const scale = scaleOf(a.type);
    return `(${textualSortKey(a, scale)}${operator}${textualSortKey(b, scale)})`;
  }
  const isGuidOrder = a.type.name === 'uniqueidentifier' && operator !== '=' && operator !== '<>';
  const isByKey = hasOffset(a.type) || isGuidOrder;
  const exact = isByKey
    ? `${orderKey(context, a)}${operator}${orderKey(context, b)}`
    : `${a.sql}${operator}${b.sql}`;
  return groupOf(a.type) === 'moment'
    ? `(${momentRange(operator, [left, a], [right, b])}${exact})`
    : `(${exact})`;
}

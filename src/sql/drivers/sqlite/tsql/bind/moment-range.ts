import type { Stored } from '../database.ts';
import type { ComparisonOperator } from '../parse/ast.ts';
import { hasOffset } from '../types/moment-sql.ts';
import { groupOf, type SqlType } from '../types/sql-type.ts';
import type { Bound } from './bound.ts';

const DAY_MS = 86_400_000;

/** Two offsets are up to 28 hours apart, and a rounded time may be that of the next day. */
const MARGIN_DAYS = 2;

/** The day so many days after that of a stored moment, as it is stored; text beyond the calendar sorts as it should. */
function shiftedDay(value: Stored, days: number): Stored {
  const day = new Date(Date.parse(String(value).slice(0, 10)) + days * DAY_MS);
  return day.getUTCFullYear() > 9999 ? ':' : day.toISOString().slice(0, 10);
}

function beginsWithDay(type: SqlType): boolean {
  return groupOf(type) === 'moment' && type.name !== 'time';
}

/** A value as it is written, and as it is compared. */
type Side = readonly [own: Bound, compared: Bound];

/**
 * The days, with AND behind them, in which a column's moments lie that compare so with a known one. Moments that have to
 * be converted to be compared are found by an index only so.
 */
export function momentRange(operator: ComparisonOperator, left: Side, right: Side): string {
  const isColumnLeft = left[1].known === undefined;
  const [[own, compared], [, { known }]] = isColumnLeft ? [left, right] : [right, left];
  const isIndexed = own.sql === compared.sql && !hasOffset(compared.type);
  if (known === undefined || own.columnName === undefined || isIndexed || operator === '<>')
    return '';
  if (!beginsWithDay(own.type) || !beginsWithDay(compared.type) || known.isNull) return '';
  const isUpTo = operator.startsWith('<') === isColumnLeft;
  const low = `${own.sql}>=${known.parameter(shiftedDay, -MARGIN_DAYS)} AND `;
  const high = `${own.sql}<${known.parameter(shiftedDay, MARGIN_DAYS + 1)} AND `;
  if (operator === '=') return low + high;
  return isUpTo ? high : low;
}

import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo, ColumnRef } from '../mapping/system-mapping.ts';
import { declaredType, integerValue } from './column-value.ts';
import { type Decimal, decimalText, readDecimal, rescale } from './decimal.ts';
import { type ParameterName, refuseModifier } from './parameter-name.ts';
import { type Prefix, splitPrefix } from './prefix.ts';
import { SearchError } from './search-error.ts';
import {
  allOf,
  anyOf,
  type Comparison,
  inPlace,
  NOTHING,
  not,
  type SearchFilter,
} from './search-filter.ts';

type Inequality = Exclude<Comparison, 'equals'>;

const isLower = (comparison: Inequality): boolean =>
  comparison === 'atLeast' || comparison === 'greater';

/** Scale and digits of what a column can hold; undefined for floating point. */
function columnDigits(column: ColumnInfo): { scale: number; precision: number } | undefined {
  const { name, size, scale } = declaredType(column);
  if (column.type === 'integer') return { scale: 0, precision: 19 };
  if (column.type !== 'decimal') return undefined;
  if (name === 'money') return { scale: 4, precision: 19 };
  if (name === 'smallmoney') return { scale: 4, precision: 10 };
  return { scale: scale ?? 0, precision: size ?? 18 };
}

/**
 * A comparison in the column's own digits: what is at least 5.35 in a column with one decimal is at least 5.4. The
 * database then converts neither side.
 */
function compareNumber(column: ColumnRef, comparison: Inequality, bound: Decimal): SearchFilter {
  const own = columnDigits(column.column);
  if (!own) {
    const value = Number(
      decimalText(rescale(bound, Math.max(bound.scale, 0), 'up'), Math.max(bound.scale, 0)),
    );
    return { kind: 'compare', column, comparison, value };
  }
  const isRoundedUp = comparison === 'atLeast' || comparison === 'less';
  const digits = rescale(bound, own.scale, isRoundedUp ? 'up' : 'down');
  const most = 10n ** BigInt(own.precision);
  const isHeld = digits > -most && digits < most;
  const value: Value | undefined =
    column.column.type === 'integer'
      ? integerValue(column.column, digits)
      : isHeld
        ? decimalText(digits, own.scale)
        : undefined;
  if (value !== undefined) return { kind: 'compare', column, comparison, value };
  const isEvery = digits > 0n !== isLower(comparison);
  return isEvery ? not({ kind: 'isNull', column }) : NOTHING;
}

/** The range of numbers that round to this one. */
function roundingRange({ digits, scale }: Decimal): { low: Decimal; high: Decimal } {
  return {
    low: { digits: digits * 10n - 5n, scale: scale + 1 },
    high: { digits: digits * 10n + 5n, scale: scale + 1 },
  };
}

/** A tenth to both sides (R4 leaves it to the server). */
function nearRange({ digits, scale }: Decimal): { low: Decimal; high: Decimal } {
  const away = digits < 0n ? -digits : digits;
  return {
    low: { digits: digits * 10n - away, scale: scale + 1 },
    high: { digits: digits * 10n + away, scale: scale + 1 },
  };
}

/** A number to search for, with how it is compared. */
export interface NumberValue {
  readonly prefix: Prefix;
  readonly value: Decimal;
}

/** The column holds a number that stands to the value as its prefix says. */
export function compareValue(column: ColumnRef, { prefix, value }: NumberValue): SearchFilter {
  const { low, high } = roundingRange(value);
  const near = nearRange(value);
  switch (prefix) {
    case 'eq':
      return allOf([compareNumber(column, 'atLeast', low), compareNumber(column, 'less', high)]);
    case 'ne':
      return anyOf([compareNumber(column, 'less', low), compareNumber(column, 'atLeast', high)]);
    case 'gt':
    case 'sa':
      return compareNumber(column, 'greater', value);
    case 'lt':
    case 'eb':
      return compareNumber(column, 'less', value);
    case 'ge':
      return compareNumber(column, 'atLeast', value);
    case 'le':
      return compareNumber(column, 'atMost', value);
    case 'ap':
      return allOf([
        compareNumber(column, 'atLeast', near.low),
        compareNumber(column, 'atMost', near.high),
      ]);
  }
}

/** Reads a number with its prefix. @throws SearchError */
export function readNumber(parameter: ParameterName, text: string): NumberValue {
  const { prefix, rest } = splitPrefix(text.trim());
  const value = readDecimal(rest);
  if (value) return { prefix, value };
  throw new SearchError(
    'invalid',
    parameter.written,
    `A value of ${parameter.name} is no number: write 5.4 or 1e2, with eq, ne, gt, lt, ge, le, sa, eb or ap before it.`,
  );
}

/** Numbers (R4 §3.1.1.4.6): as precise as they are written. */
export function numberFilter(
  parameter: ParameterName,
  columns: readonly ColumnRef[],
  alternatives: readonly string[],
): SearchFilter {
  if (parameter.modifier !== undefined) refuseModifier(parameter);
  const values = alternatives.map((text) => readNumber(parameter, text));
  return anyOf(
    columns.map((column) =>
      inPlace([column], anyOf(values.map((value) => compareValue(column, value)))),
    ),
  );
}

import { sqlServerError } from '../errors.ts';
import type { Expression } from '../parse/ast.ts';

export type DatePart =
  | 'year'
  | 'quarter'
  | 'month'
  | 'dayofyear'
  | 'day'
  | 'week'
  | 'weekday'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond'
  | 'microsecond'
  | 'nanosecond'
  | 'tzoffset'
  | 'iso_week';

const NAMES: Readonly<Record<string, DatePart>> = {
  year: 'year',
  yy: 'year',
  yyyy: 'year',
  quarter: 'quarter',
  qq: 'quarter',
  q: 'quarter',
  month: 'month',
  mm: 'month',
  m: 'month',
  dayofyear: 'dayofyear',
  dy: 'dayofyear',
  y: 'dayofyear',
  day: 'day',
  dd: 'day',
  d: 'day',
  week: 'week',
  wk: 'week',
  ww: 'week',
  weekday: 'weekday',
  dw: 'weekday',
  w: 'weekday',
  hour: 'hour',
  hh: 'hour',
  minute: 'minute',
  mi: 'minute',
  n: 'minute',
  second: 'second',
  ss: 'second',
  s: 'second',
  millisecond: 'millisecond',
  ms: 'millisecond',
  microsecond: 'microsecond',
  mcs: 'microsecond',
  nanosecond: 'nanosecond',
  ns: 'nanosecond',
  tzoffset: 'tzoffset',
  tz: 'tzoffset',
  iso_week: 'iso_week',
  isowk: 'iso_week',
  isoww: 'iso_week',
};

/** The date part that an argument names: it is a word, not a value. */
export function datePart(node: Expression | undefined, functionName: string): DatePart {
  const word = node?.kind === 'column' && node.parts.length === 1 ? (node.parts[0] ?? '') : '';
  const part = NAMES[word.toLowerCase()];
  if (part === undefined) throw sqlServerError(155, word, functionName.toLowerCase());
  return part;
}

/** Length in ticks of the parts that have one. */
export const PART_TICKS: Partial<Record<DatePart, bigint>> = {
  week: 6_048_000_000_000n,
  day: 864_000_000_000n,
  dayofyear: 864_000_000_000n,
  weekday: 864_000_000_000n,
  hour: 36_000_000_000n,
  minute: 600_000_000n,
  second: 10_000_000n,
  millisecond: 10_000n,
  microsecond: 10n,
};

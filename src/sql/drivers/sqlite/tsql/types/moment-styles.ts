import { sqlServerError, unsupported } from '../errors.ts';
import type { SqlType } from './sql-type.ts';

/*
 * CONVERT(varchar, moment, style): every style is a text of fixed pieces, cut from the stored form
 * `2024-01-31T09:30:00.123`.
 */

interface Pieces {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly clock: string;
  readonly minute: string;
  /** Exactly the type's digits, empty without any. */
  readonly fraction: string;
  readonly milliseconds: string;
  /** As the styles with a colon before the milliseconds show it; the newer types keep their point. */
  readonly colonFraction: string;
  readonly offset: string;
}

function piecesOf(value: string, type: SqlType): Pieces {
  const isTime = type.name === 'time';
  const from = isTime ? 1 : 12;
  const at = (position: number, length: number): string => `substr(${value},${position},${length})`;
  const hasOffset = type.name === 'datetimeoffset';
  const body = hasOffset ? `substr(${value},1,length(${value})-6)` : value;
  const digits = `substr(${body},${from + 9})`;
  const scale = type.name === 'datetime' ? 3 : (type.scale ?? 0);
  const hasTime = type.name !== 'date';
  const isOld = type.name === 'datetime' || type.name === 'smalldatetime';
  const fraction = scale === 0 ? "''" : `'.'||substr(${digits}||'0000000',1,${scale})`;
  const milliseconds = `substr(${hasTime ? digits : "''"}||'000',1,3)`;
  return {
    year: at(1, 4),
    month: at(6, 2),
    day: at(9, 2),
    hour: hasTime ? at(from, 2) : "'00'",
    minute: hasTime ? at(from + 3, 2) : "'00'",
    clock: hasTime ? at(from, 8) : "'00:00:00'",
    fraction,
    milliseconds,
    colonFraction: isOld ? `':'||${milliseconds}` : fraction,
    offset: hasOffset ? `' '||substr(${value},-6)` : "''",
  };
}

const MONTH_NAMES = "'JanFebMarAprMayJunJulAugSepOctNovDec'";

function monthName(month: string): string {
  return `substr(${MONTH_NAMES},CAST(${month} AS INTEGER)*3-2,3)`;
}

/** A number without leading zero, blank-padded to two characters. */
function blankPadded(two: string): string {
  return `printf('%2d',CAST(${two} AS INTEGER))`;
}

function twelveHour(hour: string): string {
  return `printf('%2d',(CAST(${hour} AS INTEGER)+11)%12+1)`;
}

function half(hour: string): string {
  return `CASE WHEN ${hour}<'12' THEN 'AM' ELSE 'PM' END`;
}

type Layout = (pieces: Pieces) => string;

const shortYear = (year: string): string => `substr(${year},3)`;

const DATE_LAYOUTS: Readonly<Record<number, (p: Pieces, year: string) => string>> = {
  1: (p, year) => `${p.month}||'/'||${p.day}||'/'||${year}`,
  2: (p, year) => `${year}||'.'||${p.month}||'.'||${p.day}`,
  3: (p, year) => `${p.day}||'/'||${p.month}||'/'||${year}`,
  4: (p, year) => `${p.day}||'.'||${p.month}||'.'||${year}`,
  5: (p, year) => `${p.day}||'-'||${p.month}||'-'||${year}`,
  6: (p, year) => `${p.day}||' '||${monthName(p.month)}||' '||${year}`,
  7: (p, year) => `${monthName(p.month)}||' '||${p.day}||', '||${year}`,
  10: (p, year) => `${p.month}||'-'||${p.day}||'-'||${year}`,
  11: (p, year) => `${year}||'/'||${p.month}||'/'||${p.day}`,
  12: (p, year) => `${year}||${p.month}||${p.day}`,
};

const isoDate: Layout = (p) => `${p.year}||'-'||${p.month}||'-'||${p.day}`;
const longDate: Layout = (p) => `${monthName(p.month)}||' '||${blankPadded(p.day)}||' '||${p.year}`;
const twelveClock: Layout = (p) => `${twelveHour(p.hour)}||':'||${p.minute}||${half(p.hour)}`;

const twelveClockWithFraction: Layout = (p) =>
  `${twelveHour(p.hour)}||':'||substr(${p.clock},4)||${p.colonFraction}||${half(p.hour)}`;

const LAYOUTS: Readonly<Record<number, { date?: Layout; join?: string; time?: Layout }>> = {
  0: { date: longDate, join: ' ', time: twelveClock },
  100: { date: longDate, join: ' ', time: twelveClock },
  8: { time: (p) => p.clock },
  24: { time: (p) => p.clock },
  108: { time: (p) => p.clock },
  13: {
    date: (p) => `${p.day}||' '||${monthName(p.month)}||' '||${p.year}`,
    join: ' ',
    time: (p) => `${p.clock}||${p.colonFraction}`,
  },
  113: {
    date: (p) => `${p.day}||' '||${monthName(p.month)}||' '||${p.year}`,
    join: ' ',
    time: (p) => `${p.clock}||${p.colonFraction}`,
  },
  9: { date: longDate, join: ' ', time: twelveClockWithFraction },
  109: { date: longDate, join: ' ', time: twelveClockWithFraction },
  14: { time: (p) => `${p.clock}||${p.colonFraction}` },
  114: { time: (p) => `${p.clock}||${p.colonFraction}` },
  20: { date: isoDate, join: ' ', time: (p) => p.clock },
  120: { date: isoDate, join: ' ', time: (p) => p.clock },
  21: { date: isoDate, join: ' ', time: (p) => `${p.clock}||${p.fraction}` },
  25: { date: isoDate, join: ' ', time: (p) => `${p.clock}||${p.fraction}` },
  121: { date: isoDate, join: ' ', time: (p) => `${p.clock}||${p.fraction}` },
  23: { date: isoDate },
};

/** Style 126 leaves an all-zero fraction of the old types out. */
function isoText(value: string, type: SqlType): string {
  const pieces = piecesOf(value, type);
  if (type.name === 'date') return value;
  if (type.name === 'time') return `${pieces.clock}||${pieces.fraction}`;
  const fraction =
    type.name === 'datetime'
      ? `CASE WHEN ${pieces.milliseconds}='000' THEN '' ELSE ${pieces.fraction} END`
      : pieces.fraction;
  const offset = type.name === 'datetimeoffset' ? `substr(${value},-6)` : "''";
  return `${isoDate(pieces)}||'T'||${pieces.clock}||${fraction}||${offset}`;
}

function dateOnlyLayout(style: number, pieces: Pieces): string | undefined {
  const layout = DATE_LAYOUTS[style >= 100 ? style - 100 : style];
  return layout?.(pieces, style >= 100 ? pieces.year : shortYear(pieces.year));
}

/** The default style: 0 for the old types, 121 for those of SQL Server 2008. */
function defaultStyle(type: SqlType): number {
  return type.name === 'datetime' || type.name === 'smalldatetime' ? 0 : 121;
}

export function momentTextSql(
  value: string,
  from: SqlType,
  to: SqlType,
  requested: number | undefined,
): string {
  const style = requested ?? defaultStyle(from);
  if (style === 126 || style === 127) return `(${isoText(value, from)})`;
  const pieces = piecesOf(value, from);
  const invalid = sqlServerError(281, style, from.name, to.name);
  const dateOnly = dateOnlyLayout(style, pieces);
  if (dateOnly !== undefined) {
    if (from.name === 'time') throw invalid;
    return `(${dateOnly})`;
  }
  const layout = LAYOUTS[style];
  if (layout === undefined && [22, 130, 131].includes(style)) {
    throw unsupported(`CONVERT of ${from.name} with style ${style}`);
  }
  if (layout === undefined) throw invalid;
  return `(${layoutText(layout, pieces, from, invalid)})`;
}

function layoutText(
  { date, join, time }: { date?: Layout; join?: string; time?: Layout },
  pieces: Pieces,
  from: SqlType,
  invalid: Error,
): string {
  if (from.name === 'date') {
    if (date === undefined) throw invalid;
    return date(pieces);
  }
  if (from.name === 'time') {
    if (time === undefined) throw invalid;
    return time(pieces).trim();
  }
  const texts = [
    date?.(pieces),
    time === undefined ? undefined : `${time(pieces)}||${pieces.offset}`,
  ];
  return texts.filter((text) => text !== undefined).join(`||'${join ?? ''}'||`);
}

import { raiseError } from '../bind/bound.ts';
import { onceSql } from '../bind/once.ts';
import { sqlServerError } from '../errors.ts';
import type { SqlType } from './sql-type.ts';

/*
 * Instants: 100-nanosecond ticks since 0001-01-01T00:00:00 of the local clock, a 64-bit integer. Every computation on
 * dates goes through them; storage is wire text.
 */

const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_DAY = 864_000_000_000n;
/** Julian day of 0001-01-01. */
const JULIAN_EPOCH = '1721425.5';
const DAYS_TO_1900 = 693_595n;
/** The instant of 1900-01-01, from which the old types count. */
export const EPOCH = DAYS_TO_1900 * TICKS_PER_DAY;
const MAX_INSTANT = 3_652_059n * TICKS_PER_DAY;

export function hasOffset(type: SqlType): boolean {
  return type.name === 'datetimeoffset';
}

/** The day number of text that begins with a date. */
function dayNumberSql(text: string): string {
  return `CAST(julianday(substr(${text},1,10))-${JULIAN_EPOCH} AS INTEGER)`;
}

function timeTicks(text: string): string {
  const part = (from: number): string => `CAST(substr(${text},${from},2) AS INTEGER)`;
  const fraction = `CAST(substr(substr(${text},10,7)||'0000000',1,7) AS INTEGER)`;
  return `((${part(1)}*60+${part(4)})*60+${part(7)})*${TICKS_PER_SECOND}+${fraction}`;
}

/** The instant of stored text; a time of day lies on 1900-01-01. */
export function instantSql(text: string, type: SqlType): string {
  switch (type.name) {
    case 'date':
      return `(${dayNumberSql(text)}*${TICKS_PER_DAY})`;
    case 'time':
      return `(${DAYS_TO_1900 * TICKS_PER_DAY}+${timeTicks(text)})`;
    case 'datetimeoffset':
      return onceSql(
        `substr(${text},1,length(${text})-6)`,
        (local) => `${dayNumberSql(local)}*${TICKS_PER_DAY}+${timeTicks(`substr(${local},12)`)}`,
      );
    default:
      return `(${dayNumberSql(text)}*${TICKS_PER_DAY}+${timeTicks(`substr(${text},12)`)})`;
  }
}

/** The same in UTC; types without an offset are taken as they are. */
export function utcInstantSql(text: string, type: SqlType): string {
  if (!hasOffset(type)) return instantSql(text, type);
  return `(${instantSql(text, type)}-${offsetMinutesSql(text)}*600000000)`;
}

export function offsetMinutesSql(text: string): string {
  return `((CAST(substr(${text},-5,2) AS INTEGER)*60+CAST(substr(${text},-2) AS INTEGER))*CASE substr(${text},-6,1) WHEN '-' THEN -1 ELSE 1 END)`;
}

/** The instant as the type's clock shows it: datetime counts three-hundredths of a second. */
function roundedSql(instant: string, type: SqlType): string {
  if (type.name === 'smalldatetime') return `((${instant}+300000000)/600000000*600000000)`;
  if (type.name === 'datetime') {
    const milliseconds = `(((${instant}%${TICKS_PER_SECOND})*3+50000)/100000*10+1)/3`;
    return `(${instant}/${TICKS_PER_SECOND}*${TICKS_PER_SECOND}+${milliseconds}*10000)`;
  }
  const unit = 10n ** BigInt(7 - (type.scale ?? 7));
  return unit === 1n ? instant : `((${instant}+${unit / 2n})/${unit}*${unit})`;
}

function timeText(instant: string): string {
  const ticks = `(${instant}%${TICKS_PER_DAY})`;
  const clock = `printf('%02d:%02d:%02d',${ticks}/36000000000,${ticks}/600000000%60,${ticks}/${TICKS_PER_SECOND}%60)`;
  return `${clock}||rtrim(rtrim(printf('.%07d',${instant}%${TICKS_PER_SECOND}),'0'),'.')`;
}

export function dateTextSql(instant: string): string {
  return `date(${instant}/${TICKS_PER_DAY}+${JULIAN_EPOCH})`;
}

/** Stored text of an instant; `offset` is SQL for `+10:00` when the type has one. */
export function momentSql(instant: string, type: SqlType, offset = "'+00:00'"): string {
  return onceSql(instant, (raw) =>
    onceSql(roundedSql(raw, type), (value) => {
      if (type.name === 'date') return dateTextSql(value);
      // printf turns NULL into zeros.
      if (type.name === 'time') return `CASE WHEN ${value} IS NOT NULL THEN ${timeText(value)} END`;
      const local = `${dateTextSql(value)}||'T'||${timeText(value)}`;
      return hasOffset(type) ? `${local}||${offset}` : local;
    }),
  );
}

const FIRST_INSTANT: Partial<Record<SqlType['name'], bigint>> = {
  // 1753-01-01 and 1900-01-01 to 2079-06-06
  datetime: 639_905n * TICKS_PER_DAY,
  smalldatetime: DAYS_TO_1900 * TICKS_PER_DAY,
};
const LAST_INSTANT: Partial<Record<SqlType['name'], bigint>> = {
  smalldatetime: 759_131n * TICKS_PER_DAY,
};

/** The instant itself, or the error when the type does not reach that far. */
export function inRangeSql(
  instant: string,
  type: SqlType,
  error: { errorCode: number; message: string } = sqlServerError(517, type.name),
): string {
  const first = FIRST_INSTANT[type.name] ?? 0n;
  const end = LAST_INSTANT[type.name] ?? MAX_INSTANT;
  return onceSql(
    instant,
    (value) =>
      `CASE WHEN ${value}<${first} OR ${value}>=${end} THEN ${raiseError(error)} ELSE ${value} END`,
  );
}

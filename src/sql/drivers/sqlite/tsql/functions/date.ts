import { type Bound, computed, quoteText, raiseError } from '../bind/bound.ts';
import type { FunctionCall } from '../bind/environment.ts';
import { once, onceSql } from '../bind/once.ts';
import { sqlServerError } from '../errors.ts';
import { convertImplicitly } from '../types/convert.ts';
import {
  dateTextSql,
  hasOffset,
  inRangeSql,
  instantSql,
  momentSql,
  offsetMinutesSql,
  TICKS_PER_DAY,
  utcInstantSql,
} from '../types/moment-sql.ts';
import {
  BIGINT,
  DATE,
  DATETIME,
  groupOf,
  INT,
  isNumeric,
  isText,
  nvarchar,
  type SqlType,
} from '../types/sql-type.ts';
import { arity, type FunctionBinder, type FunctionTable, integerArgument } from './arguments.ts';
import { type DatePart, datePart, PART_TICKS } from './date-parts.ts';

/** A moment as it is; text and numbers become `fallback`. */
function momentArgument(call: FunctionCall, index: number, fallback: SqlType): Bound {
  const bound = call.bind(index);
  if (groupOf(bound.type) === 'moment') return bound;
  if (isNumeric(bound.type)) return convertImplicitly(call.context, bound, DATETIME);
  if (isText(bound.type) || bound.type.name === 'null') {
    return convertImplicitly(call.context, bound, fallback);
  }
  throw sqlServerError(8116, bound.type.name, index + 1, call.name.toLowerCase());
}

/** Texts compare to the full precision that SQL Server reads in them. */
const TEXT_MOMENT: SqlType = { name: 'datetimeoffset', scale: 7 };

const TIME_PARTS: ReadonlySet<DatePart> = new Set([
  'hour',
  'minute',
  'second',
  'millisecond',
  'microsecond',
  'nanosecond',
]);

function requirePart(part: DatePart, type: SqlType, name: string): void {
  const isMissing =
    (type.name === 'date' && (TIME_PARTS.has(part) || part === 'tzoffset')) ||
    (type.name === 'time' && !TIME_PARTS.has(part)) ||
    (part === 'tzoffset' && !['datetimeoffset', 'datetime2'].includes(type.name));
  if (isMissing) throw sqlServerError(9810, part, name.toLowerCase(), type.name);
}

function nowSql(call: FunctionCall, type: SqlType, isUtc: boolean): Bound {
  const { context } = call;
  const { now, session } = context;
  const offset = isUtc ? 0 : offsetMinutes(now, session.timeZone);
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const sign = offset < 0 ? '-' : '+';
  const zone = `${sign}${String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
  const instant = instantSql(context.parameter(local), { name: 'datetime2', scale: 7 });
  const sql = momentSql(instant, type, quoteText(zone));
  return context.fold({ sql, type, isSimple: false, isConstant: true });
}

/** Minutes that the zone's clock is ahead of UTC at that time. */
function offsetMinutes(at: Date, timeZone: string | undefined): number {
  if (timeZone === undefined) return -at.getTimezoneOffset();
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name =
    format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function nowFunction(type: SqlType, isUtc: boolean): FunctionBinder {
  return (call) => {
    arity(call, 0);
    return nowSql(call, type, isUtc);
  };
}

/** Months since year 0 of a date text. */
function monthNumber(text: string): string {
  return `(CAST(substr(${text},1,4) AS INTEGER)*12+CAST(substr(${text},6,2) AS INTEGER)-1)`;
}

/** The date `months` later, the day cut to the month's length. */
function monthsLater(date: string, months: string, error: string): string {
  return onceSql(`(${monthNumber(date)}+${months})`, (total) => {
    const first = `printf('%04d-%02d-01',${total}/12,${total}%12+1)`;
    const last = `date(${first},'+1 month','-1 day')`;
    const length = `CASE WHEN ${total}=119999 THEN '31' ELSE substr(${last},9,2) END`;
    const day = `substr(${first},1,8)||min(substr(${date},9,2),${length})`;
    return `CASE WHEN ${total}<12 OR ${total}>=120000 THEN ${error} ELSE ${day} END`;
  });
}

const dateAdd: FunctionBinder = (call) => {
  arity(call, 3);
  const part = datePart(call.nodes[0], call.name);
  const count = integerArgument(call, 1);
  const moment = momentArgument(call, 2, DATETIME);
  const { type } = moment;
  requirePart(part, type, call.name);
  const overflow = sqlServerError(517, type.name);
  const sql = once(moment, (value) =>
    onceSql(count.sql, (number) => {
      const offset = hasOffset(type) ? `substr(${value},-6)` : "'+00:00'";
      return `CASE WHEN ${value} IS NOT NULL AND ${number} IS NOT NULL THEN ${added(part, type, value, number, offset, overflow)} END`;
    }),
  );
  return computed(sql, type, moment, count);
};

function added(
  part: DatePart,
  type: SqlType,
  value: string,
  number: string,
  offset: string,
  overflow: { errorCode: number; message: string },
): string {
  const ticks = PART_TICKS[part];
  if (ticks !== undefined || part === 'nanosecond') {
    const length = ticks === undefined ? `(${number}/100)` : `(${number}*${ticks})`;
    const instant = `(${instantSql(value, type)}+${length})`;
    if (type.name === 'time') {
      return momentSql(`(${instant}%${TICKS_PER_DAY}+${TICKS_PER_DAY})`, type);
    }
    return momentSql(inRangeSql(instant, type, overflow), type, offset);
  }
  const months = { year: 12, quarter: 3, month: 1 }[part as 'year'];
  if (months === undefined) throw sqlServerError(9810, part, 'dateadd', type.name);
  const date = monthsLater(value, `${number}*${months}`, raiseError(overflow));
  const text = type.name === 'date' ? date : `${date}||substr(${value},11)`;
  return onceSql(`(${text})`, (moved) =>
    ['datetime', 'smalldatetime'].includes(type.name)
      ? momentSql(inRangeSql(instantSql(moved, type), type, overflow), type)
      : moved,
  );
}

/** Boundaries crossed from the first to the second; weeks begin on Sunday. */
const dateDiff: FunctionBinder = (call) => {
  arity(call, 3);
  const part = datePart(call.nodes[0], call.name);
  const [from, to] = [momentArgument(call, 1, TEXT_MOMENT), momentArgument(call, 2, TEXT_MOMENT)];
  const isBig = call.name.toUpperCase() === 'DATEDIFF_BIG';
  const type = isBig ? BIGINT : INT;
  const sql = once(from, (a) =>
    once(
      to,
      (b) =>
        `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ${difference(part, from.type, a, to.type, b)} END`,
    ),
  );
  const overflow = raiseError(sqlServerError(535));
  const checked = isBig
    ? sql
    : onceSql(sql, (n) => `CASE WHEN abs(${n})>2147483647 THEN ${overflow} ELSE ${n} END`);
  return computed(checked, type, from, to);
};

function difference(
  part: DatePart,
  fromType: SqlType,
  a: string,
  toType: SqlType,
  b: string,
): string {
  // Only an offset moves the date that the text begins with; a time of day lies on 1900-01-01.
  const local = (value: string, type: SqlType): string => {
    if (type.name === 'time') return "'1900-01-01'";
    return hasOffset(type) ? onceSql(utcInstantSql(value, type), dateTextSql) : value;
  };
  switch (part) {
    case 'year':
      return onceSql(local(b, toType), (y) =>
        onceSql(
          local(a, fromType),
          (x) => `(CAST(substr(${y},1,4) AS INTEGER)-CAST(substr(${x},1,4) AS INTEGER))`,
        ),
      );
    case 'quarter':
      return onceSql(local(b, toType), (y) =>
        onceSql(local(a, fromType), (x) => `(${monthNumber(y)}/3-${monthNumber(x)}/3)`),
      );
    case 'month':
      return onceSql(local(b, toType), (y) =>
        onceSql(local(a, fromType), (x) => `(${monthNumber(y)}-${monthNumber(x)})`),
      );
    case 'nanosecond':
      return `((${utcInstantSql(b, toType)}-${utcInstantSql(a, fromType)})*100)`;
    default: {
      const ticks = PART_TICKS[part];
      if (ticks === undefined) throw sqlServerError(9810, part, 'datediff', toType.name);
      // 0001-01-01 is a Monday: one day more brings Sundays to multiples of seven.
      const shift = part === 'week' ? `+${TICKS_PER_DAY}` : '';
      return `((${utcInstantSql(b, toType)}${shift})/${ticks}-(${utcInstantSql(a, fromType)}${shift})/${ticks})`;
    }
  }
}

/** A number's part of the stored text. */
function partSql(part: DatePart, value: string, type: SqlType): string {
  const clock = type.name === 'time' ? 1 : 12;
  const digits = (from: number, length: number): string =>
    `CAST(substr(${value},${from},${length}) AS INTEGER)`;
  const day = `CAST(julianday(substr(${value},1,10))-1721425.5 AS INTEGER)`;
  const fraction = (length: number): string => {
    const body = hasOffset(type) ? `substr(${value},1,length(${value})-6)` : value;
    return `CAST(substr(substr(${body},${clock + 9})||'000000000',1,${length}) AS INTEGER)`;
  };
  switch (part) {
    case 'year':
      return digits(1, 4);
    case 'quarter':
      return `((${digits(6, 2)}+2)/3)`;
    case 'month':
      return digits(6, 2);
    case 'day':
      return digits(9, 2);
    case 'dayofyear':
      return `CAST(strftime('%j',substr(${value},1,10)) AS INTEGER)`;
    case 'weekday':
      return `((${day}+1)%7+1)`;
    case 'week':
      // Week 1 holds January 1st; a new week begins on each Sunday.
      return `((CAST(strftime('%j',substr(${value},1,10)) AS INTEGER)-1+(CAST(julianday(substr(${value},1,4)||'-01-01')-1721425.5 AS INTEGER)+1)%7)/7+1)`;
    case 'iso_week':
      return `((CAST(strftime('%j',date(substr(${value},1,10),'-3 days','weekday 4')) AS INTEGER)-1)/7+1)`;
    case 'tzoffset':
      return hasOffset(type) ? offsetMinutesSql(value) : '0';
    default:
      if (type.name === 'date') return '0';
      return clockPart(part, digits, fraction, clock);
  }
}

function clockPart(
  part: DatePart,
  digits: (from: number, length: number) => string,
  fraction: (length: number) => string,
  clock: number,
): string {
  switch (part) {
    case 'hour':
      return digits(clock, 2);
    case 'minute':
      return digits(clock + 3, 2);
    case 'second':
      return digits(clock + 6, 2);
    case 'millisecond':
      return fraction(3);
    case 'microsecond':
      return fraction(6);
    default:
      return fraction(9);
  }
}

function partOf(call: FunctionCall, part: DatePart, index: number): { value: Bound; sql: string } {
  const value = momentArgument(call, index, TEXT_MOMENT);
  if (groupOf(call.bind(index).type) === 'moment') requirePart(part, value.type, call.name);
  const sql = once(
    value,
    (text) => `CASE WHEN ${text} IS NOT NULL THEN ${partSql(part, text, value.type)} END`,
  );
  return { value, sql };
}

const datePartFunction: FunctionBinder = (call) => {
  arity(call, 2);
  const { value, sql } = partOf(call, datePart(call.nodes[0], call.name), 1);
  return computed(sql, INT, value);
};

function partFunction(part: DatePart): FunctionBinder {
  return (call) => {
    arity(call, 1);
    const { value, sql } = partOf(call, part, 0);
    return computed(sql, INT, value);
  };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const dateName: FunctionBinder = (call) => {
  arity(call, 2);
  const part = datePart(call.nodes[0], call.name);
  const { value, sql } = partOf(call, part, 1);
  const type = nvarchar(30);
  const names = part === 'month' ? MONTHS : part === 'weekday' ? WEEKDAYS : undefined;
  if (part === 'tzoffset') {
    return computed(
      once(value, (text) =>
        hasOffset(value.type)
          ? `substr(${text},-6)`
          : `CASE WHEN ${text} IS NOT NULL THEN '+00:00' END`,
      ),
      type,
      value,
    );
  }
  if (names === undefined) return computed(`CAST(${sql} AS TEXT)`, type, value);
  const branches = names.map((name, index) => `WHEN ${index + 1} THEN '${name}'`).join(' ');
  return computed(`CASE ${sql} ${branches} END`, type, value);
};

const endOfMonth: FunctionBinder = (call) => {
  arity(call, 1, 2);
  const value = convertImplicitly(call.context, momentArgument(call, 0, DATETIME), DATE);
  const months = call.nodes.length === 2 ? integerArgument(call, 1) : call.context.integer(0);
  const sql = once(value, (date) =>
    onceSql(months.sql, (count) => {
      const overflow = raiseError(sqlServerError(517, 'date'));
      const first = monthsLater(`(substr(${date},1,8)||'01')`, count, overflow);
      return onceSql(
        first,
        (text) =>
          `CASE WHEN ${text}='9999-12-01' THEN '9999-12-31' ELSE date(${text},'+1 month','-1 day') END`,
      );
    }),
  );
  return computed(sql, DATE, value, months);
};

/** DATEFROMPARTS, TIMEFROMPARTS and DATETIMEFROMPARTS read their text as ISO does. */
function fromParts(type: SqlType, count: number, template: string): FunctionBinder {
  return (call) => {
    arity(call, count);
    const parts = Array.from({ length: count }, (_, index) => integerArgument(call, index));
    const limits = [
      '1 AND 9999',
      '1 AND 12',
      '1 AND 31',
      '0 AND 23',
      '0 AND 59',
      '0 AND 59',
      '0 AND 999',
    ];
    const invalid = raiseError(sqlServerError(289, type.name));
    const isSet = parts.map((part) => `${part.sql} IS NOT NULL`).join(' AND ');
    const inRange = parts
      .map((part, index) => `${part.sql} BETWEEN ${limits[index]}`)
      .join(' AND ');
    const list = parts.map((part) => part.sql).join(',');
    const sql = onceSql(`printf('${template}',${list})`, (text) => {
      const isReal = `date(julianday(substr(${text},1,10)))=substr(${text},1,10)`;
      const from: SqlType = { name: 'datetime2', scale: 7 };
      const moment =
        type.name === 'date'
          ? text
          : momentSql(
              inRangeSql(instantSql(text, from), type, sqlServerError(289, type.name)),
              type,
            );
      return `CASE WHEN ${isSet} THEN CASE WHEN ${inRange} AND ${isReal} THEN ${moment} ELSE ${invalid} END END`;
    });
    return computed(sql, type, ...parts);
  };
}

/** 1 for what a datetime can be read from. */
const isDate: FunctionBinder = (call) => {
  arity(call, 1);
  const value = call.bind(0);
  if (['datetime', 'smalldatetime'].includes(value.type.name))
    return computed(`(${value.sql} IS NOT NULL)`, INT, value);
  if (!isText(value.type) || !value.isConstant) return refuseIsDate(call, value);
  try {
    const moment = convertImplicitly(call.context, value, DATETIME);
    return call.context.integer(call.context.evaluate(moment) === null ? 0 : 1);
  } catch {
    return call.context.integer(0);
  }
};

function refuseIsDate(call: FunctionCall, value: Bound): Bound {
  if (!isText(value.type)) return call.context.integer(0);
  const sql = onceSql(`trim(${value.sql})`, (text) => {
    const iso = `CASE WHEN length(${text})=8 AND ${text} NOT GLOB '*[^0-9]*' THEN substr(${text},1,4)||'-'||substr(${text},5,2)||'-'||substr(${text},7,2) ELSE ${text} END`;
    return onceSql(
      `(${iso})`,
      (day) =>
        `CASE WHEN ${day} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN (coalesce(date(julianday(${day}))=${day},0) AND ${day}>='1753') WHEN ${text} IS NULL OR ${text} NOT GLOB '*[0-9]*' THEN 0 ELSE ${raiseError(sqlServerError(40510, 'ISDATE of this column'))} END`,
    );
  });
  return computed(sql, INT, value);
}

export const DATE_FUNCTIONS: FunctionTable = {
  GETDATE: nowFunction(DATETIME, false),
  CURRENT_TIMESTAMP: nowFunction(DATETIME, false),
  GETUTCDATE: nowFunction(DATETIME, true),
  SYSDATETIME: nowFunction({ name: 'datetime2', scale: 7 }, false),
  SYSUTCDATETIME: nowFunction({ name: 'datetime2', scale: 7 }, true),
  SYSDATETIMEOFFSET: nowFunction({ name: 'datetimeoffset', scale: 7 }, false),
  DATEADD: dateAdd,
  DATEDIFF: dateDiff,
  DATEDIFF_BIG: dateDiff,
  DATEPART: datePartFunction,
  DATENAME: dateName,
  YEAR: partFunction('year'),
  MONTH: partFunction('month'),
  DAY: partFunction('day'),
  EOMONTH: endOfMonth,
  DATEFROMPARTS: fromParts(DATE, 3, '%04d-%02d-%02d'),
  DATETIMEFROMPARTS: fromParts(DATETIME, 7, '%04d-%02d-%02dT%02d:%02d:%02d.%03d'),
  ISDATE: isDate,
};

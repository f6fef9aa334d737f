import type { SqlType } from './sql-type.ts';

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAME =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[T\s])/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?=$|[T\s])/;
const YEAR_FIRST = /^(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?=$|\s)/;
const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?=$|\s)/;
const DAY_NAME_YEAR = new RegExp(
  `^(\\d{1,2})[\\s-]*(${MONTH_NAME})[\\s,-]*(\\d{4}|\\d{2})(?=$|\\s)`,
  'i',
);
const NAME_DAY_YEAR = new RegExp(
  `^(${MONTH_NAME})[\\s-]*(\\d{1,2})(?:\\s*,\\s*|\\s+)(\\d{4}|\\d{2})(?=$|\\s)`,
  'i',
);
const TIME =
  /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.:](\d{1,9}))?)?)?\s*(AM|PM)?\s*(Z|[+-]\d{2}:\d{2})?$/i;

/** Styles whose numeric dates begin with the day, and those that end or begin with the year. */
const DAY_FIRST_STYLES: ReadonlySet<number> = new Set([3, 4, 5, 103, 104, 105, 13, 113, 131]);
const KNOWN_STYLES: ReadonlySet<number> = new Set([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 20, 21, 23, 24, 25, 100, 101, 102, 103, 104,
  105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 120, 121, 126, 127,
]);

export function isDateStyle(style: number): boolean {
  return KNOWN_STYLES.has(style);
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function parts(year: string | number, month: string | number, day: string | undefined): DateParts {
  return {
    year: typeof year === 'number' ? year : fullYear(year),
    month: Number(month),
    day: Number(day),
  };
}

type DateReader = (match: RegExpExecArray, style: number) => DateParts;

const READERS: readonly (readonly [RegExp, DateReader])[] = [
  [ISO, ([, year = '', month = '', day]) => parts(year, month, day)],
  [COMPACT, ([, year = '', month = '', day]) => parts(year, month, day)],
  [YEAR_FIRST, ([, year = '', , month = '', day]) => parts(year, month, day)],
  [
    NUMERIC,
    ([, first = '', , second = '', year = ''], style) =>
      DAY_FIRST_STYLES.has(style) ? parts(year, second, first) : parts(year, first, second),
  ],
  [DAY_NAME_YEAR, ([, day, name, year = '']) => parts(year, monthOf(name), day)],
  [NAME_DAY_YEAR, ([, name, day, year = '']) => parts(year, monthOf(name), day)],
];

function isRealDate({ year, month, day }: DateParts): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const length = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  return day <= (length[month - 1] ?? 0);
}

function pad(value: number | string, width = 2): string {
  return String(value).padStart(width, '0');
}

interface TimeParts {
  readonly clock: string;
  readonly fraction: string;
  readonly offset: string | undefined;
}

function readTime(text: string): TimeParts | undefined {
  const [, hourText, minute, second = '00', fraction = '', half, zone] = TIME.exec(text) ?? [];
  if (hourText === undefined || (minute === undefined && half === undefined)) return undefined;
  let hour = Number(hourText);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  }
  if (hour > 23 || Number(minute ?? 0) > 59 || Number(second) > 59) return undefined;
  const offset = zone === undefined ? undefined : zone.toUpperCase() === 'Z' ? '+00:00' : zone;
  return { clock: `${pad(hour)}:${minute ?? '00'}:${second}`, fraction, offset };
}

/** What a text says about a moment; `undefined` when SQL Server reads no moment in it. */
export interface MomentText {
  /** `2024-01-31T09:30:00.1234567` with the digits that were written. */
  readonly local: string;
  readonly offset: string | undefined;
  readonly fractionDigits: number;
}

/** Reads a date, a time or both, as US English settings read them; `style` as in CONVERT. */
export function readMoment(source: string, type: SqlType, style: number): MomentText | undefined {
  const text = source.trim();
  if (text === '') return { local: '1900-01-01T00:00:00', offset: undefined, fractionDigits: 0 };
  let date: DateParts | undefined;
  let rest = text;
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    date = read(match, style);
    rest = text.slice(match[0].length).replace(/^T|^\s+/i, '');
    break;
  }
  if (date !== undefined && !isRealDate(date)) return undefined;
  const time =
    rest === '' ? { clock: '00:00:00', fraction: '', offset: undefined } : readTime(rest);
  if (time === undefined) return undefined;
  const { year, month, day } = date ?? { year: 1900, month: 1, day: 1 };
  // The old types read three digits only and know no offset.
  const isOld = type.name === 'datetime' || type.name === 'smalldatetime';
  if (isOld && (time.fraction.length > 3 || (time.offset !== undefined && !/z$/i.test(text))))
    return undefined;
  const fraction = time.fraction.slice(0, 7);
  return {
    local: `${pad(year, 4)}-${pad(month)}-${pad(day)}T${time.clock}${fraction === '' ? '' : `.${fraction}`}`,
    offset: time.offset,
    fractionDigits: fraction.length,
  };
}

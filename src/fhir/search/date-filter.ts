import type { ColumnRef, DatePlace } from '../mapping/system-mapping.ts';
import { localTimeText } from '../values/local-time.ts';
import type { LocalRange } from '../values/site-zone.ts';
import type { DateBound } from './date-bound.ts';
import type { DateValue } from './date-value.ts';
import {
  allOf,
  anyOf,
  type Comparison,
  fixedFilters,
  inPlace,
  NOTHING,
  not,
  type SearchFilter,
} from './search-filter.ts';

/** Where the range of a stored date lies beside a moment. Beyond the calendar's end the moment is undefined. */
interface Edges {
  readonly hasValue: SearchFilter;
  beginsAtOrAfter(bound: DateBound | undefined): SearchFilter;
  beginsBefore(bound: DateBound | undefined): SearchFilter;
  endsAtOrBefore(bound: DateBound | undefined): SearchFilter;
  endsAfter(bound: DateBound | undefined): SearchFilter;
}

const hasValue = (column: ColumnRef): SearchFilter => not({ kind: 'isNull', column });

function compare(
  column: ColumnRef,
  comparison: Comparison,
  value: string | undefined,
): SearchFilter {
  if (value !== undefined) return { kind: 'compare', column, comparison, value };
  return comparison === 'less' || comparison === 'atMost' ? hasValue(column) : NOTHING;
}

/** The value of a day for a column that may keep a time too, which is then midnight. */
function compareDay(
  column: ColumnRef,
  comparison: Comparison,
  day: string | undefined,
): SearchFilter {
  const isDay = column.column.type === 'date' || day === undefined;
  return compare(column, comparison, isDay ? day : `${day}T00:00:00`);
}

/** A date stands for its whole day. */
function dayEdges(column: ColumnRef): Edges {
  return {
    hasValue: hasValue(column),
    beginsAtOrAfter: (bound) => compareDay(column, 'atLeast', bound?.nextDay),
    beginsBefore: (bound) => compareDay(column, 'less', bound?.nextDay),
    endsAtOrBefore: (bound) => compareDay(column, 'less', bound?.day),
    endsAfter: (bound) => compareDay(column, 'atLeast', bound?.day),
  };
}

/** One of the ranges holds the column's local time. */
function withinRanges(
  ranges: readonly LocalRange[],
  atLeast: (ms: number) => SearchFilter,
  less: (ms: number) => SearchFilter,
): SearchFilter {
  return anyOf(
    ranges.map(({ fromMs, toMs }) =>
      allOf([
        ...(fromMs === undefined ? [] : [atLeast(fromMs)]),
        ...(toMs === undefined ? [] : [less(toMs)]),
      ]),
    ),
  );
}

/** A date with a time stands for that moment. */
function momentEdges(column: ColumnRef): Edges {
  const isZoned = column.column.type === 'datetimeoffset';
  const from = (bound: DateBound | undefined): SearchFilter => {
    if (!bound || isZoned) return compare(column, 'atLeast', bound?.universal);
    return withinRanges(bound.localsFrom, atLeast, less);
  };
  const before = (bound: DateBound | undefined): SearchFilter => {
    if (!bound || isZoned) return compare(column, 'less', bound?.universal);
    return withinRanges(bound.localsBefore, atLeast, less);
  };
  const atLeast = (ms: number): SearchFilter => compare(column, 'atLeast', localTimeText(ms));
  const less = (ms: number): SearchFilter => compare(column, 'less', localTimeText(ms));
  return {
    hasValue: hasValue(column),
    beginsAtOrAfter: from,
    beginsBefore: before,
    endsAtOrBefore: before,
    endsAfter: from,
  };
}

function columnEdges(column: ColumnRef): Edges {
  return column.column.type === 'date' ? dayEdges(column) : momentEdges(column);
}

/** The local time that two columns make is at least, or less than, a clock's; rows without a time are left out. */
function compareSplit(
  { date, time }: { readonly date: ColumnRef; readonly time: ColumnRef },
  isAtLeast: boolean,
  ms: number,
): SearchFilter {
  const [day = '', clock] = localTimeText(ms).split('T');
  return allOf([
    compareDay(date, isAtLeast ? 'atLeast' : 'atMost', day),
    hasValue(time),
    anyOf([
      compareDay(date, isAtLeast ? 'greater' : 'less', day),
      compare(time, isAtLeast ? 'atLeast' : 'less', clock),
    ]),
  ]);
}

/** A date and its time in two columns; without the time it stands for the whole day. */
function splitEdges(columns: { readonly date: ColumnRef; readonly time: ColumnRef }): Edges {
  const day = dayEdges(columns.date);
  const edge = (
    bound: DateBound | undefined,
    ofDay: SearchFilter,
    ranges: readonly LocalRange[],
  ): SearchFilter => {
    if (!bound || bound.isMidnight) return ofDay;
    const ofMoment = withinRanges(
      ranges,
      (ms) => compareSplit(columns, true, ms),
      (ms) => compareSplit(columns, false, ms),
    );
    return anyOf([ofMoment, allOf([ofDay, { kind: 'isNull', column: columns.time }])]);
  };
  return {
    hasValue: day.hasValue,
    beginsAtOrAfter: (bound) => edge(bound, day.beginsAtOrAfter(bound), bound?.localsFrom ?? []),
    beginsBefore: (bound) => edge(bound, day.beginsBefore(bound), bound?.localsBefore ?? []),
    endsAtOrBefore: (bound) => edge(bound, day.endsAtOrBefore(bound), bound?.localsBefore ?? []),
    endsAfter: (bound) => edge(bound, day.endsAfter(bound), bound?.localsFrom ?? []),
  };
}

/** A period whose start or end is missing is open there. */
function periodEdges(start: ColumnRef, end: ColumnRef): Edges {
  const [first, last] = [columnEdges(start), columnEdges(end)];
  const isOpen = (open: ColumnRef, other: Edges): SearchFilter =>
    allOf([{ kind: 'isNull', column: open }, other.hasValue]);
  return {
    hasValue: anyOf([first.hasValue, last.hasValue]),
    beginsAtOrAfter: (bound) => first.beginsAtOrAfter(bound),
    beginsBefore: (bound) => anyOf([first.beginsBefore(bound), isOpen(start, last)]),
    endsAtOrBefore: (bound) => last.endsAtOrBefore(bound),
    endsAfter: (bound) => anyOf([last.endsAfter(bound), isOpen(end, first)]),
  };
}

function edgesOf(place: DatePlace): Edges {
  if (place.kind === 'column') return columnEdges(place.column);
  if (place.kind === 'split') return splitEdges(place);
  return periodEdges(place.start, place.end);
}

function columnsOf(place: DatePlace): ColumnRef[] {
  if (place.kind === 'column') return [place.column];
  return place.kind === 'split' ? [place.date, place.time] : [place.start, place.end];
}

/** The place fulfils the filter, and counts. */
function atPlace(place: DatePlace, filter: SearchFilter): SearchFilter {
  const columns = [...columnsOf(place), ...place.where.map(({ column }) => column)];
  return inPlace(columns, allOf([filter, ...fixedFilters(place.where)]));
}

/**
 * Whether a stored range that is shorter than the one searched for lies either within it or beside its ends: then `ge`
 * and `le` are one comparison, which an index can answer.
 */
function isShorter(place: DatePlace, { low, high }: DateValue): boolean {
  if (place.kind === 'period') return false;
  if (place.kind === 'column' && place.column.column.type !== 'date') return true;
  return low.isMidnight && (high === undefined || high.isMidnight);
}

const isDay = ({ column }: ColumnRef): boolean => column.type === 'date';

/** Whether a range has room for what is stored: one without a whole day holds no date, and no period of days. */
function canHold(place: DatePlace, { low, high }: DateValue): boolean {
  if (place.kind === 'split' || !columnsOf(place).every(isDay)) return true;
  const { nextDay } = low;
  return nextDay !== undefined && (high === undefined || nextDay < high.day);
}

/** R4 §3.1.1.4.5: `eq` is containment in the range searched for, the others say where the stored range lies beside it. */
function compareRange(place: DatePlace, value: DateValue): SearchFilter {
  const { prefix, low, high } = value;
  const edges = edgesOf(place);
  const isWithin = (): SearchFilter => {
    if (!canHold(place, value)) return NOTHING;
    return allOf([edges.beginsAtOrAfter(low), edges.endsAtOrBefore(high)]);
  };
  switch (prefix) {
    case 'eq':
      return isWithin();
    case 'ne':
      return anyOf([edges.beginsBefore(low), edges.endsAfter(high)]);
    case 'gt':
      return edges.endsAfter(high);
    case 'lt':
      return edges.beginsBefore(low);
    case 'ge':
      if (isShorter(place, value)) return edges.beginsAtOrAfter(low);
      return anyOf([edges.endsAfter(high), isWithin()]);
    case 'le':
      if (isShorter(place, value)) return edges.endsAtOrBefore(high);
      return anyOf([edges.beginsBefore(low), isWithin()]);
    case 'sa':
      return edges.beginsAtOrAfter(high);
    case 'eb':
      return edges.endsAtOrBefore(low);
    case 'ap':
      return allOf([edges.beginsBefore(high), edges.endsAfter(low)]);
  }
}

/** Some place holds a date that stands to one of the values as its prefix says. */
export function dateFilter(
  places: readonly DatePlace[],
  values: readonly DateValue[],
): SearchFilter {
  return anyOf(
    places.map((place) => atPlace(place, anyOf(values.map((value) => compareRange(place, value))))),
  );
}

/** Some place holds a date. */
export function hasDate(places: readonly DatePlace[]): SearchFilter {
  return anyOf(places.map((place) => atPlace(place, edgesOf(place).hasValue)));
}

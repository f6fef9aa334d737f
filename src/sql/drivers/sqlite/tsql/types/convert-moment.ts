import { type Bound, raiseError } from '../bind/bound.ts';
import type { Known } from '../bind/known.ts';
import { once, onceSql } from '../bind/once.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import type { Stored } from '../database.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { hasOffset, inRangeSql, instantSql, momentSql } from './moment-sql.ts';
import { isDateStyle, readMoment } from './parse-moment.ts';
import { groupOf, messageName, type SqlType } from './sql-type.ts';

const OUT_OF_RANGE = raiseError(sqlServerError(242, 'varchar', 'datetime'));

/** The error of a text in which SQL Server reads no moment. */
const UNREADABLE = sqlServerError(241);

/** A moment of any type or a text as a moment of `type`. */
export function toMoment(
  context: StatementContext,
  bound: Bound,
  type: SqlType,
  style: number,
): string {
  switch (groupOf(bound.type)) {
    case 'text':
      return textToMoment(context, bound, type, style);
    case 'moment':
      return momentToMoment(bound, type);
    case 'integer':
      if (type.name !== 'datetime' && type.name !== 'smalldatetime') break;
      return momentSql(inRangeSql(`((${bound.sql}+693595)*864000000000)`, type), type);
    case 'exact':
    case 'approximate':
      if (type.name !== 'datetime' && type.name !== 'smalldatetime') break;
      throw unsupported(`converting ${messageName(bound.type)} to ${type.name}`);
    default:
  }
  throw sqlServerError(206, messageName(bound.type), type.name);
}

function momentToMoment(bound: Bound, type: SqlType): string {
  const from = bound.type;
  const isPlain = (from.scale ?? 0) <= (type.scale ?? 0) && type.name !== 'datetime';
  if (from.name === type.name && isPlain) return bound.sql;
  if (from.name === 'date' && type.name === 'time') throw sqlServerError(529, 'date', 'time');
  if (from.name === 'time' && type.name === 'date') throw sqlServerError(529, 'time', 'date');
  if (type.name === 'date') return `substr(${bound.sql},1,10)`;
  if (from.name === type.name && from.name === 'datetime') return bound.sql;
  if (from.name === 'date' && !hasOffset(type)) {
    return ['datetime', 'smalldatetime'].includes(type.name)
      ? once(bound, (value) => dateAsDatetime(value, type))
      : `(${bound.sql}||'T00:00:00')`;
  }
  return once(bound, (value) => {
    const instant = inRangeSql(
      instantSql(value, from),
      type,
      sqlServerError(242, from.name, type.name),
    );
    const offset = hasOffset(from) ? `substr(${value},-6)` : "'+00:00'";
    return `CASE WHEN ${value} IS NOT NULL THEN ${momentSql(instant, type, offset)} END`;
  });
}

function dateAsDatetime(value: string, type: SqlType): string {
  const error = raiseError(sqlServerError(242, 'date', type.name));
  const [first, last] =
    type.name === 'datetime' ? ['1753-01-01', '9999-12-31'] : ['1900-01-01', '2079-06-06'];
  return `CASE WHEN ${value}<'${first}' OR ${value}>'${last}' THEN ${error} ELSE ${value}||'T00:00:00' END`;
}

function textToMoment(
  context: StatementContext,
  bound: Bound,
  type: SqlType,
  style: number,
): string {
  if (!isDateStyle(style)) throw sqlServerError(281, style, messageName(bound.type), type.name);
  if (bound.isConstant) {
    const { known } = context.fold(bound);
    if (known?.isNull === true) return 'NULL';
    if (known !== undefined) return knownText(context, known, type, style);
  }
  return columnText(bound, type, style);
}

const readValue = (value: Stored, name: SqlType['name'], style: number) =>
  readMoment(String(value), { name }, style);

const localOf = (value: Stored, name: SqlType['name'], style: number): Stored =>
  readValue(value, name, style)?.local ?? null;

/** Undefined when no moment can be read; `+00:00` when the text says nothing of an offset. */
const offsetOf = (value: Stored, name: SqlType['name'], style: number): string | undefined => {
  const moment = readValue(value, name, style);
  return moment === undefined ? undefined : (moment.offset ?? '+00:00');
};

const looksLikeDate = (value: Stored): boolean =>
  /^(\d{4}-?\d{2}-?\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b)/.test(String(value).trim());

/** A literal or a variable: read here, with every format that SQL Server reads. */
function knownText(context: StatementContext, text: Known, type: SqlType, style: number): string {
  const offset = text.ask(offsetOf, type.name, style);
  if (offset === undefined) {
    return text.ask(looksLikeDate) && ['datetime', 'smalldatetime'].includes(type.name)
      ? raiseError(sqlServerError(242, 'varchar', type.name))
      : raiseError(UNREADABLE);
  }
  const from: SqlType = { name: 'datetime2', scale: 7 };
  const instant = inRangeSql(
    instantSql(text.parameter(localOf, type.name, style), from),
    type,
    sqlServerError(242, 'varchar', type.name),
  );
  const converted = momentSql(instant, type, `'${offset}'`);
  return context.fold({ sql: converted, type, isSimple: false, isConstant: true }).sql;
}

/**
 * A column's text: ISO and `yyyymmdd` dates with or without a time. Other formats depend on settings and are refused
 * rather than guessed.
 */
function columnText(bound: Bound, type: SqlType, style: number): string {
  if (style !== 0 && ![20, 21, 23, 112, 120, 121, 126].includes(style)) {
    throw unsupported(`CONVERT of a column's text to ${type.name} with style ${style}`);
  }
  const from: SqlType = { name: 'datetime2', scale: 7 };
  return onceSql(`trim(${bound.sql})`, (text) => {
    const iso = `CASE WHEN ${text} GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*' THEN substr(${text},1,4)||'-'||substr(${text},5,2)||'-'||substr(${text},7) ELSE ${text} END`;
    return onceSql(`(${iso})`, (value) => {
      const day = `substr(${value},1,10)`;
      const time = `substr(${value},12)`;
      const isDay = `${value} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'`;
      const isRealDay = `date(julianday(${day}))=${day}`;
      const isTime = `(${time} GLOB '[012][0-9]:[0-5][0-9]' OR ${time} GLOB '[012][0-9]:[0-5][0-9]:[0-5][0-9]' OR (${time} GLOB '[012][0-9]:[0-5][0-9]:[0-5][0-9].[0-9]*' AND substr(${time},10) NOT GLOB '*[^0-9]*' AND length(${time})<=16)) AND substr(${time},1,2)<'24'`;
      const separator = `substr(${value},11,1) IN ('T',' ','t')`;
      const whole = `${day}||'T'||${time}||substr('00:00:00',length(${time})+1)`;
      const convert = (local: string): string =>
        momentSql(
          inRangeSql(instantSql(local, from), type, sqlServerError(242, 'varchar', type.name)),
          type,
        );
      const unread = `CASE WHEN ${text} GLOB '*[0-9]*' AND NOT (${isDay}) THEN ${raiseError(unsupported('reading this date format from a column'))} WHEN ${isDay} AND NOT ${isRealDay} THEN ${OUT_OF_RANGE} ELSE ${raiseError(UNREADABLE)} END`;
      return `CASE WHEN ${value} IS NULL THEN NULL WHEN ${isDay} AND ${isRealDay} AND length(${value})=10 THEN ${convert(`(${day}||'T00:00:00')`)} WHEN ${isDay} AND ${isRealDay} AND ${separator} AND ${isTime} THEN ${onceSql(whole, convert)} ELSE ${unread} END`;
    });
  });
}

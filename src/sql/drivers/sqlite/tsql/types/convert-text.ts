import { type Bound, raiseError, raiseSql } from '../bind/bound.ts';
import { once, onceSql } from '../bind/once.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { INTEGER_BYTES, rescaled, scaledToText } from './convert-number.ts';
import { momentTextSql } from './moment-styles.ts';
import {
  groupOf,
  isNational,
  isText,
  MAX_LENGTH,
  messageName,
  type SqlType,
  scaleOf,
} from './sql-type.ts';

/** SQL Server's six significant digits; three digits of exponent. */
function floatText(sql: string): string {
  return onceSql(
    `CASE WHEN (${sql}) IS NOT NULL THEN printf('%.6g',${sql}) END`,
    (text) =>
      // SQLite writes at least two digits of exponent, SQL Server three.
      `CASE WHEN ${text} GLOB '*e[+-][0-9][0-9]' THEN replace(replace(${text},'e+','e+0'),'e-','e-0') ELSE ${text} END`,
  );
}

function moneyText(bound: Bound, style: number): string {
  if (style === 2) return scaledToText(bound.sql, 4);
  if (style === 1) {
    return onceSql(
      rescaled(bound.sql, 4, 2),
      (value) =>
        `CASE WHEN ${value} IS NOT NULL THEN CASE WHEN ${value}<0 THEN '-' ELSE '' END||printf('%,d',abs(${value}/100))||'.'||printf('%02d',abs(${value}%100)) END`,
    );
  }
  if (style !== 0) throw unsupported(`CONVERT of money with style ${style}`);
  return scaledToText(rescaled(bound.sql, 4, 2), 2);
}

function fullText(bound: Bound, type: SqlType, style: number | undefined): string {
  const from = bound.type;
  switch (groupOf(from)) {
    case 'integer':
      return `CAST(${bound.sql} AS TEXT)`;
    case 'exact':
      if (from.isTextual === true) return bound.sql;
      return from.name === 'decimal'
        ? scaledToText(bound.sql, scaleOf(from))
        : moneyText(bound, style ?? 0);
    case 'approximate':
      if ((style ?? 0) !== 0) throw unsupported(`CONVERT of ${from.name} with style ${style}`);
      return floatText(bound.sql);
    case 'moment':
      return once(bound, (value) => momentTextSql(value, from, type, style));
    case 'guid':
      return `upper(${bound.sql})`;
    case 'binary':
      if (style === 1) return `('0x'||hex(${bound.sql}))`;
      if (style === 2) return `hex(${bound.sql})`;
      return onceSql(`CAST(${bound.sql} AS TEXT)`, (text) => {
        const isPlain = `length(${text})=octet_length(${bound.sql}) AND octet_length(${bound.sql})=octet_length(${text})`;
        return `CASE WHEN ${text} IS NULL THEN NULL WHEN ${isPlain} AND ${isNational(type) ? `${text}=''` : '1'} THEN ${text} ELSE ${raiseError(unsupported('reading binary data as text'))} END`;
      });
    default:
      return bound.sql;
  }
}

/** Blank-padded to its length, as char and nchar are held. */
export function padded(sql: string, type: SqlType): string {
  if (type.name !== 'char' && type.name !== 'nchar') return sql;
  const length = type.length ?? 1;
  return `substr(${sql}||printf('%${length}s',''),1,${length})`;
}

/** What happens when the text does not fit: text and dates are cut, numbers fail, integers turn into a star. */
function fitted(sql: string, from: SqlType, type: SqlType): string {
  const length = type.length ?? 30;
  if (length === MAX_LENGTH) return sql;
  const group = groupOf(from);
  if (group === 'text' || group === 'moment' || group === 'binary') {
    if (isText(from) && (from.length ?? MAX_LENGTH) <= length) return sql;
    return `substr(${sql},1,${length})`;
  }
  const tooLong =
    group === 'guid'
      ? raiseError(sqlServerError(8170))
      : group === 'integer' && !isNational(type) && from.name !== 'bigint'
        ? "'*'"
        : raiseError(
            sqlServerError(8115, group === 'integer' ? 'expression' : messageName(from), type.name),
          );
  return onceSql(
    sql,
    (text) => `CASE WHEN length(${text})>${length} THEN ${tooLong} ELSE ${text} END`,
  );
}

export function toText(bound: Bound, type: SqlType, style: number | undefined): string {
  return padded(fitted(fullText(bound, type, style), bound.type, type), type);
}

export function toGuid(bound: Bound): string {
  if (bound.type.name === 'uniqueidentifier') return bound.sql;
  if (!isText(bound.type)) throw sqlServerError(206, messageName(bound.type), 'uniqueidentifier');
  const hex = '[0-9a-f]';
  const shape = [8, 4, 4, 4, 12].map((count) => hex.repeat(count)).join('-');
  return onceSql(
    `lower(trim(${bound.sql},'{} '))`,
    (text) =>
      // Characters past the 36th are ignored, as SQL Server ignores them.
      `CASE WHEN ${text} IS NULL THEN NULL WHEN substr(${text},1,36) GLOB '${shape}' THEN substr(${text},1,36) ELSE ${raiseError(sqlServerError(8169))} END`,
  );
}

export function toBinary(bound: Bound, type: SqlType, style: number | undefined): string {
  const length = type.length ?? 30;
  const cut = (sql: string): string =>
    length === MAX_LENGTH ? `CAST(${sql} AS BLOB)` : `CAST(substr(${sql},1,${length}) AS BLOB)`;
  const fixed = (sql: string): string =>
    type.name === 'binary' ? `CAST(substr(${sql}||zeroblob(${length}),1,${length}) AS BLOB)` : sql;
  switch (groupOf(bound.type)) {
    case 'binary':
      return type.name === 'binary' ? unsupportedPadding(bound, type) : cut(bound.sql);
    case 'text':
      if (style === 1 || style === 2) return hexToBinary(bound, style);
      if (isNational(bound.type)) throw unsupported('converting nvarchar to varbinary');
      return once(
        bound,
        (text) =>
          `CASE WHEN octet_length(${text})<>length(${text}) THEN ${raiseError(unsupported('converting non-ASCII text to varbinary'))} ELSE ${fixed(cut(`CAST(${text} AS BLOB)`))} END`,
      );
    case 'integer':
      if (bound.type.name !== 'bit') return integerToBinary(bound, type);
      throw unsupported('converting bit to binary');
    default:
      throw unsupported(`converting ${messageName(bound.type)} to ${type.name}`);
  }
}

/** The number's bytes, highest first; what is too long loses its first bytes. */
function integerToBinary(bound: Bound, type: SqlType): string {
  const own = INTEGER_BYTES[bound.type.name] ?? 8;
  const limit = type.length ?? 30;
  const bytes = type.name === 'binary' ? limit : Math.min(own, limit);
  return once(bound, (value) => {
    const digits = `substr(printf('%016X',${value}),-${own * 2})`;
    const wanted = `substr('${'0'.repeat(Math.max(0, bytes - own) * 2)}'||${digits},-${bytes * 2})`;
    return `CASE WHEN ${value} IS NOT NULL THEN unhex(${wanted}) END`;
  });
}

/** Zero bytes at the end cannot be joined in SQLite without reading the value as text: only equal lengths pass. */
function unsupportedPadding(bound: Bound, type: SqlType): string {
  const length = type.length ?? 1;
  const refuse = raiseError(unsupported('padding binary data'));
  return once(
    bound,
    (value) =>
      `CASE WHEN length(${value})>=${length} THEN substr(${value},1,${length}) WHEN ${value} IS NOT NULL THEN ${refuse} END`,
  );
}

function hexToBinary(bound: Bound, style: number): string {
  const fail = raiseSql(8114, `'Error converting data type ${bound.type.name} to varbinary.'`);
  const digits = style === 1 ? `substr(${bound.sql},3)` : bound.sql;
  return onceSql(
    `unhex(${digits})`,
    (bytes) =>
      `CASE WHEN ${bound.sql} IS NOT NULL AND ${bytes} IS NULL THEN ${fail} ELSE ${bytes} END`,
  );
}

import { type Bound } from '../bind/bound.ts';
import { once } from '../bind/once.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import { withinRanges } from '../bind/text-ranges.ts';
import type { Stored } from '../database.ts';
import { BASE, isAscii, LOWER } from './letters.ts';

/*
 * Latin1_General_CI_AS over SQLite: NOCASE folds ASCII only, so values with other letters are folded letter by letter.
 * Pure ASCII values, the rule, skip that.
 */

const LOWER_JSON = JSON.stringify(LOWER);
const BASE_JSON = JSON.stringify(BASE);
const UPPER_JSON = JSON.stringify(
  Object.fromEntries(Object.entries(LOWER).map(([upper, lower]) => [lower, upper])),
);

/** Every letter of `value` through the JSON map; other letters stay. */
function translate(context: StatementContext, value: string, map: string): string {
  const letter = `substr(${value},f.i,1)`;
  return `(WITH RECURSIVE f(i,s) AS (SELECT 1,'' UNION ALL SELECT f.i+1, f.s||coalesce(CASE WHEN unicode(${letter})>127 THEN ${context.parameter(map)}->>${letter} END, ${letter}) FROM f WHERE f.i<=length(${value})) SELECT f.s FROM f WHERE f.i=length(${value})+1)`;
}

function whenAscii(value: string, ascii: string, otherwise: string): string {
  return `CASE WHEN octet_length(${value})=length(${value}) THEN ${ascii} ELSE ${otherwise} END`;
}

function mapped(text: string, map: Readonly<Record<string, string>>): string {
  return text.replaceAll(/[^\0-\u007f]/g, (letter) => map[letter] ?? letter).replace(/ +$/, '');
}

const foldText = (value: Stored): Stored => mapped(String(value), LOWER);

const sortText = (value: Stored): Stored => {
  const text = String(value);
  return isAscii(text) ? mapped(text, {}) : `${mapped(text, BASE)}\u0001${mapped(text, LOWER)}`;
};

const isPlain = (value: Stored): boolean => isAscii(String(value));

/** What two texts share exactly when T-SQL holds them equal; to be compared with COLLATE NOCASE. */
export function equalityKey(context: StatementContext, bound: Bound): string {
  if (bound.known?.isNull === false) return bound.known.parameter(foldText);
  return once(bound, (value) =>
    whenAscii(value, `rtrim(${value})`, `rtrim(${translate(context, value, LOWER_JSON)})`),
  );
}

/** Orders texts: accented letters sort with their base letter, and equal keys mean equal texts. */
export function sortKey(context: StatementContext, bound: Bound): string {
  if (bound.known?.isNull === false) return bound.known.parameter(sortText);
  return once(bound, (value) => {
    const folded = `rtrim(${translate(context, value, BASE_JSON)})||char(1)||rtrim(${translate(context, value, LOWER_JSON)})`;
    return whenAscii(value, `rtrim(${value})`, folded);
  });
}

/** The letters folded for searching (trailing spaces kept, ASCII lower-cased too). */
export function searchKey(context: StatementContext, bound: Bound): string {
  return once(bound, (value) =>
    whenAscii(value, `lower(${value})`, `lower(${translate(context, value, LOWER_JSON)})`),
  );
}

export function upperCase(context: StatementContext, bound: Bound): string {
  return once(bound, (value) =>
    whenAscii(value, `upper(${value})`, `upper(${translate(context, value, UPPER_JSON)})`),
  );
}

/** A condition with AND behind it that keeps an index of one column to what can be equal to another column's value. */
function rangeOfColumn(column: Bound, other: Bound): string {
  if (column.columnName === undefined || other.columnName === undefined) return '';
  const limits = (plain: string, accented: string): string =>
    `CASE WHEN octet_length(${other.sql})=length(${other.sql}) THEN ${plain} WHEN ${other.sql} IS NOT NULL THEN ${accented} END`;
  const low = limits(`rtrim(${other.sql})`, `''`);
  const high = limits(`rtrim(${other.sql})||'!'`, `char(0x10ffff)`);
  return `${column.sql} COLLATE NOCASE>=${low} AND ${column.sql} COLLATE NOCASE<${high} AND `;
}

/** Equality of two texts; of a column and a known text by the column's index. */
export function textEquals(context: StatementContext, left: Bound, right: Bound): string {
  const [column, { known }] = left.known === undefined ? [left, right] : [right, left];
  const exact = `${equalityKey(context, left)} COLLATE NOCASE=${equalityKey(context, right)}`;
  if (known === undefined)
    return `(${rangeOfColumn(left, right)}${rangeOfColumn(right, left)}${exact})`;
  if (known.isNull || column.columnName === undefined) return `(${exact})`;
  const range = withinRanges(column, known, 'equal');
  return known.ask(isPlain)
    ? `(${range}rtrim(${column.sql}) COLLATE NOCASE=${known.parameter(foldText)})`
    : `(${range}${exact})`;
}

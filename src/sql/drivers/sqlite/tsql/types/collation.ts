import { type Bound } from '../bind/bound.ts';
import { once } from '../bind/once.ts';
import type { StatementContext } from '../bind/statement-context.ts';

/*
 * Latin1_General_CI_AS over SQLite: NOCASE folds ASCII only, so values with other letters are folded letter by letter.
 * Pure ASCII values, the rule, skip that.
 */

const LOWER: Record<string, string> = {};
const BASE: Record<string, string> = {};
/** Latin with its extensions, Greek and Cyrillic, and Latin Extended Additional, which Vietnamese names need. */
const FOLDED_RANGES = [
  [0xc0, 0x24f],
  [0x370, 0x52f],
  [0x1e00, 0x1eff],
] as const;
const FOLDED = FOLDED_RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
);
for (const letter of FOLDED) {
  const lower = letter.toLowerCase();
  const base = lower.normalize('NFD').replaceAll(/\p{M}/gu, '');
  if (lower !== letter && lower.length === 1) LOWER[letter] = lower;
  if (base !== letter) BASE[letter] = base;
}
const LOWER_JSON = JSON.stringify(LOWER);
const BASE_JSON = JSON.stringify(BASE);
const UPPER_JSON = JSON.stringify(
  Object.fromEntries(Object.entries(LOWER).map(([upper, lower]) => [lower, upper])),
);

/** The accented letters that sort within a range of plain ones: after the first letter, before the last. */
export function accentedWithin(first: string, last: string): string {
  return FOLDED.filter((letter) => {
    const base = BASE[letter];
    return LOWER[letter] === undefined && base !== undefined && base >= first && base < last;
  }).join('');
}

export function isAscii(text: string): boolean {
  return !/[^\0-\u007f]/.test(text);
}

/** Every letter of `value` through the JSON map; other letters stay. */
function translate(context: StatementContext, value: string, map: string): string {
  const letter = `substr(${value},f.i,1)`;
  return `(WITH RECURSIVE f(i,s) AS (SELECT 1,'' UNION ALL SELECT f.i+1, f.s||coalesce(CASE WHEN unicode(${letter})>127 THEN ${context.parameter(map)}->>${letter} END, ${letter}) FROM f WHERE f.i<=length(${value})) SELECT f.s FROM f WHERE f.i=length(${value})+1)`;
}

function whenAscii(value: string, ascii: string, otherwise: string): string {
  return `CASE WHEN octet_length(${value})=length(${value}) THEN ${ascii} ELSE ${otherwise} END`;
}

function foldText(text: string): string {
  return text.replaceAll(/[^\0-\u007f]/g, (letter) => LOWER[letter] ?? letter).replace(/ +$/, '');
}

/** What two texts share exactly when T-SQL holds them equal; to be compared with COLLATE NOCASE. */
export function equalityKey(context: StatementContext, bound: Bound): string {
  if (typeof bound.known?.value === 'string') return context.parameter(foldText(bound.known.value));
  return once(bound, (value) =>
    whenAscii(value, `rtrim(${value})`, `rtrim(${translate(context, value, LOWER_JSON)})`),
  );
}

/** Orders texts: accented letters sort with their base letter, and equal keys mean equal texts. */
export function sortKey(context: StatementContext, bound: Bound): string {
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

/** Equality that can use an index of a NOCASE column when the other side is a known ASCII text. */
export function textEquals(context: StatementContext, left: Bound, right: Bound): string {
  const [column, constant] = left.known === undefined ? [left, right] : [right, left];
  const text = constant.known?.value;
  if (typeof text === 'string' && isAscii(text) && column.columnName !== undefined) {
    const trimmed = text.replace(/ +$/, '');
    const low = context.parameter(trimmed);
    const high = context.parameter(`${trimmed}!`);
    return `(${column.sql} COLLATE NOCASE>=${low} AND ${column.sql} COLLATE NOCASE<${high} AND rtrim(${column.sql}) COLLATE NOCASE=${low})`;
  }
  return `(${equalityKey(context, left)} COLLATE NOCASE=${equalityKey(context, right)})`;
}

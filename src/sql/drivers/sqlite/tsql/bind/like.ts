import type { Stored } from '../database.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { searchKey } from '../types/collation.ts';
import { isNational } from '../types/sql-type.ts';
import { type Bound, quoteText, raiseError } from './bound.ts';
import type { Known } from './known.ts';
import { caselessGlobOf, globOf, piecesOf } from './like-pattern.ts';
import { once, onceSql } from './once.ts';
import type { StatementContext } from './statement-context.ts';
import { inEachRange } from './text-ranges.ts';

/** `value` (folded already) GLOB the known pattern. */
export function globPattern(context: StatementContext, pattern: string): string | undefined {
  const pieces = piecesOf(pattern, undefined);
  return pieces === undefined ? undefined : unplanned(context.parameter(globOf(pieces)));
}

/** SQLite plans a statement anew with each value of a bare parameter behind GLOB. */
const unplanned = (parameter: string): string => `+${parameter}`;

type Escape = string | undefined;

const canMatch = (pattern: Stored, escape: Escape): boolean =>
  piecesOf(String(pattern), escape) !== undefined;

const isOpenEnded = (pattern: Stored, escape: Escape): boolean =>
  piecesOf(String(pattern), escape)?.at(-1)?.kind === 'many';

const asGlob = (pattern: Stored, escape: Escape): Stored =>
  caselessGlobOf(piecesOf(String(pattern), escape) ?? []);

function knownLike(
  operand: Bound,
  pattern: Known,
  escape: Escape,
  ignoresTrailingBlanks: boolean,
): string {
  if (!pattern.ask(canMatch, escape)) return `CASE WHEN ${operand.sql} IS NOT NULL THEN 0 END`;
  const glob = unplanned(pattern.parameter(asGlob, escape));
  const test = once(operand, (value) =>
    ignoresTrailingBlanks && !pattern.ask(isOpenEnded, escape)
      ? `(${value} GLOB ${glob} OR rtrim(${value}) GLOB ${glob})`
      : `${value} GLOB ${glob}`,
  );
  return inEachRange(operand, pattern, 'like', { escape, exact: test });
}

/** A pattern that differs from row to row: `%` and `_` only. */
function columnLike(
  context: StatementContext,
  operand: Bound,
  pattern: Bound,
  escape: string | undefined,
): string {
  const refuse = raiseError(unsupported('[ ] in a LIKE pattern that comes from a column'));
  const suffix = escape === undefined ? '' : ` ESCAPE ${quoteText(escape.toLowerCase())}`;
  return onceSql(searchKey(context, pattern), (text) =>
    onceSql(
      searchKey(context, operand),
      (value) =>
        `CASE WHEN instr(${text},'[')>0 THEN ${refuse} ELSE ${value} LIKE ${text}${suffix} END`,
    ),
  );
}

export function likeSql(
  context: StatementContext,
  operand: Bound,
  pattern: Bound,
  escape: Bound | undefined,
): string {
  const escapeValue = escape === undefined ? undefined : context.evaluate(escape);
  if (escapeValue === null) return 'NULL';
  if (
    escapeValue !== undefined &&
    (typeof escapeValue !== 'string' || Array.from(escapeValue).length !== 1)
  ) {
    throw sqlServerError(
      506,
      `The invalid escape character "${String(escapeValue)}" was specified in a LIKE predicate.`,
    );
  }
  const { known } = context.fold(pattern);
  if (known === undefined) return columnLike(context, operand, pattern, escapeValue);
  if (known.isNull) return 'NULL';
  const isPlain = !isNational(operand.type) && !isNational(pattern.type);
  return knownLike(operand, known, escapeValue, isPlain);
}

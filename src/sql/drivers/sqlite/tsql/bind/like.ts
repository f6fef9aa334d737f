import { sqlServerError, unsupported } from '../errors.ts';
import { accentedWithin, isAscii, searchKey } from '../types/collation.ts';
import { isNational } from '../types/sql-type.ts';
import { type Bound, quoteText, raiseError } from './bound.ts';
import { onceSql } from './once.ts';
import type { StatementContext } from './statement-context.ts';

type Piece =
  | { readonly kind: 'many' | 'one' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'set'; readonly members: string; readonly negated: boolean };

/** The pieces of a pattern; `undefined` when it can match nothing (an unclosed set). */
function piecesOf(pattern: string, escape: string | undefined): Piece[] | undefined {
  const pieces: Piece[] = [];
  const letters = Array.from(pattern);
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? '';
    if (letter === escape) {
      index += 1;
      const escaped = letters[index];
      if (escaped === undefined) return undefined;
      pieces.push({ kind: 'text', text: escaped });
    } else if (letter === '%') pieces.push({ kind: 'many' });
    else if (letter === '_') pieces.push({ kind: 'one' });
    else if (letter === '[') {
      const set = readSet(letters, index + 1, escape);
      if (set === undefined) return undefined;
      pieces.push(set.piece);
      index = set.end;
    } else pieces.push({ kind: 'text', text: letter });
  }
  return pieces;
}

function readSet(
  letters: readonly string[],
  from: number,
  escape: string | undefined,
): { piece: Piece; end: number } | undefined {
  let index = from;
  const negated = letters[index] === '^';
  if (negated) index += 1;
  let members = '';
  while (letters[index] !== ']') {
    if (letters[index] === escape && escape !== undefined) {
      // An escaped member is refused where GLOB could read it as a range or the set's end.
      index += 1;
      if (letters[index] === '-' || letters[index] === ']')
        throw unsupported('this escape within [ ] of LIKE');
    }
    const letter = letters[index];
    if (letter === undefined) return undefined;
    members += letter;
    index += 1;
  }
  if (members === '') return undefined;
  return { piece: { kind: 'set', members: lowered(members), negated }, end: index };
}

function lowered(text: string): string {
  return Array.from(text)
    .map((letter) =>
      letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
    )
    .join('');
}

function globOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      switch (piece.kind) {
        case 'many':
          return '*';
        case 'one':
          return '?';
        case 'text':
          return '*?['.includes(piece.text) ? `[${piece.text}]` : lowered(piece.text);
        case 'set':
          return setGlob(piece.members, piece.negated);
      }
    })
    .join('');
}

/** GLOB reads `^` at the start as negation, so a lone or leading one moves to the end. */
function setGlob(written: string, negated: boolean): string {
  const ranges = [...written.toLowerCase().matchAll(/([a-z])-([a-z])/g)];
  const accented = ranges.map(([, first = '', last = '']) => accentedWithin(first, last));
  const members = written + accented.join('');
  if (negated) return `[^${members}]`;
  if (!members.startsWith('^')) return `[${members}]`;
  if (members.length === 1) return '^';
  return `[${members.slice(1)}^]`;
}

/** `value` (folded already) GLOB the known pattern. */
export function globPattern(
  context: StatementContext,
  pattern: string,
  escape?: string,
): string | undefined {
  const pieces = piecesOf(pattern, escape);
  return pieces === undefined ? undefined : context.parameter(globOf(pieces));
}

/** The text before the first wildcard. */
function prefixOf(pieces: readonly Piece[]): string {
  let prefix = '';
  for (const piece of pieces) {
    if (piece.kind !== 'text') break;
    prefix += piece.text;
  }
  return prefix;
}

function knownLike(
  context: StatementContext,
  operand: Bound,
  pattern: string,
  escape: string | undefined,
  ignoresTrailingBlanks: boolean,
): string {
  const pieces = piecesOf(pattern, escape);
  if (pieces === undefined) return `CASE WHEN ${operand.sql} IS NOT NULL THEN 0 END`;
  const glob = context.parameter(globOf(pieces));
  const key = searchKey(context, operand);
  const test =
    ignoresTrailingBlanks && pieces.at(-1)?.kind !== 'many'
      ? onceSql(key, (value) => `(${value} GLOB ${glob} OR rtrim(${value}) GLOB ${glob})`)
      : `${key} GLOB ${glob}`;
  const prefix = prefixOf(pieces);
  // A range that an index can answer, before the exact test.
  const range =
    operand.columnName !== undefined && prefix !== '' && isAscii(prefix) && isAscii(pattern)
      ? `${operand.sql} COLLATE NOCASE>=${context.parameter(prefix.trimEnd())} AND ${operand.sql} COLLATE NOCASE<${context.parameter(`${prefix}\u{10ffff}`)} AND `
      : '';
  return `(${range}${test})`;
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
  const known = context.fold(pattern).known?.value;
  if (known === null) return 'NULL';
  if (typeof known !== 'string') return columnLike(context, operand, pattern, escapeValue);
  const isPlain = !isNational(operand.type) && !isNational(pattern.type);
  return knownLike(context, operand, known, escapeValue, isPlain);
}

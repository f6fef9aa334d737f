import { unsupported } from '../errors.ts';
import { accentedWithin, spellingsOf } from '../types/letters.ts';

/** A part of a LIKE pattern; the members of a set are in lower case, ranges as `a-f`. */
type Piece =
  | { readonly kind: 'many' | 'one' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'set'; readonly members: string; readonly negated: boolean };

/** The pieces of a pattern; `undefined` when it can match nothing (an unclosed set). */
export function piecesOf(pattern: string, escape: string | undefined): Piece[] | undefined {
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

/** The pieces as a GLOB pattern for folded text. */
export function globOf(pieces: readonly Piece[]): string {
  return written(pieces, {
    letter: (text) => ('*?['.includes(text) ? `[${text}]` : text),
    members: (text) => text,
  });
}

/** The pieces as a GLOB pattern for text as it stands: each letter in all its cases. */
export function caselessGlobOf(pieces: readonly Piece[]): string {
  return written(pieces, {
    letter: (text) => {
      const spellings = spellingsOf(text);
      return spellings.length > 1 || '*?['.includes(text) ? `[${spellings}]` : text;
    },
    members: (text) => {
      const cases = Array.from(text, (letter) => spellingsOf(letter).slice(1)).join('');
      const ranges = [...text.matchAll(/[a-z]-[a-z]/g)].map(([range]) => range.toUpperCase());
      // A hyphen at the end of a set is one of its members.
      return ranges.join('') + cases + text;
    },
  });
}

/** How letters and the members of sets stand in a GLOB pattern, given in lower case. */
interface GlobSpelling {
  letter(text: string): string;
  members(text: string): string;
}

function written(pieces: readonly Piece[], spelling: GlobSpelling): string {
  return pieces
    .map((piece) => {
      switch (piece.kind) {
        case 'many':
          return '*';
        case 'one':
          return '?';
        case 'text':
          return spelling.letter(lowered(piece.text));
        case 'set':
          return setGlob(piece, spelling);
      }
    })
    .join('');
}

/** GLOB reads `^` at the start as negation, so a lone or leading one moves to the end. */
function setGlob(
  { members: own, negated }: Extract<Piece, { kind: 'set' }>,
  spelling: GlobSpelling,
): string {
  const ranges = [...own.toLowerCase().matchAll(/([a-z])-([a-z])/g)];
  const accented = ranges.map(([, first = '', last = '']) => accentedWithin(first, last));
  const members = spelling.members(own + accented.join(''));
  if (negated) return `[^${members}]`;
  if (!members.startsWith('^')) return `[${members}]`;
  if (members.length === 1) return '^';
  return `[${members.slice(1)}^]`;
}

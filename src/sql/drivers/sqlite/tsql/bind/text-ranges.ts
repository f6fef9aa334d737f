import type { Stored } from '../database.ts';
import type { Bound } from './bound.ts';
import type { Known } from './known.ts';
import { piecesOf } from './like-pattern.ts';

/*
 * The parts of a NOCASE index in which everything lies that a test can hold for. Letters beyond ASCII stand behind all
 * others there, whatever their base: so a test has a range of plain texts, and ranges of texts with such a letter.
 */

/** From a text up to another, which is not in it; open where there is none. */
interface Range {
  readonly low?: string;
  readonly high?: string;
  /** Few texts lie there. */
  readonly isRare?: true;
}

/** Behind every text that begins alike. */
const LAST = '\u{10ffff}';
const FIRST_ACCENTED = '\u0080';

const accentedAfter = (prefix: string): Range => ({
  low: `${prefix}${FIRST_ACCENTED}`,
  high: `${prefix}${LAST}`,
  isRare: true,
});

function plainBeginning(text: string): string {
  return /^[\0-\u007f]*/.exec(text)?.[0] ?? '';
}

const withoutBlanks = (text: string): string => text.replace(/ +$/, '');

/** Texts that are equal but for case and blanks at their end. */
function rangesOfEqual(text: string): readonly Range[] {
  const wanted = withoutBlanks(text);
  const plain = plainBeginning(wanted);
  return [plain === wanted ? { low: wanted, high: `${wanted}!` } : accentedAfter(plain)];
}

/** So many sets of a pattern decide where its ranges begin and end. */
const MAX_DECIDING_SETS = 4;

/** A set of one plain letter and accented ones; undefined for any other. */
function plainLetterOf(members: string): string | undefined {
  const letters = Array.from(members);
  const [plain, ...others] = letters.filter((letter) => letter < FIRST_ACCENTED);
  return others.length === 0 && plain !== '-' ? plain : undefined;
}

/** Texts that a pattern can match, by what stands in it up to its first wildcard, or set of several plain letters. */
function rangesOfLike(pattern: string, escape: string | undefined): readonly Range[] {
  const accented: Range[] = [];
  let prefix = '';
  for (const piece of piecesOf(pattern, escape) ?? []) {
    if (piece.kind === 'text') {
      const plain = plainBeginning(piece.text);
      prefix += plain;
      if (plain !== piece.text) return [...accented, accentedAfter(prefix)];
    } else if (piece.kind === 'set' && !piece.negated) {
      const letter = plainLetterOf(piece.members);
      if (letter === undefined || accented.length === MAX_DECIDING_SETS) {
        return [...accented, ...rangesOfSet(prefix, piece.members)];
      }
      if (letter !== piece.members) accented.push(accentedAfter(prefix));
      prefix += letter;
    } else break;
  }
  // The pattern may match what has lost the blanks at its end.
  return prefix === ''
    ? []
    : [...accented, { low: withoutBlanks(prefix), high: `${prefix}${LAST}` }];
}

/** A range of letters has accented ones among them. */
function rangesOfSet(prefix: string, members: string): readonly Range[] {
  const letters = Array.from(members).toSorted();
  const plain = letters.filter((letter) => letter < FIRST_ACCENTED);
  const [first, last] = [plain[0], plain.at(-1)];
  const isPlainOnly = plain.length === letters.length && !members.includes('-');
  return [
    ...(first === undefined ? [] : [{ low: `${prefix}${first}`, high: `${prefix}${last}${LAST}` }]),
    ...(isPlainOnly ? [] : [accentedAfter(prefix)]),
  ];
}

/** Texts that sort with this one or behind it. */
function rangesOfFrom(text: string): readonly Range[] {
  return [{ low: withoutBlanks(plainBeginning(text)) }];
}

/** So many letters decide where a range ends. */
const MAX_DECIDING_LETTERS = 3;

/** Texts that sort before this one or with it: accented letters sort as their base letters, which stand far before them. */
function rangesOfUpTo(text: string): readonly Range[] {
  const wanted = withoutBlanks(text);
  const printable = /^[ -~]*/.exec(wanted)?.[0] ?? '';
  const deciding = printable.slice(0, MAX_DECIDING_LETTERS);
  const high = deciding === wanted ? `${wanted}!` : `${deciding}${LAST}`;
  return [{ high }, ...Array.from(deciding, (_, index) => accentedAfter(deciding.slice(0, index)))];
}

const RANGES = {
  equal: rangesOfEqual,
  like: rangesOfLike,
  from: rangesOfFrom,
  upTo: rangesOfUpTo,
} as const;

type Test = keyof typeof RANGES;

/** Which ends the ranges have: `low high,high`. */
const shapeOf = (value: Stored, test: Test, escape: string | undefined): string =>
  RANGES[test](String(value), escape)
    .map((range) => Object.keys(range).join(' '))
    .join();

const endOf = (
  value: Stored,
  test: Test,
  escape: string | undefined,
  index: number,
  end: 'low' | 'high',
): Stored => RANGES[test](String(value), escape)[index]?.[end] ?? null;

/** For SQLite, which takes every range for a sixty-fourth of the texts, and many of those for too much. */
const rarely = (condition: string): string => `likelihood(${condition},0.001)`;

/** Conditions that each keep an index to a range; together the ranges hold all texts that a test can hold for. */
function rangeConditions(column: Bound, known: Known, test: Test, escape?: string): string[] {
  const shape = column.columnName === undefined ? '' : known.ask(shapeOf, test, escape);
  if (shape === '') return [];
  return shape.split(',').map((facts, index) => {
    const ends = (['low', 'high'] as const).filter((end) => facts.includes(end));
    const sides = ends.map((end) => {
      const operator = end === 'low' ? '>=' : '<';
      const limit = known.parameter(endOf, test, escape, index, end);
      const side = `${column.sql} COLLATE NOCASE${operator}${limit}`;
      return facts.includes('isRare') && end === 'low' ? rarely(side) : side;
    });
    return sides.join(' AND ');
  });
}

/** A condition with AND behind it that keeps an index to the ranges of a test; empty where there is nothing to keep to. */
export function withinRanges(column: Bound, known: Known, test: Test, escape?: string): string {
  const ranges = rangeConditions(column, known, test, escape);
  if (ranges.length === 0) return '';
  return ranges.length === 1 ? `${ranges[0]} AND ` : `((${ranges.join(') OR (')})) AND `;
}

/**
 * The condition of a test within each of its ranges: as alternatives that may stand among others, of other columns, and
 * still have their indexes.
 */
export function inEachRange(
  column: Bound,
  known: Known,
  test: Test,
  { escape, exact }: { readonly escape: string | undefined; readonly exact: string },
): string {
  const ranges = rangeConditions(column, known, test, escape);
  if (ranges.length === 0) return `(${exact})`;
  return `(${ranges.map((range) => `(${range} AND ${exact})`).join(' OR ')})`;
}

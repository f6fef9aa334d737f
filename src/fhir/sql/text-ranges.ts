import type { TextOrder } from '../mapping/system-mapping.ts';
import { strokedVariantsOf, variantsOf } from './letters.ts';

/** Texts `low ≤ text < high`; without `high`, to the end. */
export interface TextRange {
  readonly low: string;
  readonly high?: string;
}

const isAscii = (letter: string): boolean => letter.charCodeAt(0) < 0x80;

/** The text that comes next after all that begin with this one, in the order of codes. */
function afterPrefix(prefix: string): string {
  const letters = Array.from(prefix);
  const next = (letters.pop()?.codePointAt(0) ?? 0) + 1;
  return letters.join('') + String.fromCodePoint(next === 0xd800 ? 0xe000 : next);
}

const prefixRange = (prefix: string): TextRange => ({ low: prefix, high: afterPrefix(prefix) });

/** One range for all the accented forms of the letter after the prefix, and what stands between them. */
function accentedRange(prefix: string, letters: readonly string[]): TextRange[] {
  const [first] = letters;
  const last = letters.at(-1);
  if (first === undefined || last === undefined) return [];
  return [{ low: prefix + first, high: afterPrefix(prefix + last) }];
}

/** Letters that are told apart by code: deeper ones are left to the exact test. */
const MAX_LETTERS = { nocase: 6, exact: 3 } as const;

/**
 * In an order by codes, texts that differ in case or accents stand far apart: one range for the plain letters, and for
 * each letter one for its accented forms. Where case counts, each letter has two plain ones.
 */
function codeRanges(letters: readonly string[], order: 'nocase' | 'exact'): TextRange[] {
  const ranges: TextRange[] = [];
  let prefixes = [''];
  for (const letter of letters.slice(0, MAX_LETTERS[order])) {
    const forms = variantsOf(letter).toSorted((one, other) => (one < other ? -1 : 1));
    const plain = forms.filter(isAscii);
    const accented = forms.filter((form) => !isAscii(form));
    for (const prefix of prefixes) ranges.push(...accentedRange(prefix, accented));
    const ways = order === 'nocase' ? plain.slice(-1) : plain;
    prefixes = prefixes.flatMap((prefix) => ways.map((way) => prefix + way));
  }
  return [...ranges, ...prefixes.map(prefixRange)];
}

/** The plain letter or digit after this one; undefined after the last. */
function nextPlain(letter: string): string | undefined {
  if (letter === 'z') return undefined;
  return letter === '9' ? 'a' : String.fromCodePoint((letter.codePointAt(0) ?? 0) + 1);
}

/** What sorts after all that begin with these letters, in an order of letters; undefined when nothing plain does. */
function afterLetters(letters: readonly string[]): string | undefined {
  for (let length = letters.length; length > 0; length -= 1) {
    const next = nextPlain(letters[length - 1] ?? '');
    if (next !== undefined) return letters.slice(0, length - 1).join('') + next;
  }
  return undefined;
}

/** From a text up to all that begin with the plain letters. */
function letterRange(low: string, letters: readonly string[]): TextRange {
  const high = afterLetters(letters);
  return high === undefined ? { low } : { low, high };
}

/** The letters and digits that a text begins with. Punctuation is weighed differently from server to server. */
function plainStart(letters: readonly string[]): readonly string[] {
  const length = letters.findIndex((letter) => !/^[a-z0-9]$/.test(letter));
  return length < 0 ? letters : letters.slice(0, length);
}

/**
 * In an order of letters accented forms stand beside the plain letter, so one range holds them. It ends before
 * punctuation. Letters with a stroke have ranges of their own.
 */
function linguisticRanges(letters: readonly string[]): TextRange[] {
  const plain = plainStart(letters);
  if (plain.length === 0) return [];
  const stroked = plain.flatMap((letter, index) =>
    strokedVariantsOf(letter).map((form) => {
      const before = plain.slice(0, index);
      return letterRange(before.join('') + form, [...before, letter]);
    }),
  );
  return [letterRange(plain.join(''), plain), ...stroked];
}

/**
 * One range with ASCII bounds in an order of letters, for columns of a code page: it ends with the first letter that may
 * have a stroke, whose forms lie between the plain one and the next.
 */
export function plainRangeOfStart(letters: readonly string[]): TextRange | undefined {
  const stroked = letters.findIndex((letter) => strokedVariantsOf(letter).length > 0);
  const plain = plainStart(stroked < 0 ? letters : letters.slice(0, stroked + 1));
  return plain.length === 0 ? undefined : letterRange(plain.join(''), plain);
}

/**
 * Ranges of a column's order that together hold all texts that start with the letters, without regard to case and
 * accents, and others too: for an index to look into. Empty when no range can be told.
 */
export function rangesOfStart(letters: readonly string[], order: TextOrder): TextRange[] {
  if (letters.length === 0) return [];
  if (order === 'nocase' || order === 'exact') return codeRanges(letters, order);
  return linguisticRanges(letters);
}

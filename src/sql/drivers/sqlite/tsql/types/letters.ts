/** Lower case of the letters beyond ASCII that are folded. */
export const LOWER: Record<string, string> = {};
/** Their base letters in lower case. */
export const BASE: Record<string, string> = {};
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

/** The upper cases that are folded into a lower case; several for some: `ς` and `σ` both have `Σ`. */
const UPPERS = new Map<string, string>();
for (const [upper, lower] of Object.entries(LOWER)) {
  UPPERS.set(lower, (UPPERS.get(lower) ?? '') + upper);
}

/** All letters that are the same as a lower-case one when case is not looked at, itself among them. */
export function spellingsOf(lower: string): string {
  const ascii = /^[a-z]$/.test(lower) ? lower.toUpperCase() : '';
  return lower + ascii + (UPPERS.get(lower) ?? '');
}

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

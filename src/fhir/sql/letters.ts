/** Letters that count as a plain one though Unicode does not take them apart. */
const STROKED: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ƀ: 'b',
  ɨ: 'i',
  ı: 'i',
};

/** The letter without case and accents; several for a few letters, none for a mark that stands alone. */
function baseLetters(letter: string): string {
  return Array.from(letter.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, ''))
    .map((own) => STROKED[own] ?? own)
    .join('');
}

/** Latin with its extensions, Greek and Cyrillic, and Latin Extended Additional, which Vietnamese names need. */
const RANGES = [
  [0x41, 0x24f],
  [0x370, 0x52f],
  [0x1e00, 0x1fff],
] as const;

const variants = new Map<string, string[]>();
for (const [first, last] of RANGES) {
  for (let code = first; code <= last; code += 1) {
    const letter = String.fromCodePoint(code);
    const base = baseLetters(letter);
    if (!/^\p{L}$/u.test(letter) || Array.from(base).length !== 1) continue;
    variants.set(base, [...(variants.get(base) ?? []), letter]);
  }
}

/** A text's letters without case and accents, one by one. */
export function foldedLetters(text: string): string[] {
  return Array.from(text.normalize('NFC')).flatMap((letter) => Array.from(baseLetters(letter)));
}

/** Every letter that is this one but for case and accents, itself among them, by code. */
export function variantsOf(base: string): readonly string[] {
  return variants.get(base) ?? [...new Set([base, base.toUpperCase()])].filter(isOneLetter);
}

const isOneLetter = (text: string): boolean => Array.from(text).length === 1;

/** Letters that sort beside a plain one, but not as one of its accented forms. */
export function strokedVariantsOf(base: string): readonly string[] {
  return Object.keys(STROKED).filter((letter) => STROKED[letter] === base);
}

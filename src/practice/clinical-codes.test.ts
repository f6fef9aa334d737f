import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('data/', import.meta.url);
const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
const codes = (pattern: RegExp) => texts.flatMap((text) => [...text.matchAll(pattern)]);

/** Verhoeff's scheme, by the group of the pentagon's turns and reflections. */
function hasVerhoeffDigit(digits: string): boolean {
  const times = (a: number, b: number) =>
    a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5;
  const moved = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  let sum = 0;
  for (const [index, char] of Array.from(digits).toReversed().entries()) {
    let digit = Number(char);
    for (let turn = 0; turn < index % 8; turn += 1) digit = moved[digit] ?? 0;
    sum = times(sum, digit);
  }
  return sum === 0;
}

function hasLoincDigit(code: string): boolean {
  const [number = '', check] = code.split('-');
  const sum = Array.from(number)
    .toReversed()
    .reduce((total, char, index) => {
      const digit = Number(char) * (index % 2 === 0 ? 2 : 1);
      return total + (digit > 9 ? digit - 9 : digit);
    }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}

describe('codes of the demo practice', () => {
  it('have the check digits of SNOMED CT', () => {
    const snomed = codes(/"(\d{6,18})"/g).map(([, code]) => code ?? '');
    expect(snomed.length).toBeGreaterThan(100);
    expect(snomed.filter((code) => !hasVerhoeffDigit(code))).toEqual([]);
  });

  it('have the check digits of LOINC', () => {
    const loinc = codes(/"(\d{2,5}-\d)"/g).map(([, code]) => code ?? '');
    expect(loinc.length).toBeGreaterThan(30);
    expect(loinc.filter((code) => !hasLoincDigit(code))).toEqual([]);
  });
});

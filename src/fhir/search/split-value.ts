import { SearchError } from './search-error.ts';

/** Values of one parameter at most: SQL Server takes 2,100 parameters in one statement. */
const MAX_VALUES = 200;

/**
 * Cuts at a mark that no backslash precedes, leaving the escapes in place (R4 §3.1.1.4.3: `\,` `\$` `\|` `\\`).
 *
 * @param mark one of `,` `|` `$`
 */
export function splitAt(text: string, mark: ',' | '|' | '$'): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === mark) {
      parts.push(text.slice(from, index));
      from = index + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** Takes the escapes away. */
export function unescapeValue(text: string): string {
  return text.replaceAll(/\\([,$|\\])/g, '$1');
}

/** The alternatives of a parameter's value, empty ones left out, escapes still in place. @throws SearchError */
export function splitAlternatives(parameter: string, value: string): string[] {
  if (/\0|\p{Surrogate}/u.test(value)) {
    throw new SearchError(
      'invalid',
      parameter,
      'The value holds a character that no text may hold: U+0000 or half of a surrogate pair.',
    );
  }
  const alternatives = splitAt(value, ',').filter((part) => part.trim() !== '');
  if (alternatives.length > MAX_VALUES) {
    throw new SearchError(
      'too-costly',
      parameter,
      `One parameter may have at most ${MAX_VALUES} values, and this one has ${alternatives.length}.`,
    );
  }
  return alternatives;
}

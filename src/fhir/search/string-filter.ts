import type { ColumnRef } from '../mapping/system-mapping.ts';
import { type ParameterName, refuseModifier } from './parameter-name.ts';
import { SearchError } from './search-error.ts';
import { anyOf, inPlace, type SearchFilter, type TextMatch } from './search-filter.ts';
import { unescapeValue } from './split-value.ts';

/** Longest text that is searched without regard to accents: its pattern has some thirty characters for a letter. */
const MAX_SEARCHED_LETTERS = 100;

/** A text that is searched without regard to accents. @throws SearchError for one that is too long */
export function searchedText({ written }: ParameterName, text: string): string {
  if (text.length <= MAX_SEARCHED_LETTERS) return text;
  throw new SearchError(
    'invalid',
    written,
    `A text to search for may have at most ${MAX_SEARCHED_LETTERS} characters.`,
  );
}

/** Some of the columns has a text that matches. */
function anyText(columns: readonly ColumnRef[], match: TextMatch, text: string): SearchFilter {
  return anyOf(columns.map((column) => inPlace([column], { kind: 'text', column, match, text })));
}

function matchOf(parameter: ParameterName): TextMatch {
  switch (parameter.modifier) {
    case undefined:
      return 'startsWith';
    case 'exact':
      return 'exact';
    case 'contains':
      return 'contains';
    default:
      return refuseModifier(parameter);
  }
}

/** Strings (R4 §3.1.1.4.8): one of the columns starts with one of the values, without regard to case and accents. */
export function stringFilter(
  parameter: ParameterName,
  columns: readonly ColumnRef[],
  alternatives: readonly string[],
): SearchFilter {
  const match = matchOf(parameter);
  return anyOf(
    alternatives.map((value) => {
      const text = unescapeValue(value);
      return anyText(columns, match, match === 'exact' ? text : searchedText(parameter, text));
    }),
  );
}

/** Uris (R4 §3.1.1.4.13) are found by the whole of them. */
export function uriFilter(
  parameter: ParameterName,
  columns: readonly ColumnRef[],
  alternatives: readonly string[],
): SearchFilter {
  if (parameter.modifier !== undefined) refuseModifier(parameter);
  return anyOf(alternatives.map((value) => anyText(columns, 'exact', unescapeValue(value))));
}

import type { Value } from '../../sql/driver.ts';
import type { CodeTable, Coding, ColumnRef, TokenPlace } from '../mapping/system-mapping.ts';
import { readColumnValue } from './column-value.ts';
import { type ParameterName, refuseModifier } from './parameter-name.ts';
import { SearchError } from './search-error.ts';
import {
  allOf,
  anyOf,
  fixedFilters,
  inPlace,
  NOTHING,
  not,
  type SearchFilter,
} from './search-filter.ts';
import { splitAt, unescapeValue } from './split-value.ts';
import { searchedText } from './string-filter.ts';

/** A token to search for. An empty system means that there must be none; an empty code that any will do. */
interface Token {
  readonly system: string | undefined;
  readonly code: string;
}

/** Columns of a place, by which it is known whether it is in a child relation. */
function columnsOf({ column, system, text, suffix, where }: TokenPlace): ColumnRef[] {
  return [
    column,
    ...(suffix ? [suffix] : []),
    ...(typeof system === 'object' ? [system] : []),
    ...(text ? [text] : []),
    ...where.map((condition) => condition.column),
  ];
}

/** The place holds what the filter asks for, and counts. */
function atPlace(place: TokenPlace, filter: SearchFilter): SearchFilter {
  return inPlace(columnsOf(place), allOf([filter, ...fixedFilters(place.where)]));
}

const hasValue = (column: ColumnRef): SearchFilter => not({ kind: 'isNull', column });

function oneOf(column: ColumnRef, values: readonly Value[]): SearchFilter {
  const [only] = values;
  if (only === undefined) return NOTHING;
  if (values.length > 1) return { kind: 'in', column, values };
  return { kind: 'compare', column, comparison: 'equals', value: only };
}

/** Rows whose local value stands for a coding that passes, those included that the table does not have. */
export function codedFilter(
  column: ColumnRef,
  codes: CodeTable,
  passes: (coding: Coding) => boolean,
): SearchFilter {
  const locals = [...codes.codings].flatMap(([local, codings]) => {
    const value = readColumnValue(column.column, local);
    return value === undefined ? [] : [{ value, isFound: codings.some(passes) }];
  });
  const isForNull = codes.whenNull?.some(passes) === true;
  if (codes.otherwise?.some(passes) === true) {
    // All but what means something else.
    const values = locals.filter(({ isFound }) => !isFound).map(({ value }) => value);
    if (isForNull) return not(oneOf(column, values));
    return values.length === 0 ? hasValue(column) : { kind: 'otherThan', column, values };
  }
  const found = locals.filter(({ isFound }) => isFound).map(({ value }) => value);
  return anyOf([oneOf(column, found), ...(isForNull ? [{ kind: 'isNull', column } as const] : [])]);
}

/** The system of a token of this place, compared with the one asked for. */
function systemFilter(
  { system, column }: TokenPlace,
  asked: string | undefined,
): SearchFilter | undefined {
  if (asked === undefined) return undefined;
  if (typeof system === 'object') {
    if (asked === '') return { kind: 'isNull', column: system };
    const value = readColumnValue(system.column, asked);
    return value === undefined ? NOTHING : oneOf(system, [value]);
  }
  const own = system ?? (column.column.type === 'bit' ? SPECIAL_VALUES : '');
  const isSame = asked === own || (asked === '' && column.column.type === 'bit');
  return isSame ? undefined : NOTHING;
}

/** The system that R4 gives to `true` and `false`. */
const SPECIAL_VALUES = 'http://terminology.hl7.org/CodeSystem/special-values';

/** The column holds the code, or what is left of it without what stands before and after its value. */
function codeFilter({ column, prefix = '', suffix }: TokenPlace, code: string): SearchFilter {
  if (!code.startsWith(prefix)) return NOTHING;
  const own = code.slice(prefix.length);
  const equals = (place: ColumnRef, text: string): SearchFilter => {
    const value = text === '' ? undefined : readColumnValue(place.column, text);
    return value === undefined ? NOTHING : oneOf(place, [value]);
  };
  if (!suffix) return equals(column, own);
  return anyOf([
    allOf([equals(column, own), { kind: 'isNull', column: suffix }]),
    allOf([equals(column, own.slice(0, -1)), equals(suffix, own.slice(-1))]),
  ]);
}

function tokenAt(place: TokenPlace, { system, code }: Token): SearchFilter {
  const { column, codes } = place;
  if (codes) {
    const fixed = typeof place.system === 'string' ? place.system : undefined;
    return codedFilter(
      column,
      codes,
      (coding) =>
        (system === undefined || system === (coding.system ?? fixed ?? '')) &&
        (code === '' || code === coding.code),
    );
  }
  const bySystem = systemFilter(place, system);
  if (bySystem === NOTHING) return NOTHING;
  const byCode = code === '' ? hasValue(column) : codeFilter(place, code);
  return bySystem ? allOf([byCode, bySystem]) : byCode;
}

/** Reads `code`, `system|code`, `system|` or `|code`. @throws SearchError */
function readToken(parameter: ParameterName, text: string): Token {
  const parts = splitAt(text, '|').map((part) => unescapeValue(part).trim());
  const [first = '', second] = parts;
  if (parts.length > 2 || (second !== undefined && first === '' && second === '')) {
    throw new SearchError(
      'invalid',
      parameter.written,
      `A value of ${parameter.name} is no token: write code, system|code, system| or |code.`,
    );
  }
  return second === undefined
    ? { system: undefined, code: first }
    : { system: first, code: second };
}

/** Values of one place are compared at once, so that an index is asked once. */
function mergeEquals(filters: readonly SearchFilter[]): SearchFilter[] {
  const byColumn = new Map<ColumnRef, Value[]>();
  const others: SearchFilter[] = [];
  for (const filter of filters) {
    if (filter.kind === 'compare' && filter.comparison === 'equals') {
      byColumn.set(filter.column, [...(byColumn.get(filter.column) ?? []), filter.value]);
    } else if (filter.kind === 'in') {
      byColumn.set(filter.column, [...(byColumn.get(filter.column) ?? []), ...filter.values]);
    } else if (filter !== NOTHING) others.push(filter);
  }
  const merged = [...byColumn].map(([column, values]) => oneOf(column, [...new Set(values)]));
  return [...merged, ...others];
}

function anyToken(
  parameter: ParameterName,
  places: readonly TokenPlace[],
  alternatives: readonly string[],
): SearchFilter {
  const tokens = alternatives.map((text) => readToken(parameter, text));
  return anyOf(
    places.map((place) =>
      atPlace(place, anyOf(mergeEquals(tokens.map((token) => tokenAt(place, token))))),
    ),
  );
}

/** The concept's text, or the display of its code, starts with the text. */
function textOfPlace(place: TokenPlace, text: string): SearchFilter {
  const wanted = text.toLowerCase();
  const filters: SearchFilter[] = [
    ...(place.text
      ? [{ kind: 'text', column: place.text, match: 'startsWith', text } as const]
      : []),
    ...(place.codes
      ? [
          codedFilter(
            place.column,
            place.codes,
            ({ display }) => display?.toLowerCase().startsWith(wanted) === true,
          ),
        ]
      : []),
  ];
  return anyOf(filters);
}

function textToken(
  parameter: ParameterName,
  places: readonly TokenPlace[],
  alternatives: readonly string[],
): SearchFilter {
  const texts = alternatives.map((value) => searchedText(parameter, unescapeValue(value)));
  return anyOf(
    places.flatMap((place) => texts.map((text) => atPlace(place, textOfPlace(place, text)))),
  );
}

/** Type of an Australian identifier's kind, as rendered. */
export type IdentifierTypes = (kind: string) => readonly Coding[];

/** `system|code|value`: identifiers of a type with a value. */
function typedIdentifier(
  parameter: ParameterName,
  places: readonly TokenPlace[],
  alternatives: readonly string[],
  identifierTypes: IdentifierTypes,
): SearchFilter {
  const filters = alternatives.flatMap((text) => {
    const [system, code, value, ...more] = splitAt(text, '|').map(unescapeValue);
    if (!system || !code || !value || more.length > 0) {
      throw new SearchError(
        'invalid',
        parameter.written,
        `A value of ${parameter.written} must be written system|code|value.`,
      );
    }
    const ofType = places.filter(({ identifierKind }) =>
      identifierTypes(identifierKind ?? '').some(
        (type) => type.system === system && type.code === code,
      ),
    );
    return ofType.map((place) =>
      atPlace(place, tokenAt(place, { system: undefined, code: value })),
    );
  });
  return anyOf(filters);
}

/** Tokens (R4 §3.1.1.4.10). `:not` also holds for rows without any value. */
export function tokenFilter(
  parameter: ParameterName,
  places: readonly TokenPlace[],
  alternatives: readonly string[],
  identifierTypes: IdentifierTypes,
): SearchFilter {
  switch (parameter.modifier) {
    case undefined:
      return anyToken(parameter, places, alternatives);
    case 'not':
      return not(anyToken(parameter, places, alternatives));
    case 'text':
      return textToken(parameter, places, alternatives);
    case 'of-type':
      return typedIdentifier(parameter, places, alternatives, identifierTypes);
    default:
      return refuseModifier(parameter);
  }
}

/** A local code that stands for something, or words. */
function hasConcept({ column, codes, text }: TokenPlace): SearchFilter {
  if (!codes) return hasValue(column);
  return anyOf([codedFilter(column, codes, () => true), ...(text ? [hasValue(text)] : [])]);
}

/** Some place holds a token. */
export function hasToken(places: readonly TokenPlace[]): SearchFilter {
  return anyOf(places.map((place) => atPlace(place, hasConcept(place))));
}

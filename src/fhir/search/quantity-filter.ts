import type { ColumnRef, QuantityPlace, UnitSource } from '../mapping/system-mapping.ts';
import { compareValue, type NumberValue, readNumber } from './number-filter.ts';
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
import { codedFilter } from './token-filter.ts';

/** What a number must be measured in. */
interface Unit {
  /** Empty: of any system. */
  readonly system: string;
  /** The unit, as a code or, without a system, as people write it too. Empty: any of the system. */
  readonly code: string;
}

interface QuantityValue extends NumberValue {
  /** Left out, any. */
  readonly unit?: Unit;
}

const EVERYTHING = allOf([]);

/** The unit is this one, letter by letter: `mg` is not `Mg`. */
function isUnit(source: UnitSource | undefined, text: string): SearchFilter {
  if (typeof source === 'object') return { kind: 'text', column: source, match: 'exact', text };
  return source === text ? EVERYTHING : NOTHING;
}

/** The unit's code and its system, as the place tells them. */
function isCoded({ code: source, codes, system: own }: QuantityPlace, unit: Unit): SearchFilter {
  const { system, code } = unit;
  if (codes && typeof source === 'object') {
    return codedFilter(
      source,
      codes,
      (coding) =>
        (system === '' || system === coding.system) && (code === '' || code === coding.code),
    );
  }
  return allOf([
    system === '' ? EVERYTHING : isUnit(own, system),
    code === '' ? EVERYTHING : isUnit(source, code),
  ]);
}

function unitFilter(place: QuantityPlace, unit: Unit | undefined): SearchFilter {
  if (!unit) return EVERYTHING;
  const coded = isCoded(place, unit);
  return unit.system === '' ? anyOf([coded, isUnit(place.unit, unit.code)]) : coded;
}

/** Columns of a place, by which it is known whether it is in a child relation. */
function columnsOf({ column, unit, code, system, where }: QuantityPlace): ColumnRef[] {
  const sources = [unit, code, system].filter((source) => typeof source === 'object');
  return [column, ...sources, ...where.map((condition) => condition.column)];
}

/** The place holds what the filter asks for, and counts. */
function atPlace(place: QuantityPlace, filter: SearchFilter): SearchFilter {
  return inPlace(columnsOf(place), allOf([filter, ...fixedFilters(place.where)]));
}

/** Reads `5.4`, `5.4|system|code` or `5.4||unit`. @throws SearchError */
function readQuantity(parameter: ParameterName, text: string): QuantityValue {
  const [number = '', ...parts] = splitAt(text, '|');
  const [system = '', code = ''] = parts.map((part) => unescapeValue(part).trim());
  if (parts.length === 1 || parts.length > 2) {
    throw new SearchError(
      'invalid',
      parameter.written,
      `A value of ${parameter.name} is no quantity: write 5.4, 5.4|system|code or 5.4||unit.`,
    );
  }
  const value = readNumber(parameter, number);
  return system === '' && code === '' ? value : { ...value, unit: { system, code } };
}

/**
 * Quantities (R4 §3.1.1.4.11): as precise as they are written, in the unit that is asked for. Nothing is converted: a
 * search for `g` does not find `mg`.
 */
export function quantityFilter(
  parameter: ParameterName,
  places: readonly QuantityPlace[],
  alternatives: readonly string[],
): SearchFilter {
  if (parameter.modifier !== undefined) refuseModifier(parameter);
  const values = alternatives.map((text) => readQuantity(parameter, text));
  const tellsUnit = places.some(({ unit, code }) => unit !== undefined || code !== undefined);
  if (!tellsUnit && values.some(({ unit }) => unit)) {
    throw new SearchError(
      'not-supported',
      parameter.written,
      `A value of ${parameter.name} names a unit, and this site can only search for the number.`,
    );
  }
  return anyOf(
    places.map((place) => {
      const { column } = place;
      const any = values.map((value) =>
        allOf([compareValue(column, value), unitFilter(place, value.unit)]),
      );
      return atPlace(place, anyOf(any));
    }),
  );
}

/** Some place holds a quantity. */
export function hasQuantity(places: readonly QuantityPlace[]): SearchFilter {
  return anyOf(
    places.map((place) => atPlace(place, not({ kind: 'isNull', column: place.column }))),
  );
}

import type { ReferencePlace, ResourceMapping, SearchBinding } from '../mapping/system-mapping.ts';
import { dateFilter, hasDate } from './date-filter.ts';
import { readDateValue } from './date-value.ts';
import { identifierTypes } from './identifier-types.ts';
import { numberFilter } from './number-filter.ts';
import { type ParameterName, parseParameterName, refuseModifier } from './parameter-name.ts';
import { hasQuantity, quantityFilter } from './quantity-filter.ts';
import {
  hasReference,
  keysFilter,
  placesOfType,
  referenceColumns,
  referenceFilter,
} from './reference-filter.ts';
import { keyOfId } from './resource-key.ts';
import type { SearchContext } from './search-context.ts';
import { SearchError } from './search-error.ts';
import { allOf, anyOf, fixedFilters, inPlace, not, type SearchFilter } from './search-filter.ts';
import { splitAlternatives, unescapeValue } from './split-value.ts';
import { stringFilter, uriFilter } from './string-filter.ts';
import { hasToken, tokenFilter } from './token-filter.ts';

/** How many chains and `_has` one parameter may have, one within the other. */
const MAX_DEPTH = 2;

/** How a parameter of the type is found; `_lastUpdated` is of the engine's own. */
export function bindingOf(mapping: ResourceMapping, name: string): SearchBinding | undefined {
  if (name !== '_lastUpdated') return mapping.search.get(name);
  const column = mapping.lastUpdated;
  return column && { kind: 'date', places: [{ kind: 'column', column, where: [] }] };
}

function hasValue(binding: SearchBinding): SearchFilter {
  switch (binding.kind) {
    case 'token':
      return hasToken(binding.places);
    case 'date':
      return hasDate(binding.places);
    case 'reference':
      return anyOf([hasReference(binding.places), hasToken(binding.identifiers)]);
    case 'quantity':
      return hasQuantity(binding.places);
    default:
      return anyOf(
        binding.columns.map((column) => inPlace([column], not({ kind: 'isNull', column }))),
      );
  }
}

function missingFilter(
  parameter: ParameterName,
  binding: SearchBinding,
  value: string,
): SearchFilter {
  if (value === 'true') return not(hasValue(binding));
  if (value === 'false') return hasValue(binding);
  throw new SearchError(
    'invalid',
    parameter.written,
    `The value of ${parameter.written} must be true or false.`,
  );
}

function boundFilter(
  parameter: ParameterName,
  binding: SearchBinding,
  alternatives: readonly string[],
  context: SearchContext,
): SearchFilter {
  switch (binding.kind) {
    case 'string':
      return stringFilter(parameter, binding.columns, alternatives);
    case 'token':
      return tokenFilter(parameter, binding.places, alternatives, identifierTypes);
    case 'reference':
      return referenceFilter(parameter, binding.places, alternatives, context);
    case 'number':
      return numberFilter(parameter, binding.columns, alternatives);
    case 'quantity':
      return quantityFilter(parameter, binding.places, alternatives);
    case 'uri':
      return uriFilter(parameter, binding.columns, alternatives);
    case 'date':
      if (parameter.modifier !== undefined) refuseModifier(parameter);
      return dateFilter(
        binding.places,
        alternatives.map((text) => readDateValue(parameter, unescapeValue(text), context)),
      );
  }
}

function idFilter(
  parameter: ParameterName,
  alternatives: readonly string[],
  { mapping }: SearchContext,
): SearchFilter {
  if (parameter.modifier !== undefined) refuseModifier(parameter);
  const keys = alternatives.flatMap((id) => {
    const key = keyOfId(mapping, unescapeValue(id).trim());
    return key ? [key] : [];
  });
  return keysFilter(mapping.key, keys);
}

/** One step further from the type searched for. @throws SearchError when it is one too many, or cannot be joined */
function step(
  { written }: ParameterName,
  context: SearchContext,
  mapping: ResourceMapping,
): SearchContext {
  if (context.depth >= MAX_DEPTH) {
    throw new SearchError(
      'not-supported',
      written,
      `At most ${MAX_DEPTH} chains or _has may stand one within the other.`,
    );
  }
  if (mapping.catalogue !== context.mapping.catalogue) {
    throw new SearchError(
      'not-supported',
      written,
      `${context.mapping.type} and ${mapping.type} are in different databases of the practice, and cannot be searched together.`,
    );
  }
  return { ...context, mapping, depth: context.depth + 1 };
}

/** `patient.identifier=…`: the resource that the reference points to fulfils the rest. */
function chainFilter(
  parameter: ParameterName,
  places: readonly ReferencePlace[],
  chain: string,
  value: string,
  context: SearchContext,
): SearchFilter {
  const rest = parseParameterName(chain, parameter.written);
  const filters = placesOfType(parameter, places).flatMap((place) => {
    const mapping = context.system.resources.get(place.target);
    if (!mapping) return [];
    const filter = parameterFilter(rest, value, step(parameter, context, mapping));
    if (!filter) return [];
    const related: SearchFilter = {
      kind: 'related',
      mapping,
      links: place.key.map((outer, index) => ({
        outer,
        inner: mapping.key[index] as typeof outer,
      })),
      where: [],
      filter,
    };
    return [inPlace(referenceColumns(place), allOf([related, ...fixedFilters(place.where)]))];
  });
  if (filters.length > 0) return anyOf(filters);
  throw new SearchError(
    'not-supported',
    parameter.written,
    `What ${parameter.name} refers to has no search parameter ${rest.name} here.`,
  );
}

/**
 * `patient:identifier=…`: the identifier that the reference itself has, where the mapping knows of one; otherwise that of
 * the resource that it points to.
 */
function identifierFilter(
  parameter: ParameterName,
  binding: Extract<SearchBinding, { kind: 'reference' }>,
  value: string,
  context: SearchContext,
): SearchFilter {
  const plain = { ...parameter, modifier: undefined };
  const { identifiers, places } = binding;
  if (identifiers.length === 0) return chainFilter(plain, places, 'identifier', value, context);
  const alternatives = splitAlternatives(parameter.written, value);
  return tokenFilter(plain, identifiers, alternatives, identifierTypes);
}

/** `_has:Observation:patient:code=…`: some resource that refers to this one fulfils the rest. */
function reverseFilter(
  parameter: ParameterName,
  rest: string,
  value: string,
  context: SearchContext,
): SearchFilter {
  const [, type = '', reference = '', name = ''] = /^([^:]*):([^:]*):(.*)$/s.exec(rest) ?? [];
  const mapping = context.system.resources.get(type);
  const binding = mapping?.search.get(reference);
  const inner =
    mapping &&
    parameterFilter(
      parseParameterName(name, parameter.written),
      value,
      step(parameter, context, mapping),
    );
  const places = binding?.kind === 'reference' ? binding.places : [];
  const filters = places
    .filter(({ target }) => target === context.mapping.type)
    .flatMap((place): SearchFilter[] => {
      if (!mapping || !inner) return [];
      const links = place.key.map((own, index) => ({
        outer: context.mapping.key[index] as typeof own,
        inner: own,
      }));
      return [{ kind: 'related', mapping, links, where: place.where, filter: inner }];
    });
  if (filters.length > 0) return anyOf(filters);
  throw new SearchError(
    'not-supported',
    parameter.written,
    '_has must be written _has:Type:reference:parameter, with a type, a reference to the type searched for and a parameter that exist here.',
  );
}

/**
 * The filter of one parameter; undefined for one that the type does not have.
 *
 * @param value as it was given, escapes included
 * @throws SearchError
 */
export function parameterFilter(
  parameter: ParameterName,
  value: string,
  context: SearchContext,
): SearchFilter | undefined {
  const { name, modifier, chain } = parameter;
  const { mapping } = context;
  const alternatives = splitAlternatives(parameter.written, value);
  if (name === '_has' && modifier !== undefined) {
    const rest = chain === undefined ? modifier : `${modifier}.${chain}`;
    return reverseFilter(parameter, rest, value, context);
  }
  if (name === '_id' && chain === undefined) return idFilter(parameter, alternatives, context);
  const binding = bindingOf(mapping, name);
  if (!binding) return undefined;
  if (chain !== undefined) {
    if (binding.kind === 'reference') {
      return chainFilter(parameter, binding.places, chain, value, context);
    }
    throw new SearchError(
      'not-supported',
      parameter.written,
      `${name} is no reference, and nothing can follow it.`,
    );
  }
  if (modifier === 'missing') return missingFilter(parameter, binding, value);
  if (modifier === 'identifier' && binding.kind === 'reference') {
    return identifierFilter(parameter, binding, value, context);
  }
  return boundFilter(parameter, binding, alternatives, context);
}

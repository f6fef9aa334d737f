import type { ResourceMapping } from '../mapping/system-mapping.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { parseSearch, SearchError, type SearchFilter, splitAlternatives } from '../search/index.ts';
import type { ServiceContext } from '../service-context.ts';

/** What searches of an operation need. */
export interface SearchScope {
  readonly context: ServiceContext;
  readonly baseUrl: string;
}

/**
 * Filters of one search parameter that an operation writes.
 *
 * @param as the operation's parameter that it stands for: errors name this one
 * @throws SearchError
 */
export function searchFilters(
  { context, baseUrl }: SearchScope,
  mapping: ResourceMapping,
  [name, value]: readonly [string, string],
  as = name,
): readonly SearchFilter[] {
  const { timeZone } = context;
  try {
    const options = { baseUrl, timeZone, now: context.now() };
    const parsed = parseSearch(mapping, context.mapping, [[name, value]], options);
    if (parsed.unknown.length === 0) return parsed.filters;
  } catch (error) {
    if (!(error instanceof SearchError) || as === name) throw error;
    throw new SearchError(error.code, as, `${as}: ${error.message}`);
  }
  throw new SearchError('not-supported', as, `${as} is not supported by this practice system.`);
}

/** One reference in an operation's parameter, with its type: a bare id is one of this type. */
function typedReference(name: string, type: string, text: string, baseUrl: string): string {
  const reference = text.trim();
  if (!reference.includes('/')) return `${type}/${reference}`;
  const below = reference.startsWith(`${baseUrl}/`)
    ? reference.slice(baseUrl.length + 1)
    : reference;
  if (below.startsWith(`${type}/`) && below.split('/').length === 2) return below;
  throw fhirProblem(
    'invalidParameter',
    `${name} is an id, ${type}/id or the address of a ${type} of this server`,
    `http.${name}`,
  );
}

/**
 * The value of a reference parameter of an operation as a search value: every alternative with its type.
 *
 * @throws FhirProblem `invalidParameter` for a reference to another type or another server
 */
export function typedReferences(
  name: string,
  type: string,
  value: string,
  baseUrl: string,
): string {
  return splitAlternatives(name, value)
    .map((text) => typedReference(name, type, text, baseUrl))
    .join(',');
}

import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import { siteZone } from '../values/site-zone.ts';
import { parameterFilter } from './parameter-filter.ts';
import { parseParameterName } from './parameter-name.ts';
import type { SearchContext } from './search-context.ts';
import { SearchError } from './search-error.ts';
import type { SearchFilter, SortKey } from './search-filter.ts';
import { readSort } from './sort-keys.ts';

/** What the reading of parameters needs beside the mapping. */
export interface ParseSearchOptions {
  /** Absolute address of the site's FHIR base, without a slash at its end: references with another base match nothing. */
  readonly baseUrl: string;
  /** IANA name of the zone of the practice's local times. */
  readonly timeZone: string;
  /** Milliseconds since 1970, for `ap`. */
  readonly now: number;
}

/** A search as far as it selects and orders. */
export interface ParsedSearch {
  /** All must hold. To be handed to the statement builders as it is. */
  readonly filters: readonly SearchFilter[];
  /** Empty: by key. */
  readonly sort: readonly SortKey[];
  /** The parameters that were followed, as they were given and in their order: what `self` repeats. */
  readonly used: readonly (readonly [string, string])[];
  /** Names of parameters that this resource type does not have, each once; nothing of them is in the filters. */
  readonly unknown: readonly string[];
}

/** Parameters of one search at most. */
const MAX_PARAMETERS = 50;

/**
 * Reads the parameters of a search on one resource type (FHIR R4 §3.1.1). Result parameters other than `_sort` must
 * have been taken out; parameters with an empty value are left out.
 *
 * @param parameters names and values, percent-decoded, in the order of the request
 * @throws SearchError for a parameter that is known and cannot be followed
 */
export function parseSearch(
  mapping: ResourceMapping,
  system: SystemMapping,
  parameters: readonly (readonly [string, string])[],
  { baseUrl, timeZone, now }: ParseSearchOptions,
): ParsedSearch {
  const context: SearchContext = {
    mapping,
    system,
    baseUrl,
    zone: siteZone(timeZone),
    now,
    depth: 0,
  };
  const filters: SearchFilter[] = [];
  const sort: SortKey[] = [];
  const used: (readonly [string, string])[] = [];
  const unknown = new Set<string>();
  if (parameters.length > MAX_PARAMETERS) {
    throw new SearchError(
      'too-costly',
      parameters[MAX_PARAMETERS]?.[0] ?? '',
      `A search may have at most ${MAX_PARAMETERS} parameters.`,
    );
  }
  for (const [name, value] of parameters) {
    if (value.trim() === '') continue;
    if (name === '_sort') sort.push(...readSort(mapping, value));
    else {
      const filter = parameterFilter(parseParameterName(name), value, context);
      if (!filter) {
        unknown.add(name);
        continue;
      }
      filters.push(filter);
    }
    used.push([name, value]);
  }
  return { filters, sort, used, unknown: [...unknown] };
}

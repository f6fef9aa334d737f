import r4 from './search-parameters.json' with { type: 'json' };
import australian from './search-parameters-au.json' with { type: 'json' };

/** FHIR's types of search parameters. */
export type SearchParameterType =
  | 'string'
  | 'token'
  | 'date'
  | 'reference'
  | 'number'
  | 'quantity'
  | 'uri'
  | 'composite'
  | 'special';

/** A search parameter of one resource type. */
export interface SearchParameterDefinition {
  readonly name: string;
  readonly type: SearchParameterType;
  /** Canonical address of its definition: AU Core's or AU Base's where they define it, else R4's. */
  readonly url: string;
  readonly description: string;
  /** FHIRPath of what it looks at. */
  readonly expression?: string;
  /** Resource types that a reference may be to; empty for other types of parameters. */
  readonly targets: readonly string[];
}

interface ParameterEntry extends Omit<SearchParameterDefinition, 'name' | 'targets'> {
  readonly targets?: readonly string[];
}

type ParameterTable = Readonly<Record<string, Readonly<Record<string, ParameterEntry>>>>;

const R4 = r4 as unknown as ParameterTable;
const AUSTRALIAN = australian as unknown as ParameterTable;
const byType = new Map<string, ReadonlyMap<string, SearchParameterDefinition>>();

/**
 * The search parameters of a resource type by name, `_id` and `_lastUpdated` included: those of FHIR R4, and of AU Core
 * and AU Base (spec: AU Core 2.0.0, AU Base 6.0.0). Empty for a type that the tables do not have.
 */
export function searchParametersOf(
  resourceType: string,
): ReadonlyMap<string, SearchParameterDefinition> {
  const known = byType.get(resourceType);
  if (known) return known;
  if (!Object.hasOwn(R4, resourceType) || resourceType === 'Resource') return new Map();
  const entries = { ...R4['Resource'], ...R4[resourceType], ...AUSTRALIAN[resourceType] };
  const parameters = new Map(
    Object.entries(entries).map(([name, entry]) => [
      name,
      { ...entry, name, targets: entry.targets ?? [] },
    ]),
  );
  byType.set(resourceType, parameters);
  return parameters;
}

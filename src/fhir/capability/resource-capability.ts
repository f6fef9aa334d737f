import { searchParametersOf } from '../definitions/search-parameters.ts';
import { targetsOfParameter } from '../interactions/search/include-parameters.ts';
import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import { definitionUrl } from '../operations/index.ts';
import type { Offers } from './offers.ts';

/** `Type:parameter` for each reference that can be followed within the system. */
function references(resource: ResourceMapping, mapping: SystemMapping) {
  return [...resource.search.keys()]
    .map((name) => ({
      include: `${resource.type}:${name}`,
      targets: targetsOfParameter(resource, name, mapping),
    }))
    .filter(({ targets }) => targets.length > 0);
}

function searchParameters(resource: ResourceMapping) {
  const definitions = searchParametersOf(resource.type);
  const names = [
    '_id',
    ...(resource.lastUpdated ? ['_lastUpdated'] : []),
    ...resource.search.keys(),
  ];
  return names.flatMap((name) => {
    const definition = definitions.get(name);
    if (!definition) return [];
    const { url, type, description } = definition;
    return [{ name, definition: url, type, documentation: description }];
  });
}

/** What the capabilities of a type hang on beside its mapping. */
export interface TypeScope {
  readonly mapping: SystemMapping;
  readonly offers: Offers;
  readonly baseUrl: string;
}

function operationsAt(type: string, { offers: { operations }, mapping, baseUrl }: TypeScope) {
  const offered = operations.filter(
    (each) =>
      (each.levels.has('type') || each.levels.has('instance')) &&
      each.types.has(type) &&
      each.isOffered(mapping),
  );
  return offered.map((each) => ({
    name: each.name,
    definition: definitionUrl(each, baseUrl),
    ...(each.documentation === undefined ? {} : { documentation: each.documentation }),
  }));
}

/** What can be done with one resource type: `rest.resource` of a CapabilityStatement. */
export function resourceCapability(resource: ResourceMapping, scope: TypeScope) {
  const { mapping, offers } = scope;
  const offered = offers.interactions.filter((each) => each.isOffered(resource));
  const codes = [...new Set(offered.map(({ code }) => code))];
  const searchInclude = references(resource, mapping).map(({ include }) => include);
  const searchRevInclude = [...mapping.resources.values()].flatMap((other) =>
    references(other, mapping)
      .filter(({ targets }) => targets.includes(resource.type))
      .map(({ include }) => include),
  );
  const operation = operationsAt(resource.type, scope);
  return {
    type: resource.type,
    ...(resource.profiles.length > 0 ? { supportedProfile: resource.profiles } : {}),
    interaction: codes.map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: false,
    updateCreate: false,
    conditionalCreate: offered.some(
      ({ isConditional, code }) => isConditional && code === 'create',
    ),
    conditionalRead: 'full-support',
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal', 'local'],
    ...(searchInclude.length > 0 ? { searchInclude } : {}),
    ...(searchRevInclude.length > 0 ? { searchRevInclude } : {}),
    searchParam: searchParameters(resource),
    ...(operation.length > 0 ? { operation } : {}),
  };
}

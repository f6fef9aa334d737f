import { searchParametersOf } from '../definitions/search-parameters.ts';
import { targetsOfParameter } from '../interactions/search/include-parameters.ts';
import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
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

function operationsAt(type: string, { operations }: Offers, mapping: SystemMapping) {
  const offered = operations.filter(
    (each) =>
      (each.levels.has('type') || each.levels.has('instance')) &&
      each.types.has(type) &&
      each.isOffered(mapping),
  );
  return offered.map(({ name, definition, documentation }) => ({
    name,
    definition,
    ...(documentation === undefined ? {} : { documentation }),
  }));
}

/** What can be done with one resource type: `rest.resource` of a CapabilityStatement. */
export function resourceCapability(
  resource: ResourceMapping,
  mapping: SystemMapping,
  offers: Offers,
) {
  const offered = offers.interactions.filter((each) => each.isOffered(resource));
  const codes = [...new Set(offered.map(({ code }) => code))];
  const searchInclude = references(resource, mapping).map(({ include }) => include);
  const searchRevInclude = [...mapping.resources.values()].flatMap((other) =>
    references(other, mapping)
      .filter(({ targets }) => targets.includes(resource.type))
      .map(({ include }) => include),
  );
  const operation = operationsAt(resource.type, offers, mapping);
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

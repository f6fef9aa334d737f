import type { FhirResource } from '../interactions/index.ts';
import type { SystemMapping } from '../mapping/system-mapping.ts';
import { DEFINITION_TYPE, definitionUrl, hasOwnDefinitions } from '../operations/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { instantiatedBy } from './au-core-responder.ts';
import type { Offers } from './offers.ts';
import { resourceCapability } from './resource-capability.ts';

/** What a CapabilityStatement is made of. */
export interface CapabilityScope {
  readonly context: Pick<
    ServiceContext,
    'mapping' | 'siteId' | 'linkVersion' | 'softwareName' | 'startedAt'
  >;
  readonly offers: Offers;
  readonly baseUrl: string;
}

function systemOperations({ operations }: Offers, mapping: SystemMapping, baseUrl: string) {
  const offered = operations.filter((each) => each.levels.has('system') && each.isOffered(mapping));
  return offered.map((each) => ({ name: each.name, definition: definitionUrl(each, baseUrl) }));
}

/** The type of the operations' own definitions, where there are any to read. */
function definitionType({ operations }: Offers, mapping: SystemMapping) {
  const offered = operations.filter((each) => each.isOffered(mapping));
  if (!hasOwnDefinitions(offered)) return [];
  return [{ type: DEFINITION_TYPE, interaction: [{ code: 'read' }] }];
}

/** What this site offers, for `GET metadata`: nothing of it comes from the database. */
export function capabilityStatement({ context, offers, baseUrl }: CapabilityScope): FhirResource {
  const { mapping, siteId, linkVersion } = context;
  const name = context.softwareName ?? 'Parhelion';
  const instantiates = instantiatedBy(mapping);
  const operation = systemOperations(offers, mapping, baseUrl);
  return {
    resourceType: 'CapabilityStatement',
    id: siteId,
    url: `${baseUrl}/metadata`,
    version: linkVersion,
    name: 'SiteCapabilities',
    title: `FHIR R4 at ${mapping.title}`,
    status: 'active',
    date: new Date(context.startedAt).toISOString(),
    description: `What can be asked of this practice's own database (${mapping.title}) by FHIR R4.`,
    kind: 'instance',
    ...(instantiates.length > 0 ? { instantiates } : {}),
    software: { name, version: linkVersion },
    implementation: { description: mapping.title, url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/json', 'json'],
    rest: [
      {
        mode: 'server',
        resource: [
          ...[...mapping.resources.values()].map((resource) =>
            resourceCapability(resource, { mapping, offers, baseUrl }),
          ),
          ...definitionType(offers, mapping),
        ],
        ...(operation.length > 0 ? { operation } : {}),
      },
    ],
  };
}

import { randomUUID } from 'node:crypto';
import type { FhirResource } from '../../interactions/index.ts';
import type { SearchScope } from '../operation-search.ts';
import { fitsProfile, summaryComposition } from './composition.ts';
import { addressOf } from './referenced-resources.ts';
import { withOutsideReferences } from './references.ts';
import type { SectionEntries } from './section-entries.ts';
import type { SummaryProfile } from './summary-profiles.ts';

/** What a document is made of. */
export interface DocumentParts {
  readonly profile: SummaryProfile;
  readonly patient: FhirResource;
  readonly sections: readonly SectionEntries[];
  /** By `Type/id`. */
  readonly referenced: ReadonlyMap<string, FhirResource>;
}

/** The software that made the document. */
function authorDevice({ context }: SearchScope, id: string): FhirResource {
  return {
    resourceType: 'Device',
    id,
    deviceName: [{ name: context.softwareName ?? 'Parhelion', type: 'user-friendly-name' }],
    version: [{ value: context.linkVersion }],
  };
}

function contentOf({ patient, sections, referenced }: DocumentParts): Map<string, FhirResource> {
  const all = [patient, ...sections.flatMap(({ resources }) => resources), ...referenced.values()];
  return new Map(all.map((resource) => [addressOf(resource), resource]));
}

/** Makes the Bundle of the type `document`: Composition, patient, author, and all that these refer to, each once. */
export function summaryDocument(scope: SearchScope, parts: DocumentParts): FhirResource {
  const { baseUrl, context } = scope;
  const { profile, patient, sections } = parts;
  const content = contentOf(parts);
  const [bundleId, compositionId, deviceId] = [randomUUID(), randomUUID(), randomUUID()];
  const device = authorDevice(scope, deviceId);
  const timestamp = new Date(context.now()).toISOString();
  const composition = summaryComposition({
    id: compositionId,
    profile,
    patient,
    sections,
    lookup: (reference) => content.get(reference),
    baseUrl,
    date: timestamp,
    author: {
      reference: `urn:uuid:${deviceId}`,
      display: context.softwareName ?? 'Parhelion',
    },
  });
  const entries = [...content].map(([address, resource]) => ({
    fullUrl: `${baseUrl}/${address}`,
    resource: withOutsideReferences(resource, baseUrl, (reference) => content.has(reference)),
  }));
  return {
    resourceType: 'Bundle',
    id: bundleId,
    ...(fitsProfile(profile, sections) ? { meta: { profile: [profile.bundle] } } : {}),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${bundleId}` },
    type: 'document',
    timestamp,
    entry: [
      { fullUrl: `urn:uuid:${compositionId}`, resource: composition },
      ...entries.slice(0, 1),
      { fullUrl: `urn:uuid:${deviceId}`, resource: device },
      ...entries.slice(1),
    ],
  };
}

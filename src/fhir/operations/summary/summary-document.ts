import { randomUUID } from 'node:crypto';
import type { FhirResource } from '../../interactions/index.ts';
import type { SearchScope } from '../operation-search.ts';
import { summaryComposition } from './composition.ts';
import { addressOf } from './referenced-resources.ts';
import { withinDocument } from './references.ts';
import type { SectionEntries } from './section-entries.ts';
import { fitsAsEntry, type SummaryProfile, withEntryProfile } from './summary-profiles.ts';
import { withUnknownElements } from './unknown-elements.ts';

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

/** Whether a summary may say that it follows its profile. */
function fitsProfile({ profile, sections }: DocumentParts, entries: readonly FhirResource[]) {
  const hasEntries = sections.every(({ resources }) => resources.length > 0);
  return (
    (hasEntries || !profile.needsEntries) && entries.every((each) => fitsAsEntry(each, profile))
  );
}

/** Makes the Bundle of the type `document`: Composition, patient, author, and all that these refer to, each once. */
export function summaryDocument(scope: SearchScope, parts: DocumentParts): FhirResource {
  const { baseUrl, context } = scope;
  const { profile, patient, sections } = parts;
  const content = contentOf(parts);
  const [bundleId, compositionId, deviceId] = [randomUUID(), randomUUID(), randomUUID()];
  const device = authorDevice(scope, deviceId);
  const timestamp = new Date(context.now()).toISOString();
  const entries = [...content].map(([address, resource]) => {
    const within = withinDocument(resource, baseUrl, (reference) => content.has(reference));
    const whole = withEntryProfile(withUnknownElements(within), profile);
    return { fullUrl: `${baseUrl}/${address}`, resource: whole };
  });
  const resources = entries.map(({ resource }) => resource);
  const isFitting = fitsProfile(parts, resources);
  const composition = summaryComposition({
    id: compositionId,
    ...(isFitting ? { profile } : {}),
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
  return {
    resourceType: 'Bundle',
    id: bundleId,
    ...(isFitting ? { meta: { profile: [profile.bundle] } } : {}),
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

import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import RESPONDER from './au-core-responder.json' with { type: 'json' };

/** By type, what the CapabilityStatement of an AU Core 2.0.0 responder says with SHALL. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = RESPONDER.searchParameters;

function claimsAuCore({ profiles }: ResourceMapping): boolean {
  return profiles.some((profile) => profile.startsWith(RESPONDER.profilePrefix));
}

function fulfils(mapping: ResourceMapping): boolean {
  const required = REQUIRED[mapping.type] ?? [];
  return required.every((name) => name === '_id' || mapping.search.has(name));
}

/**
 * The CapabilityStatement that a site may say it instantiates: AU Core's responder, when it has Patient and one more of
 * its profiles, and every type with such a profile has the search parameters that SHALL be there.
 */
export function instantiatedBy({ resources }: SystemMapping): string[] {
  const claiming = [...resources.values()].filter(claimsAuCore);
  const isResponder =
    claiming.length > 1 &&
    claiming.some(({ type }) => type === 'Patient') &&
    claiming.every(fulfils);
  return isResponder ? [RESPONDER.url] : [];
}

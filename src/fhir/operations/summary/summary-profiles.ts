import type { FhirResource } from '../../interactions/index.ts';
import { codesOf, jsonOf } from './element-reading.ts';
import PROFILES from './summary-profiles.json' with { type: 'json' };

/** A profile for entries of one type. */
interface EntryProfile {
  readonly type: string;
  /** End of the profile that the mapping must claim for it. */
  readonly is: string;
  /** The profile of the summary that it fits then; left out where that is the same. */
  readonly becomes?: string;
  /** An element that must be there too. */
  readonly needs?: string;
  /** A code that must be among those of `code`. */
  readonly needsCode?: string;
  /** Entries of this type may be without. */
  readonly isOptional?: boolean;
}

/** A profile that a summary can follow. */
export interface SummaryProfile {
  /** Canonical addresses of the profiles of its Bundle and of its Composition. */
  readonly bundle: string;
  readonly composition: string;
  /** Required sections without an entry do not fit it: such a summary does not claim it. */
  readonly needsEntries: boolean;
  /** What the addresses of the profiles of its entries begin with. */
  readonly entryBase: string;
  readonly entries: readonly EntryProfile[];
}

/** The International Patient Summary. */
const DEFAULT_PROFILE = PROFILES.profiles[0] as SummaryProfile;

/**
 * The profile that a caller means, by the address of its Bundle or Composition, with or without a version; the
 * International Patient Summary where it is another or none.
 */
export function summaryProfile(canonical: string | undefined): SummaryProfile {
  const [url] = (canonical ?? '').trim().split('|');
  return (
    PROFILES.profiles.find(({ bundle, composition }) => url === bundle || url === composition) ??
    DEFAULT_PROFILE
  );
}

function claimsOf({ meta }: FhirResource): readonly string[] {
  const { profile } = jsonOf(meta);
  return Array.isArray(profile) ? profile.filter((each) => typeof each === 'string') : [];
}

/** What the mapping claims is believed: nothing else of a profile can be told of a resource in a moment. */
function profileOf(resource: FhirResource, { entries }: SummaryProfile): EntryProfile | undefined {
  const claims = claimsOf(resource).map((url) => url.slice(url.lastIndexOf('/') + 1));
  return entries.find(
    ({ type, is, becomes = is, needs, needsCode }) =>
      type === resource.resourceType &&
      (claims.includes(is) || claims.includes(becomes)) &&
      (needs === undefined || needs in resource) &&
      (needsCode === undefined || codesOf(resource['code']).includes(needsCode)),
  );
}

/** An entry that claims the summary's profile for its type, where it has what that wants. */
export function withEntryProfile(resource: FhirResource, profile: SummaryProfile): FhirResource {
  const becomes = profileOf(resource, profile)?.becomes;
  if (becomes === undefined) return resource;
  const claims = new Set([...claimsOf(resource), profile.entryBase + becomes]);
  return { ...resource, meta: { ...jsonOf(resource['meta']), profile: [...claims] } };
}

/** Whether an entry may stand in a document of this profile. */
export function fitsAsEntry(resource: FhirResource, profile: SummaryProfile): boolean {
  const ofType = profile.entries.filter(({ type }) => type === resource.resourceType);
  return (
    ofType.every(({ isOptional }) => isOptional === true) ||
    profileOf(resource, profile) !== undefined
  );
}

import PROFILES from './summary-profiles.json' with { type: 'json' };

/** A profile that a summary can follow. */
export interface SummaryProfile {
  /** Canonical addresses of the profiles of its Bundle and of its Composition. */
  readonly bundle: string;
  readonly composition: string;
  /** Required sections without an entry do not fit it: such a summary does not claim it. */
  readonly needsEntries: boolean;
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

import type { KeyObject } from 'node:crypto';
import { createIdentityKey } from '../../src/link/config/identity-key.ts';
import { type SigningPurpose, signChallenge, signingText } from '../../src/protocol/challenge.ts';
import { fillInAll, type Names, type OperationFacts } from './documented-operations.ts';

/** Who signs a request of a practice, and how. */
export type Signer = 'site' | 'nobody' | 'otherSite' | 'otherPurpose' | 'late';

const SIX_MINUTES_MS = 6 * 60_000;
const stranger = createIdentityKey();

/** The body of a signed request, as its entry of `operations.json` says. */
export function signedBody(
  { purpose = '', signs = {} }: OperationFacts,
  signer: Signer,
  identity: KeyObject,
  names: Names,
): Record<string, unknown> {
  const siteId = names['siteId'] ?? '';
  const fields = fillInAll(signs, names);
  const issuedAt = new Date(Date.now() - (signer === 'late' ? SIX_MINUTES_MS : 0)).toISOString();
  const signed = signer === 'otherPurpose' ? 'connect' : (purpose as SigningPurpose);
  const text = signingText(signed, siteId, [...Object.values(fields), issuedAt]);
  const key = signer === 'otherSite' ? stranger : identity;
  const signature = signer === 'nobody' ? '' : signChallenge(text, key);
  const { isRequired, ...rest } = fields;
  return {
    ...rest,
    ...(isRequired !== undefined && { isRequired: isRequired === 'on' }),
    siteId,
    issuedAt,
    signature,
  };
}

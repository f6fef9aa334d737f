import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import { type SigningPurpose, signingText, verifyChallenge } from '../../../protocol/challenge.ts';
import type { GatewayContext } from '../../context.ts';

/** How far the site's clock may be off, and how long a captured request could be repeated. */
const MAX_AGE_MS = 5 * 60_000;

/** What every signed request of a practice has. */
export const SignedBody = {
  siteId: Type.String(),
  issuedAt: Type.String({ format: 'date-time' }),
  signature: Type.String({ maxLength: 200 }),
};

interface Signed {
  readonly siteId: string;
  readonly issuedAt: string;
  readonly signature: string;
}

/**
 * Lets a request through that the site has signed with its identity, lately.
 *
 * @param parts the fields that belong to the purpose; `issuedAt` is signed behind them
 * @returns when it was signed
 * @throws ParhelionError `enrolmentRefused`, `invalidRequest`
 */
export async function requireSignature(
  { sites, clock }: GatewayContext,
  purpose: SigningPurpose,
  { siteId, issuedAt, signature }: Signed,
  parts: readonly string[],
): Promise<number> {
  const identity = isUuid(siteId) ? await sites.enrolment.findIdentity(siteId) : undefined;
  const text = signingText(purpose, siteId, [...parts, issuedAt]);
  if (!identity || !verifyChallenge(text, signature, identity.publicKey)) {
    throw new ParhelionError('enrolmentRefused', 'The signature does not fit the site.');
  }
  const signedAt = Date.parse(issuedAt);
  if (Math.abs(clock.now() - signedAt) <= MAX_AGE_MS) return signedAt;
  throw new ParhelionError(
    'invalidRequest',
    'body.issuedAt is more than five minutes off: check the clock of the site',
  );
}

import { type SigningPurpose, signChallenge, signingText } from '../../protocol/challenge.ts';
import type { LinkIdentity } from '../connection/dial-session.ts';
import type { Transport } from '../connection/transport.ts';
import { type GatewayAnswer, postToGateway } from './ask-gateway.ts';

const DEADLINE_MS = 20_000;

/** Who asks, and how the gateway is reached. */
export interface SignedRequestOptions {
  readonly identity: LinkIdentity;
  readonly transport?: Transport;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly signal?: AbortSignal;
}

/** Posts to the gateway as the practice, signed with the site's identity. @throws ParhelionError when no answer comes */
export async function postSigned(
  path: string,
  purpose: SigningPurpose,
  body: Readonly<Record<string, unknown>>,
  parts: readonly string[],
  options: SignedRequestOptions,
): Promise<GatewayAnswer> {
  const { identity, transport = {}, clock = Date.now } = options;
  const { siteId, privateKey } = identity;
  const issuedAt = new Date(clock()).toISOString();
  const text = signingText(purpose, siteId, [...parts, issuedAt]);
  const signature = signChallenge(text, privateKey);
  return await postToGateway(
    identity.gatewayUrl,
    path,
    { ...body, siteId, issuedAt, signature },
    { transport, signal: options.signal ?? AbortSignal.timeout(DEADLINE_MS) },
  );
}

import { randomInt } from 'node:crypto';
import { signChallenge, signingText } from '../../protocol/challenge.ts';
import { hashPairingCode } from '../../protocol/pairing-code.ts';
import type { LinkIdentity } from '../connection/dial-session.ts';
import type { Transport } from '../connection/transport.ts';
import { postToGateway, unexpectedAnswer } from './ask-gateway.ts';

/** No character that is read or typed for another: 32 of them give 5 bits each. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const DEADLINE_MS = 20_000;

/** Makes a code of 40 random bits such as `K7QF-2M9X`. */
export function createPairingCode(): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export interface PairingCodeOptions {
  readonly identity: LinkIdentity;
  /** How long the code can be used. */
  readonly validMs: number;
  readonly transport?: Transport;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly signal?: AbortSignal;
}

/**
 * Makes a pairing code and tells the gateway its hash; the code itself never leaves the practice.
 *
 * @throws ParhelionError when the gateway does not take it
 */
export async function registerPairingCode(
  options: PairingCodeOptions,
): Promise<{ code: string; expiresAt: string }> {
  const { identity, validMs, transport = {}, clock = Date.now } = options;
  const { siteId, privateKey } = identity;
  const code = createPairingCode();
  const codeHash = hashPairingCode(siteId, code);
  const now = clock();
  const issuedAt = new Date(now).toISOString();
  const expiresAt = new Date(now + validMs).toISOString();
  const text = signingText('pairing-code', siteId, [codeHash, expiresAt, issuedAt]);
  const signature = signChallenge(text, privateKey);
  const answer = await postToGateway(
    identity.gatewayUrl,
    '/link/pairing-codes',
    { siteId, codeHash, expiresAt, issuedAt, signature },
    { transport, signal: options.signal ?? AbortSignal.timeout(DEADLINE_MS) },
  );
  if (answer.status !== 204) throw unexpectedAnswer('the pairing code', answer);
  return { code, expiresAt };
}

import { randomInt } from 'node:crypto';
import { hashPairingCode } from '../../protocol/pairing-code.ts';
import { unexpectedAnswer } from './ask-gateway.ts';
import { postSigned, type SignedRequestOptions } from './signed-request.ts';

/** No character that is read or typed for another: 32 of them give 5 bits each. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Makes a code of 40 random bits such as `K7QF-2M9X`. */
export function createPairingCode(): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export interface PairingCodeOptions extends SignedRequestOptions {
  /** How long the code can be used. */
  readonly validMs: number;
}

/**
 * Makes a pairing code and tells the gateway its hash; the code itself never leaves the practice.
 *
 * @throws ParhelionError when the gateway does not take it
 */
export async function registerPairingCode(
  options: PairingCodeOptions,
): Promise<{ code: string; expiresAt: string }> {
  const { identity, validMs, clock = Date.now } = options;
  const code = createPairingCode();
  const codeHash = hashPairingCode(identity.siteId, code);
  const expiresAt = new Date(clock() + validMs).toISOString();
  const parts = [codeHash, expiresAt];
  const body = { codeHash, expiresAt };
  const answer = await postSigned('/link/pairing-codes', 'pairing-code', body, parts, options);
  if (answer.status !== 204) throw unexpectedAnswer('the pairing code', answer);
  return { code, expiresAt };
}

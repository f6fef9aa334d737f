import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** What a signature of a link can be for. */
export type SigningPurpose =
  | 'connect'
  | 'pairing-code'
  | 'unpair'
  | 'require-code'
  | 'pairings'
  | 'audit-head';

/**
 * What a link signs with its Ed25519 key: every purpose has its own prefix, so that a signature made for one
 * cannot be used for another.
 *
 * @param purpose `connect` answers a session's challenge; `pairing-code`, `unpair`, `require-code` and `pairings` are
 *   requests of the practice; `audit-head` is the end of the site's audit trail, and never leaves the site
 * @param parts the nonce or the fields of the request, none of which may contain a line feed
 */
export function signingText(
  purpose: SigningPurpose,
  siteId: string,
  parts: readonly string[],
): Buffer {
  return Buffer.from(['parhelion', purpose, siteId, ...parts].join('\n'));
}

/** Signs with the site's private key; base64url. */
export function signChallenge(text: Buffer, privateKey: KeyObject): string {
  return sign(null, text, privateKey).toString('base64url');
}

/**
 * Verifies a signature of {@link signChallenge}.
 *
 * @param publicKey the site's public key, base64url of its DER (SPKI) form
 * @returns false for a wrong signature and for a key that is none
 */
export function verifyChallenge(text: Buffer, signature: string, publicKey: string): boolean {
  try {
    const key = readPublicKey(publicKey);
    return key.asymmetricKeyType === 'ed25519'
      ? verify(null, text, key, Buffer.from(signature, 'base64url'))
      : false;
  } catch {
    return false;
  }
}

/** Whether a text is an Ed25519 public key in the form that {@link verifyChallenge} takes. */
export function isEd25519PublicKey(publicKey: string): boolean {
  try {
    return readPublicKey(publicKey).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

function readPublicKey(publicKey: string): KeyObject {
  return createPublicKey({
    key: Buffer.from(publicKey, 'base64url'),
    format: 'der',
    type: 'spki',
  });
}

import { createHash } from 'node:crypto';

/** A pairing code as people may type it, in its one form: upper case, without spaces and hyphens. */
export function normalisePairingCode(code: string): string {
  return code.replace(/[\s-]/g, '').toUpperCase();
}

/**
 * What the link registers and the gateway compares instead of the code itself. The site's id in it makes equal
 * codes of two sites different.
 *
 * @returns SHA-256 in lower-case hex
 */
export function hashPairingCode(siteId: string, code: string): string {
  return createHash('sha256')
    .update(`${siteId}:${normalisePairingCode(code)}`)
    .digest('hex');
}

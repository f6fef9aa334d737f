import { hkdfSync, type KeyObject } from 'node:crypto';

const CURSOR_KEY_BYTES = 32;

/** The key of links to further pages. It is made of the site's identity: one more secret to keep would gain nothing. */
export function cursorKeyOf(privateKey: KeyObject, siteId: string): Uint8Array {
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
  return new Uint8Array(
    hkdfSync('sha256', secret, siteId, 'parhelion fhir cursors', CURSOR_KEY_BYTES),
  );
}

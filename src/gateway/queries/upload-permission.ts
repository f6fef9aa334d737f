import { createHash, randomBytes } from 'node:crypto';
import type { Upload } from '../../protocol/async-frames.ts';

/** Lets a link put bytes at one address, once: it gets the token, the store only its hash. */
export interface UploadPermission {
  readonly tokenHash: string;
  readonly upload: Upload;
}

/** @param path of the gateway itself */
export function newUploadPermission(path: string): UploadPermission {
  const token = randomBytes(32).toString('base64url');
  return {
    tokenHash: uploadTokenHash(token),
    upload: { url: path, headers: { authorization: `Bearer ${token}` } },
  };
}

/** A token is random enough for a plain hash. */
export function uploadTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { writePrivateFile } from './write-private-file.ts';

const FILE_NAME = 'identity.key';

export const identityKeyPath = (dataDir: string) => join(dataDir, FILE_NAME);

export function createIdentityKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** The public half as the gateway stores it: base64url of its DER (SPKI) form. */
export function publicKeyText(privateKey: KeyObject): string {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return der.toString('base64url');
}

export async function hasIdentityKey(dataDir: string): Promise<boolean> {
  return access(identityKeyPath(dataDir)).then(
    () => true,
    () => false,
  );
}

export async function writeIdentityKey(dataDir: string, privateKey: KeyObject): Promise<void> {
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  await writePrivateFile(identityKeyPath(dataDir), pem.toString());
}

/** Reads `identity.key`. @throws ParhelionError `configInvalid` that names the file */
export async function readIdentityKey(dataDir: string): Promise<KeyObject> {
  const path = identityKeyPath(dataDir);
  let key: KeyObject;
  try {
    key = createPrivateKey(await readFile(path));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'there is no such file. Enrol the link first.' : 'is no private key.';
    throw new ParhelionError('configInvalid', `${path}: ${why}`, { cause: error });
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new ParhelionError('configInvalid', `${path}: is no Ed25519 key.`);
  }
  return key;
}

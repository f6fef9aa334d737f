import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** A certificate with its chain and its private key, both PEM. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
}

/** Where the two stand. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Reads both files as they are. @throws Error that names the file which cannot be read */
export async function readPair({ certFile, keyFile }: CertificateFiles): Promise<CertificatePair> {
  const [cert, key] = await Promise.all([readText(certFile), readText(keyFile)]);
  return { cert, key };
}

/** Until when a pair is valid. @throws Error that says why the pair cannot be used, without quoting it */
export function checkPair({ cert, key }: CertificatePair): Date {
  let facts: X509Certificate;
  try {
    facts = new X509Certificate(cert);
  } catch (error) {
    throw new Error('the certificate file is not a certificate in PEM form', { cause: error });
  }
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new Error(
      `the private key does not fit the certificate, or is not in PEM form (${code})`,
      { cause: error },
    );
  }
  return new Date(facts.validTo);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new Error(`${path} cannot be read (${code})`, { cause: error });
  }
}

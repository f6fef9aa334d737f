import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

export type KeySlot = 'primary' | 'secondary';

/** 256 random bits: nothing about a key can be guessed, so one fast hash is enough to store it. */
export function generateKey(): string {
  return randomBytes(32).toString('base64url');
}

/** The form in which keys are stored: useless without the gateway's secret key. */
export function createKeyHasher(secretKey: string): (key: string) => string {
  const pepper = Buffer.from(hkdfSync('sha256', secretKey, '', 'parhelion subscription keys', 32));
  return (key) => createHmac('sha256', pepper).update(key).digest('hex');
}

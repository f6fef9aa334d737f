import { resolve } from 'node:path';
import { registerPairingCode } from '../link/config/pairing-code.ts';
import { readIdentity } from '../link/config/read-identity.ts';

const VALID_MS = 24 * 60 * 60_000;

/** `parhelion link pair-code`: makes a code that lets one integrator pair with this practice, once. */
export async function makePairingCode(dataDir: string): Promise<void> {
  const identity = await readIdentity(resolve(dataDir));
  const { code, expiresAt } = await registerPairingCode({ identity, validMs: VALID_MS });
  process.stdout.write(`${code}\nOne integrator can pair with it until ${expiresAt}.\n`);
}

import { resolve } from 'node:path';
import { renderTable } from '../cli/table.ts';
import { readLinkConfig } from '../link/config/link-config.ts';
import { listPairings, requireCode, unpair } from '../link/config/pairings.ts';
import { readIdentity } from '../link/config/read-identity.ts';
import type { SignedRequestOptions } from '../link/config/signed-request.ts';
import { readTransport } from './link-transport.ts';

async function signedOptions(folder: string): Promise<SignedRequestOptions> {
  const dataDir = resolve(folder);
  const identity = await readIdentity(dataDir);
  return { identity, transport: await readTransport(await readLinkConfig(dataDir), dataDir) };
}

/** `parhelion link pairings`. */
export async function showPairings(dataDir: string): Promise<void> {
  const { integrators, requiresCode } = await listPairings(await signedOptions(dataDir));
  const rows = integrators.map(({ id, name, pairedAt }) => [id, name, pairedAt]);
  process.stdout.write(renderTable({ head: ['Integrator', 'Name', 'Paired at'], rows }));
  const rule = requiresCode ? 'Pairing asks for a code.' : 'Pairing asks for no code.';
  process.stderr.write(`${rule}\n`);
}

/** `parhelion link unpair`. */
export async function endPairing(dataDir: string, integratorId: string): Promise<void> {
  await unpair(integratorId, await signedOptions(dataDir));
  process.stdout.write(`Integrator ${integratorId} is no longer paired with this site.\n`);
}

/** `parhelion link require-code`. */
export async function setCodeRule(dataDir: string, isRequired: boolean): Promise<void> {
  await requireCode(isRequired, await signedOptions(dataDir));
  const sentence = isRequired
    ? 'An integrator needs a code to pair with this site: parhelion link pair-code'
    : "Pairing asks for a code only where the practice's software does (Best Practice).";
  process.stdout.write(`${sentence}\n`);
}

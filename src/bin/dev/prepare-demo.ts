import { enrol } from '../../link/config/enrol.ts';
import { hasIdentityKey } from '../../link/config/identity-key.ts';
import { readLinkConfig, writeLinkConfig } from '../../link/config/link-config.ts';
import { registerPairingCode } from '../../link/config/pairing-code.ts';
import { readIdentity } from '../../link/config/read-identity.ts';
import type { Practice } from '../../practice/index.ts';
import { type DevState, writeDevState } from './dev-state.ts';
import type { GatewayClient } from './gateway-client.ts';

/** How the demo practice's system is called (contract §4). */
export const PMS_NAME = 'Best Practice';

const PAIRING_CODE_VALID_MS = 24 * 60 * 60_000;
const MAX_CONNECTIONS = 4;

/** What dev mode works with. */
export interface Demo {
  readonly dataDir: string;
  readonly linkDir: string;
  readonly baseUrl: string;
  readonly practice: Practice;
  readonly admin: GatewayClient;
}

/** Makes the demo integrator and site where an earlier start has not, and enrols the link. */
export async function prepareDemo(demo: Demo, known: DevState): Promise<Required<DevState>> {
  const integrator = await findOrCreateIntegrator(demo, known);
  const siteId = await findOrCreateSite(demo, known);
  const state = { ...known, integrator, siteId };
  writeDevState(demo.dataDir, state);
  await enrolLink(demo, siteId);
  return state;
}

async function findOrCreateIntegrator(
  { admin }: Demo,
  { integrator: known }: DevState,
): Promise<NonNullable<DevState['integrator']>> {
  if (known) {
    const { status } = await admin.try('GET', `/admin/integrators/${known.id}`);
    if (status !== 404) return known;
  }
  const created = await admin.call('POST', '/admin/integrators', { name: 'Demo integrator' });
  return {
    id: String(created['id']),
    primaryKey: String(created['primaryKey']),
    secondaryKey: String(created['secondaryKey']),
  };
}

async function findOrCreateSite({ admin, practice }: Demo, { siteId }: DevState): Promise<string> {
  if (siteId !== undefined) {
    const { status } = await admin.try('GET', `/admin/sites/${siteId}`);
    if (status !== 404) return siteId;
  }
  const site = await admin.call('POST', '/admin/sites', {
    practiceManagementName: PMS_NAME,
    practiceManagementSiteId: practice.practiceManagementSiteId,
    practiceName: practice.practiceName,
  });
  return String(site['id']);
}

async function enrolLink(demo: Demo, siteId: string): Promise<void> {
  const { linkDir, baseUrl, practice, admin } = demo;
  const fhir = { mapping: 'demo-practice', timeZone: practice.timeZone };
  const enrolled = await readLinkConfig(linkDir).catch(() => undefined);
  const hasKey = await hasIdentityKey(linkDir);
  if (hasKey && enrolled?.siteId === siteId && enrolled.gatewayUrl === baseUrl) {
    // A demo of before FHIR goes on with it.
    if (!enrolled.fhir) await writeLinkConfig(linkDir, { ...enrolled, fhir });
    return;
  }
  const { token } = await admin.call('POST', `/admin/sites/${siteId}/enrolment-tokens`);
  await enrol({
    dataDir: linkDir,
    gatewayUrl: baseUrl,
    token: String(token),
    force: true,
    config: {
      practice: {
        practiceName: practice.practiceName,
        practiceManagementVersion: practice.practiceManagementVersion,
      },
      fhir,
      database: {
        driver: 'sqlite',
        dialect: 'tsql',
        timeZone: practice.timeZone,
        catalogues: [...practice.catalogues],
        maxConnections: MAX_CONNECTIONS,
      },
    },
  });
}

/**
 * Pairs the demo integrator with a code that the practice made, and leaves a fresh code for whoever tries pairing.
 *
 * @returns the fresh code
 */
export async function pairDemo(demo: Demo, integrator: GatewayClient): Promise<string> {
  const identity = await readIdentity(demo.linkDir);
  const newCode = async () =>
    (await registerPairingCode({ identity, validMs: PAIRING_CODE_VALID_MS })).code;
  const query = new URLSearchParams({
    practiceManagementSiteId: demo.practice.practiceManagementSiteId,
    practiceManagementName: PMS_NAME,
    pairingCode: await newCode(),
  });
  await integrator.call('POST', `/integrator/pair-site?${query.toString()}`);
  return newCode();
}

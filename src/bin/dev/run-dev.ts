import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { enrol } from '../../link/config/enrol.ts';
import { registerPairingCode } from '../../link/config/pairing-code.ts';
import { readIdentity } from '../../link/config/read-identity.ts';
import { type Practice, seedPractice } from '../../practice/index.ts';
import { openPracticeFile } from '../../sql/drivers/sqlite/open-practice-file.ts';
import { aborted, shutdownSignal } from '../shutdown.ts';
import { GatewayClient } from './admin-client.ts';
import { banner } from './banner.ts';
import { ChildProgram } from './child-program.ts';
import { type DevState, readDevState, writeDevState } from './dev-secrets.ts';
import { supervise } from './supervise.ts';
import { writeFileByRename } from './write-file-by-rename.ts';

const PMS_NAME = 'Best Practice';
const PAIRING_CODE_VALID_MS = 24 * 60 * 60_000;
const ONLINE_LIMIT_MS = 20_000;

interface Dev {
  readonly dataDir: string;
  readonly linkDir: string;
  readonly logDir: string;
  state: DevState;
}

/** `parhelion dev`: gateway, link and demo practice, until it is asked to stop. */
export async function runDev(): Promise<void> {
  const stop = shutdownSignal();
  const dataDir = resolve(process.env['PARHELION_DATA_DIR'] || '.parhelion');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const devFile = join(dataDir, 'dev.json');
  rmSync(devFile, { force: true });
  const dev: Dev = {
    dataDir,
    linkDir: join(dataDir, 'link'),
    logDir: join(dataDir, 'logs'),
    state: readDevState(dataDir),
  };
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const env = { ...process.env, PARHELION_DATA_DIR: dataDir };
  const gatewayEnv = (port?: string) => ({
    ...env,
    PARHELION_SECRET_KEY: process.env['PARHELION_SECRET_KEY'] || dev.state.secretKey,
    PARHELION_ADMIN_KEY: process.env['PARHELION_ADMIN_KEY'] || dev.state.adminKey,
    ...(port && { PARHELION_PORT: port }),
  });
  const { logDir } = dev;
  const startGateway = (port?: string) =>
    new ChildProgram({ name: 'gateway', args: ['gateway'], env: gatewayEnv(port), logDir });
  const startLink = () =>
    new ChildProgram({
      name: 'link',
      args: ['link', 'run', '--data-dir', dev.linkDir],
      env,
      logDir,
    });
  const firstGateway = startGateway();
  const practice = seedPractice({
    openDatabase: openPracticeFile,
    folder: join(dataDir, 'practice'),
    today: new Date(),
  });
  const baseUrl = await urlOf(firstGateway);
  const gateway = supervise({
    name: 'gateway',
    first: firstGateway,
    // The address must outlive a restart, also when any free port was asked for.
    start: () => startGateway(new URL(baseUrl).port),
    say,
  });
  let link: { stop(): Promise<void> } | undefined;
  try {
    const adminKey = gatewayEnv().PARHELION_ADMIN_KEY;
    const admin = new GatewayClient(baseUrl, { authorization: `Bearer ${adminKey}` });
    await prepare(dev, practice, baseUrl, admin);
    link = supervise({ name: 'link', first: startLink(), start: startLink, say });
    const { siteId = '', integrator = { id: '', primaryKey: '', secondaryKey: '' } } = dev.state;
    await admin.untilOnline(siteId, AbortSignal.any([stop, AbortSignal.timeout(ONLINE_LIMIT_MS)]));
    const pairingCode = await pair(dev, practice, baseUrl);
    const facts = {
      baseUrl,
      adminKey,
      integrator,
      site: {
        siteId,
        pmsId: practice.practiceManagementSiteId,
        pmsName: PMS_NAME,
        pairingCode,
      },
    };
    writeFileByRename(devFile, JSON.stringify(facts, undefined, 2));
    process.stdout.write(banner(facts, practice.practiceName));
    await aborted(stop);
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    rmSync(devFile, { force: true });
    await Promise.all([link?.stop(), gateway.stop()]);
  }
}

async function urlOf(gateway: ChildProgram): Promise<string> {
  const message = (await gateway.firstMessage) as { kind: string; url: string };
  return message.url;
}

/** Makes the demo integrator and site where an earlier start has not, and enrols the link. */
async function prepare(
  dev: Dev,
  practice: Practice,
  baseUrl: string,
  admin: GatewayClient,
): Promise<void> {
  const { id } = dev.state.integrator ?? {};
  if (id === undefined || (await admin.try('GET', `/admin/integrators/${id}`)).status === 404) {
    const created = await admin.call('POST', '/admin/integrators', { name: 'Demo integrator' });
    dev.state = {
      ...dev.state,
      integrator: {
        id: String(created['id']),
        primaryKey: String(created['primaryKey']),
        secondaryKey: String(created['secondaryKey']),
      },
    };
  }
  const { siteId } = dev.state;
  if (siteId === undefined || (await admin.try('GET', `/admin/sites/${siteId}`)).status === 404) {
    const site = await admin.call('POST', '/admin/sites', {
      practiceManagementName: PMS_NAME,
      practiceManagementSiteId: practice.practiceManagementSiteId,
      practiceName: practice.practiceName,
    });
    dev.state = { ...dev.state, siteId: String(site['id']) };
  }
  writeDevState(dev.dataDir, dev.state);
  await enrolDemoLink(dev, practice, baseUrl, admin);
}

async function enrolDemoLink(
  dev: Dev,
  practice: Practice,
  baseUrl: string,
  admin: GatewayClient,
): Promise<void> {
  const enrolled = await readIdentity(dev.linkDir).catch(() => undefined);
  if (enrolled?.siteId === dev.state.siteId && enrolled?.gatewayUrl === baseUrl) return;
  const path = `/admin/sites/${dev.state.siteId}/enrolment-tokens`;
  const { token } = await admin.call('POST', path);
  await enrol({
    dataDir: dev.linkDir,
    gatewayUrl: baseUrl,
    token: String(token),
    force: true,
    config: {
      practice: {
        practiceName: practice.practiceName,
        practiceManagementVersion: practice.practiceManagementVersion,
      },
      database: {
        driver: 'sqlite',
        dialect: 'tsql',
        catalogues: [...practice.catalogues],
        maxConnections: 4,
      },
    },
  });
}

/** Pairs the demo integrator with a code of the practice's own, and leaves a fresh code for whoever tries pairing. */
async function pair(dev: Dev, practice: Practice, baseUrl: string): Promise<string> {
  const identity = await readIdentity(dev.linkDir);
  const newCode = async () =>
    (await registerPairingCode({ identity, validMs: PAIRING_CODE_VALID_MS })).code;
  const integrator = new GatewayClient(baseUrl, {
    'ocp-apim-subscription-key': dev.state.integrator?.primaryKey ?? '',
  });
  const query = new URLSearchParams({
    practiceManagementSiteId: practice.practiceManagementSiteId,
    practiceManagementName: PMS_NAME,
    pairingCode: await newCode(),
  });
  await integrator.call('POST', `/integrator/pair-site?${query}`);
  return newCode();
}

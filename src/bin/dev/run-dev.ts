import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { Deadline } from '../../lib/deadline.ts';
import { DisposalStack } from '../../lib/disposal.ts';
import { seedPractice } from '../../practice/index.ts';
import { openPracticeFile } from '../../sql/drivers/sqlite/open-practice-file.ts';
import { aborted, shutdownSignal } from '../shutdown.ts';
import { banner, type DevFacts } from './banner.ts';
import { ChildProgram } from './child-program.ts';
import { type DevState, readDevState } from './dev-state.ts';
import { GatewayClient } from './gateway-client.ts';
import { type Demo, PMS_NAME, pairDemo, prepareDemo } from './prepare-demo.ts';
import { supervise } from './supervise.ts';
import { writeFileByRename } from './write-file-by-rename.ts';

const ONLINE_LIMIT_MS = 20_000;
const STILL_THERE_LIMIT_MS = 1_000;

/** `parhelion dev`: gateway, link and demo practice, until it is asked to stop. */
export async function runDev(): Promise<void> {
  const stop = shutdownSignal();
  const dataDir = resolve(process.env['PARHELION_DATA_DIR'] || '.parhelion');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const devFile = join(dataDir, 'dev.json');
  const forgetDevFile = () => rmSync(devFile, { force: true });
  await refuseSecond(devFile);
  forgetDevFile();
  await using stack = new DisposalStack();
  try {
    const { facts, practiceName } = await startDemo(dataDir, stack, stop);
    stack.defer(forgetDevFile);
    writeFileByRename(devFile, JSON.stringify(facts, undefined, 2));
    process.stdout.write(banner(facts, practiceName));
    await aborted(stop);
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}

/** What a demo that still runs has written must stay: scripts rely on it. */
async function refuseSecond(devFile: string): Promise<void> {
  const running = await findRunning(devFile);
  if (running === undefined) return;
  throw new ParhelionError(
    'configInvalid',
    `Parhelion runs with this data folder already (${running}). Stop it, or set PARHELION_DATA_DIR to another folder.`,
  );
}

/** The address of a gateway that takes the operator's key of the file, so that it is surely the file's own. */
async function findRunning(devFile: string): Promise<string | undefined> {
  try {
    const { baseUrl, adminKey } = JSON.parse(readFileSync(devFile, 'utf8')) as DevFacts;
    const { ok } = await fetch(`${baseUrl}/admin/integrators`, {
      headers: { authorization: `Bearer ${adminKey}` },
      signal: AbortSignal.timeout(STILL_THERE_LIMIT_MS),
    });
    return ok ? baseUrl : undefined;
  } catch {
    // There is no file, or one that was left behind by a process that was killed.
    return undefined;
  }
}

async function startDemo(
  dataDir: string,
  stack: DisposalStack,
  stop: AbortSignal,
): Promise<{ facts: DevFacts; practiceName: string }> {
  const known = readDevState(dataDir);
  const adminKey = process.env['PARHELION_ADMIN_KEY'] || known.adminKey;
  const startGateway = gatewayStarter(dataDir, { ...known, adminKey });
  const gateway = startGateway();
  const practice = seedPractice({
    openDatabase: openPracticeFile,
    folder: join(dataDir, 'practice'),
    today: new Date(),
  });
  const { url: baseUrl } = (await gateway.firstMessage) as { url: string };
  // The address must outlive a restart, also when any free port was asked for.
  const { port } = new URL(baseUrl);
  stack.use(supervise({ name: 'gateway', first: gateway, start: () => startGateway(port) }));
  const admin = new GatewayClient(baseUrl, { authorization: `Bearer ${adminKey}` });
  const linkDir = join(dataDir, 'link');
  const demo: Demo = { dataDir, linkDir, baseUrl, practice, admin };
  const { integrator, siteId } = await prepareDemo(demo, known);
  const startLink = linkStarter(dataDir, linkDir);
  stack.use(supervise({ name: 'link', first: startLink(), start: startLink }));
  using deadline = new Deadline(ONLINE_LIMIT_MS, stop);
  await admin.untilOnline(siteId, deadline.signal);
  const pairingCode = await pairDemo(
    demo,
    new GatewayClient(baseUrl, { 'ocp-apim-subscription-key': integrator.primaryKey }),
  );
  const pmsId = practice.practiceManagementSiteId;
  const site = { siteId, pmsId, pmsName: PMS_NAME, pairingCode };
  return { facts: { baseUrl, adminKey, integrator, site }, practiceName: practice.practiceName };
}

function gatewayStarter(dataDir: string, { secretKey, adminKey }: DevState) {
  return (port?: string) =>
    new ChildProgram({
      name: 'gateway',
      args: ['gateway'],
      env: {
        ...process.env,
        PARHELION_DATA_DIR: dataDir,
        PARHELION_SECRET_KEY: process.env['PARHELION_SECRET_KEY'] || secretKey,
        PARHELION_ADMIN_KEY: adminKey,
        ...(port !== undefined && { PARHELION_PORT: port }),
      },
      logDir: join(dataDir, 'logs'),
    });
}

function linkStarter(dataDir: string, linkDir: string) {
  return () =>
    new ChildProgram({
      name: 'link',
      args: ['link', 'run', '--data-dir', linkDir],
      env: process.env,
      logDir: join(dataDir, 'logs'),
    });
}

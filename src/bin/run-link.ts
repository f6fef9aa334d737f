import { join, resolve } from 'node:path';
import { ParhelionError } from '../errors/parhelion-error.ts';
import { createLogger, LOG_LEVELS, type Logger, type LogLevel } from '../lib/logger.ts';
import { auditFolder } from '../link/audit/audit-files.ts';
import { type LinkConfig, readLinkConfig } from '../link/config/link-config.ts';
import { readIdentity } from '../link/config/read-identity.ts';
import { openDatabase } from '../link/database/open-database.ts';
import { cursorKeyOf } from '../link/fhir/cursor-key.ts';
import type { FhirAnswerer } from '../link/fhir/fhir-answerer.ts';
import { type OpenFhirOptions, openFhir } from '../link/fhir/open-fhir.ts';
import type { LinkTimings } from '../link/link-timings.ts';
import { policyPath } from '../link/policy/policy-file.ts';
import { type RunningLink, runLink } from '../link/run-link.ts';
import { engineHost } from './engine-host.ts';
import { readTransport } from './link-transport.ts';
import { PROGRAM_FILES } from './program-files.ts';
import { aborted, shutdownSignal } from './shutdown.ts';
import { readVersion } from './version.ts';

async function startLink(dataDir: string, logger: Logger): Promise<RunningLink> {
  const config = await readLinkConfig(dataDir);
  const identity = await readIdentity(dataDir);
  const resolvePath = (path: string) => resolve(dataDir, path);
  const version = readVersion();
  const { driver, engine, loginOf } = await openDatabase({
    config,
    host: engineHost,
    resolvePath,
    env: process.env,
  });
  const { fhir, database } = config;
  const { fhirSystems: systemsFolder } = PROGRAM_FILES;
  const { siteId, privateKey } = identity;
  const cursorKey = cursorKeyOf(privateKey, siteId);
  const shared = { database, siteId, cursorKey, version, systemsFolder, resolvePath, logger };
  return runLink({
    version,
    resolveIdentity: () => readIdentity(dataDir),
    catalogues: config.database.catalogues.map(({ name, isDefault }) => ({ name, isDefault })),
    driver,
    loginOf,
    fhir: fhir && (await openFhirOrNot({ ...shared, fhir, clock: Date.now })),
    diagnose: (error) => engine.diagnose(error),
    maxConnections: config.database.maxConnections,
    transport: await readTransport(config, dataDir),
    journalPath: join(dataDir, 'journal.db'),
    policyPath: policyPath(dataDir),
    auditFolder: auditFolder(dataDir),
    timings: timingsOf(config),
    logger,
  });
}

/** A mapping that cannot be used must not take the site's other queries with it. */
async function openFhirOrNot(options: OpenFhirOptions): Promise<FhirAnswerer | undefined> {
  try {
    return await openFhir(options);
  } catch (error) {
    if (!(error instanceof ParhelionError)) throw error;
    const facts = { reason: error.message };
    options.logger.error(facts, 'the site offers no FHIR. Somebody has to act on this.');
    return undefined;
  }
}

function timingsOf({ databasePatienceMs, uploadPatienceMs }: LinkConfig): Partial<LinkTimings> {
  return {
    ...(databasePatienceMs !== undefined && { databasePatienceMs }),
    ...(uploadPatienceMs !== undefined && { uploadPatienceMs }),
  };
}

function readLogLevel(): LogLevel {
  const text = process.env['PARHELION_LOG_LEVEL'] || 'info';
  const level = LOG_LEVELS.find((known) => known === text);
  if (level) return level;
  const message = `PARHELION_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`;
  throw new ParhelionError('configInvalid', message);
}

/** `parhelion link run`: runs until it is asked to stop. */
export async function runLinkProgram(dataDir: string): Promise<void> {
  const stop = shutdownSignal();
  const logger = createLogger('link', readLogLevel());
  await using _link = await startLink(resolve(dataDir), logger);
  await aborted(stop);
  if (process.connected) process.disconnect();
}

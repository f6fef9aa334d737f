import { join, resolve } from 'node:path';
import { ParhelionError } from '../errors/parhelion-error.ts';
import { createLogger, LOG_LEVELS, type Logger, type LogLevel } from '../lib/logger.ts';
import { auditFolder } from '../link/audit/audit-files.ts';
import { type LinkConfig, readLinkConfig } from '../link/config/link-config.ts';
import { readIdentity } from '../link/config/read-identity.ts';
import { openDatabase } from '../link/database/open-database.ts';
import type { LinkTimings } from '../link/link-timings.ts';
import { policyPath } from '../link/policy/policy-file.ts';
import { type RunningLink, runLink } from '../link/run-link.ts';
import { engineHost } from './engine-host.ts';
import { readTransport } from './link-transport.ts';
import { aborted, shutdownSignal } from './shutdown.ts';
import { readVersion } from './version.ts';

async function startLink(dataDir: string, logger: Logger): Promise<RunningLink> {
  const config = await readLinkConfig(dataDir);
  await readIdentity(dataDir);
  const { driver, engine, loginOf } = await openDatabase({
    config,
    host: engineHost,
    resolvePath: (path) => resolve(dataDir, path),
    env: process.env,
  });
  return runLink({
    version: readVersion(),
    resolveIdentity: () => readIdentity(dataDir),
    catalogues: config.database.catalogues.map(({ name, isDefault }) => ({ name, isDefault })),
    driver,
    loginOf,
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

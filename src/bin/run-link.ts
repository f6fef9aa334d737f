import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ParhelionError } from '../errors/parhelion-error.ts';
import { createLogger, LOG_LEVELS, type Logger, type LogLevel } from '../lib/logger.ts';
import { type LinkConfig, readLinkConfig } from '../link/config/link-config.ts';
import { readIdentity } from '../link/config/read-identity.ts';
import type { Transport } from '../link/connection/transport.ts';
import { type RunningLink, runLink } from '../link/run-link.ts';
import type { Driver } from '../sql/driver.ts';
import { createSqliteDriver } from '../sql/drivers/sqlite/create-sqlite-driver.ts';
import { PROGRAM_FILES } from './program-files.ts';
import { aborted, shutdownSignal } from './shutdown.ts';
import { readVersion } from './version.ts';

function openDriver({ database }: LinkConfig, dataDir: string): Driver {
  return createSqliteDriver({
    catalogues: database.catalogues.map((catalogue) => ({
      ...catalogue,
      file: resolve(dataDir, catalogue.file),
    })),
    dialect: database.dialect,
    ...(database.timeZone !== undefined && { timeZone: database.timeZone }),
    entryPoint: PROGRAM_FILES.sqliteConnection,
    nodePath: process.execPath,
    env: process.env,
  });
}

async function readTransport(config: LinkConfig, dataDir: string): Promise<Transport> {
  const { extraCaFile, zeroMask } = config;
  return {
    ...(extraCaFile !== undefined && {
      extraCa: await readFile(resolve(dataDir, extraCaFile), 'utf8'),
    }),
    ...(zeroMask !== undefined && { zeroMask }),
  };
}

async function startLink(dataDir: string, logger: Logger): Promise<RunningLink> {
  const config = await readLinkConfig(dataDir);
  await readIdentity(dataDir);
  return runLink({
    version: readVersion(),
    resolveIdentity: () => readIdentity(dataDir),
    catalogues: config.database.catalogues.map(({ name, isDefault }) => ({ name, isDefault })),
    driver: openDriver(config, dataDir),
    maxConnections: config.database.maxConnections,
    transport: await readTransport(config, dataDir),
    logger,
  });
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

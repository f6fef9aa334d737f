import { resolve } from 'node:path';
import type { Logger, LogLevel } from '../lib/logger.ts';
import { createLogger } from '../lib/logger.ts';
import { readLinkConfig } from '../link/config/link-config.ts';
import { readIdentity } from '../link/config/read-identity.ts';
import { openDatabase } from '../link/database/open-database.ts';
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
    logger,
  });
}

/** `parhelion link run`: runs until it is asked to stop. */
export async function runLinkProgram(dataDir: string): Promise<void> {
  const stop = shutdownSignal();
  const level = (process.env['PARHELION_LOG_LEVEL'] ?? 'info') as LogLevel;
  const logger = createLogger('link', level);
  await using _link = await startLink(resolve(dataDir), logger);
  await aborted(stop);
  if (process.connected) process.disconnect();
}

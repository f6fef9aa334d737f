import { readGatewayConfig } from '../gateway/config/gateway-config.ts';
import { startGateway } from '../gateway/server.ts';
import { systemClock } from '../lib/clock.ts';
import { createLogger } from '../lib/logger.ts';
import { aborted, shutdownSignal } from './shutdown.ts';
import { readVersion } from './version.ts';

/** Beyond the queries in hand: to close sockets and store. */
const CLOSING_MS = 1_200;

/** `parhelion gateway`: runs until it is asked to stop. */
export async function runGateway(): Promise<void> {
  const { config, secrets } = readGatewayConfig(process.env);
  const stop = shutdownSignal(config.shutdownGraceMs + CLOSING_MS);
  const logger = createLogger('gateway', config.logLevel);
  await using gateway = await startGateway({
    config,
    secrets,
    clock: systemClock,
    logger,
    version: readVersion(),
  });
  logger.info({ url: gateway.url }, 'gateway is listening');
  process.send?.({ kind: 'listening', url: gateway.url });
  await aborted(stop);
  logger.info('gateway is stopping');
  if (process.connected) process.disconnect();
}

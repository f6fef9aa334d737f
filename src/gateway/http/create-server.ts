import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { CertificatePair } from '../tls/index.ts';

export interface ServerLimits {
  readonly headersLimitMs: number;
  readonly requestLimitMs: number;
  readonly maxConnections: number;
}

const KEEP_ALIVE_MS = 72_000;
const TLS_HANDSHAKE_MS = 10_000;
const LONGEST_CHECK_MS = 5_000;
const SHORTEST_CHECK_MS = 50;

/** The HTTP or HTTPS server below the routes, with limits on what may be under way and for how long. */
export function createServer(
  listener: RequestListener,
  { headersLimitMs, requestLimitMs, maxConnections }: ServerLimits,
  certificate: CertificatePair | undefined,
): Server {
  const shortestMs = Math.min(headersLimitMs, requestLimitMs);
  const options = {
    headersTimeout: headersLimitMs,
    requestTimeout: requestLimitMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // How often the two time limits are looked at.
    connectionsCheckingInterval: Math.min(
      LONGEST_CHECK_MS,
      Math.max(SHORTEST_CHECK_MS, shortestMs / 4),
    ),
  };
  const server = certificate
    ? createHttps({ ...options, ...certificate, handshakeTimeout: TLS_HANDSHAKE_MS }, listener)
    : createHttp(options, listener);
  // Node would drop further fields in silence; the routes count them and refuse.
  server.maxHeadersCount = 0;
  server.maxConnections = maxConnections;
  return server;
}

import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ParhelionError } from '../errors/parhelion-error.ts';
import { DisposalStack } from '../lib/disposal.ts';
import { NetworkList } from '../lib/network-list.ts';
import { pause } from '../lib/waiting.ts';
import { backgroundFailure } from './background-tasks.ts';
import type { GatewayConfig } from './config/gateway-config.ts';
import { every } from './every.ts';
import { type GatewayOptions, openFeatures } from './features.ts';
import { ConnectionLimits } from './http/connection-limits.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { onlyWebSockets } from './http/only-web-sockets.ts';
import type { LinkSessions } from './sessions/index.ts';
import { TlsCertificate } from './tls/index.ts';

/** A gateway that serves until it is disposed of. */
export interface Gateway extends AsyncDisposable {
  /** Where it listens, for callers on this machine. */
  readonly url: string;
}

interface Composed {
  readonly app: FastifyInstance;
  /** Filled in once the gateway listens. */
  readonly address: { url: string };
}

const LAST_ANSWERS_MS = 300;
const CERTIFICATE_EVERY_MS = 2_000;

/**
 * Builds a gateway and listens.
 *
 * @throws ParhelionError `configInvalid` or `storeUnavailable` with a sentence, for instance when the port is taken
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const stack = new DisposalStack();
  try {
    const { app, address } = await compose(options, stack);
    address.url = await listen(app, options.config);
    return { url: address.url, [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose]() };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}

/** The HTTP server over the features; the stack takes everything down in reverse. */
async function compose(options: GatewayOptions, stack: DisposalStack): Promise<Composed> {
  const { config } = options;
  const features = await openFeatures(options, stack);
  const { sessions, database } = features;
  const certificate = await openCertificate(options);
  const address = { url: '' };
  const app = await createHttpServer({
    ...options,
    ...features,
    certificate,
    publicUrl: () => config.publicUrl ?? address.url,
    checkStore: async () => {
      await database.all('SELECT 1');
    },
  });
  const connections = new ConnectionLimits(
    config.maxConnectionsPerAddress,
    new NetworkList(config.trustedProxies),
  );
  connections.watch(app.server);
  app.server.on(
    'upgrade',
    onlyWebSockets(app.server, (request, socket, head) => {
      connections.release(socket);
      sessions.handleUpgrade(request, socket, head);
    }),
  );
  if (certificate) stack.use(keepFresh(certificate, app.server as HttpsServer, options));
  stack.defer(() => drain(app, sessions, config.shutdownGraceMs));
  return { app, address };
}

async function openCertificate({ config, clock, logger }: GatewayOptions) {
  if (!config.tls) return undefined;
  const child = logger.child({ module: 'tls' });
  return await TlsCertificate.open({ files: config.tls, clock, logger: child });
}

function keepFresh(
  certificate: TlsCertificate,
  server: HttpsServer,
  { logger }: GatewayOptions,
): AsyncDisposable {
  const onFailed = backgroundFailure(logger)('certificate');
  return every(CERTIFICATE_EVERY_MS, () => certificate.refresh(server), onFailed);
}

/** No new request is taken; what is in hand may finish, for a while; then the sockets are closed. */
async function drain(app: FastifyInstance, sessions: LinkSessions, graceMs: number): Promise<void> {
  const closed = app.close();
  const grace = AbortSignal.timeout(graceMs);
  while (sessions.inHand > 0 && (await pause(20, grace)));
  await sessions[Symbol.asyncDispose]();
  const force = setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS);
  await closed;
  clearTimeout(force);
}

async function listen(app: FastifyInstance, { host, port, tls }: GatewayConfig): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? `Port ${port} is already in use. Stop the other program or set PARHELION_PORT to another one.`
        : `The gateway cannot listen on ${host}:${port} (${code ?? String(error)}).`;
    throw new ParhelionError('configInvalid', why, { cause: error });
  }
  const { address, family, port: actualPort } = app.server.address() as AddressInfo;
  const name = ['0.0.0.0', '::'].includes(address) ? '127.0.0.1' : address;
  const scheme = tls ? 'https' : 'http';
  return `${scheme}://${family === 'IPv6' && name !== '127.0.0.1' ? `[${name}]` : name}:${actualPort}`;
}

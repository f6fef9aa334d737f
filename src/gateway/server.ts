import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ParhelionError } from '../errors/parhelion-error.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposalStack } from '../lib/disposal.ts';
import type { Logger } from '../lib/logger.ts';
import { pause } from '../lib/waiting.ts';
import { backgroundFailure, startBackgroundTasks } from './background-tasks.ts';
import { openBlobStore } from './blobs/index.ts';
import { openBus } from './bus/index.ts';
import type { GatewayConfig, GatewaySecrets } from './config/gateway-config.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { onlyWebSockets } from './http/only-web-sockets.ts';
import { Integrators } from './integrators/index.ts';
import { Metrics } from './metrics/index.ts';
import { QueryStore } from './queries/index.ts';
import { RegisteredEvents, RegisteredQueries } from './registered/index.ts';
import {
  LinkSessions,
  SessionEvents,
  type SiteBus,
  SiteCalls,
  serveSession,
} from './sessions/index.ts';
import { createSiteRegister } from './site-register.ts';
import { createSites } from './sites/index.ts';
import { openDatabase } from './store/index.ts';

export interface GatewayOptions {
  readonly config: GatewayConfig;
  readonly secrets: GatewaySecrets;
  readonly clock: Clock;
  readonly logger: Logger;
  /** CalVer of the program. */
  readonly version: string;
}

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

/** Builds every part in the order in which it is needed; the stack takes them down in reverse. */
async function compose(options: GatewayOptions, stack: DisposalStack): Promise<Composed> {
  const { config, secrets, clock, logger, version } = options;
  const onFailed = backgroundFailure(logger);
  const metrics = new Metrics();
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = stack.use(await openDatabase(config.storeUrl));
  await database.migrate();
  const blobs = stack.use(await openBlobStore(config.blobUrl));
  const bus: SiteBus = stack.use(openBus(config.busUrl));
  const integrators = stack.use(
    new Integrators({ ...secrets, database, clock, onFlushFailed: onFailed('key uses') }),
  );
  const sites = stack.use(
    createSites({
      database,
      clock,
      unreachableAfterMs: config.unreachableAfterMs,
      silenceCountsFrom: clock.now(),
      onFlushFailed: onFailed('heartbeats'),
    }),
  );
  const store = stack.use(new QueryStore(database, clock));
  const registered = stack.use(
    new RegisteredQueries({
      ...registeredLimits(config),
      database,
      blobs,
      bus,
      clock,
      metrics,
      announce: async () => {},
      events: new RegisteredEvents(logger.child({ module: 'registered' })),
    }),
  );
  const sessions = new LinkSessions({
    register: createSiteRegister(sites),
    serve: (session) => {
      registered.serve(session);
      return serveSession(bus, session);
    },
    events: new SessionEvents(logger.child({ module: 'sessions' }), metrics),
    heartbeatIntervalMs: config.heartbeatIntervalMs,
    silenceLimitMs: config.unreachableAfterMs,
  });
  stack.use(startBackgroundTasks({ clock, store, registered, sites, sessions, onFailed }));
  const address = { url: '' };
  const app = await createHttpServer({
    version,
    config,
    secrets,
    clock,
    logger,
    metrics,
    integrators,
    sites,
    sessions,
    registered,
    queries: { ...immediateLimits(config), store, metrics, clock, siteCalls: new SiteCalls(bus) },
    publicUrl: () => config.publicUrl ?? address.url,
    checkStore: async () => {
      await database.all('SELECT 1');
    },
  });
  app.server.on(
    'upgrade',
    onlyWebSockets(app.server, (request, socket, head) =>
      sessions.handleUpgrade(request, socket, head),
    ),
  );
  stack.defer(() => drain(app, sessions, config.shutdownGraceMs));
  return { app, address };
}

function immediateLimits(config: GatewayConfig) {
  return {
    executionLimitMs: config.immediateExecutionLimitMs,
    maxResultBytes: config.immediateMaxResultBytes,
    siteWaitMs: config.siteWaitMs,
  };
}

function registeredLimits(config: GatewayConfig) {
  return {
    executionLimitMs: config.registeredExecutionLimitMs,
    maxResultBytes: config.registeredMaxResultBytes,
    maxPerSite: config.registeredMaxPerSite,
  };
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

async function listen(app: FastifyInstance, { host, port }: GatewayConfig): Promise<string> {
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
  return `http://${family === 'IPv6' && name !== '127.0.0.1' ? `[${name}]` : name}:${actualPort}`;
}

import { mkdir } from 'node:fs/promises';
import type { Clock } from '../lib/clock.ts';
import type { DisposalStack } from '../lib/disposal.ts';
import type { Logger } from '../lib/logger.ts';
import { NetworkList } from '../lib/network-list.ts';
import { peerAddress } from '../lib/peer-address.ts';
import { AdminAudit } from './audit/index.ts';
import { backgroundFailure, startBackgroundTasks } from './background-tasks.ts';
import { type BlobStore, openBlobStore } from './blobs/index.ts';
import { openBus } from './bus/index.ts';
import type { GatewayConfig, GatewaySecrets } from './config/gateway-config.ts';
import { DesktopTokens } from './desktop/index.ts';
import { Integrators } from './integrators/index.ts';
import { Limits, LimitsEvents } from './limits/index.ts';
import { Metrics } from './metrics/index.ts';
import { AsyncQueries, QueryStore } from './queries/index.ts';
import { RegisteredEvents, RegisteredQueries } from './registered/index.ts';
import {
  LinkSessions,
  SessionEvents,
  type SiteBus,
  SiteCalls,
  type SiteSession,
  serveSession,
} from './sessions/index.ts';
import { createSiteRegister } from './site-register.ts';
import { createSites, type Sites } from './sites/index.ts';
import { type Database, openDatabase } from './store/index.ts';
import { createWebhooks, type Webhooks } from './webhooks/index.ts';

export interface GatewayOptions {
  readonly config: GatewayConfig;
  readonly secrets: GatewaySecrets;
  readonly clock: Clock;
  readonly logger: Logger;
  /** CalVer of the program. */
  readonly version: string;
}

/** What every feature is built on. */
interface Foundation extends GatewayOptions {
  readonly database: Database;
  readonly bus: SiteBus;
  readonly metrics: Metrics;
  readonly onFailed: (task: string) => (error: unknown) => void;
}

/** Builds the features in the order in which they need each other; the stack takes them down in reverse. */
export async function openFeatures(options: GatewayOptions, stack: DisposalStack) {
  const foundation = await openFoundation(options, stack);
  const { database, bus, metrics, clock, config, secrets, onFailed } = foundation;
  const blobs = stack.use(await openBlobStore(config.blobUrl));
  const integrators = stack.use(
    new Integrators({ ...secrets, database, clock, onFlushFailed: onFailed('key uses') }),
  );
  const desktopTokens = await openDesktopTokens(foundation);
  const sites = stack.use(
    createSites({
      database,
      clock,
      unreachableAfterMs: config.unreachableAfterMs,
      silenceCountsFrom: clock.now(),
      onFlushFailed: onFailed('heartbeats'),
    }),
  );
  const webhooks = stack.use(
    createWebhooks({ ...foundation, ...secrets, limits: webhookLimits(config) }),
  );
  webhooks.worker.start();
  const limits = stack.use(openLimits(foundation, integrators));
  const { resultRetentionMs: retentionMs } = config;
  const store = stack.use(new QueryStore({ database, clock, retentionMs }));
  const asyncQueries = stack.use(
    new AsyncQueries({
      ...foundation,
      blobs,
      limits: asyncLimits(config),
      onPageStored: (page) => limits.recordBytes(page),
      pageBytes: config.asyncPageBytes,
      announce: (session, event) =>
        webhooks.outbox.announce(session, { ...event, source: 'async' }),
      onAnnounced: () => webhooks.outbox.wake(),
      onFailed: onFailed('async queries'),
    }),
  );
  const siteCalls = new SiteCalls(bus);
  const registered = stack.use(openRegistered(foundation, { blobs, webhooks, limits, siteCalls }));
  const sessions = openSessions(foundation, sites, (session) => [
    asyncQueries.attach(session),
    registered.attach(session),
  ]);
  const features = { blobs, desktopTokens, asyncQueries, registered, sites, sessions, webhooks };
  const served = { ...features, limits };
  stack.use(startBackgroundTasks({ ...foundation, ...served }));
  const isPaired = (integratorId: string, siteId: string) =>
    sites.directory.isPaired(integratorId, siteId);
  const queries = {
    ...immediateLimits(config),
    limits,
    store,
    metrics,
    clock,
    siteCalls,
    isPaired,
  };
  const audit = new AdminAudit({ database, clock, onFailed: onFailed('audit') });
  return { ...served, audit, database, metrics, integrators, queries };
}

function openRegistered(
  foundation: Foundation,
  parts: {
    readonly blobs: BlobStore;
    readonly webhooks: Webhooks;
    readonly limits: Limits;
    readonly siteCalls: SiteCalls;
  },
) {
  const { config, logger } = foundation;
  const { blobs, limits, siteCalls, webhooks } = parts;
  const { outbox } = webhooks;
  return new RegisteredQueries({
    ...foundation,
    ...registeredLimits(config),
    blobs,
    limits,
    askPractice: (...asked) => siteCalls.askPractice(...asked),
    announce: (session, event) => outbox.announce(session, { ...event, source: 'registered' }),
    onAnnounced: () => outbox.wake(),
    events: new RegisteredEvents(logger.child({ module: 'registered' })),
  });
}

async function openFoundation(options: GatewayOptions, stack: DisposalStack): Promise<Foundation> {
  const { config, logger } = options;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = stack.use(await openDatabase(config.storeUrl));
  await database.migrate();
  const bus: SiteBus = stack.use(openBus(config.busUrl));
  const onFailed = backgroundFailure(logger);
  return { ...options, database, bus, metrics: new Metrics(), onFailed };
}

/** The first key is there before the first request. */
async function openDesktopTokens(foundation: Foundation): Promise<DesktopTokens> {
  const { config, secrets } = foundation;
  const tokens = new DesktopTokens({
    ...foundation,
    secretKey: secrets.secretKey,
    tokenTtlS: config.desktopTokenTtlS,
    clockSkewMs: config.desktopClockSkewMs,
    keyRotationMs: config.desktopKeyRotationMs,
  });
  await tokens.maintain();
  return tokens;
}

/** @param attach joins a new session to the features that work with it */
function openSessions(
  { bus, config, logger, metrics }: Foundation,
  sites: Sites,
  attach: (session: SiteSession) => readonly Disposable[],
): LinkSessions {
  const trustedProxies = new NetworkList(config.trustedProxies);
  return new LinkSessions({
    register: createSiteRegister(sites),
    serve: (session) => {
      const resources = [serveSession(bus, session), ...attach(session)];
      return {
        [Symbol.dispose]: () => {
          for (const resource of resources) resource[Symbol.dispose]();
        },
      };
    },
    events: new SessionEvents(logger.child({ module: 'sessions' }), metrics),
    heartbeatIntervalMs: config.heartbeatIntervalMs,
    silenceLimitMs: config.unreachableAfterMs,
    addressOf: (request) => peerAddress(request, trustedProxies),
    handshakes: config,
  });
}

function openLimits(
  { database, clock, config, logger, metrics }: Foundation,
  integrators: Integrators,
): Limits {
  const { requestsPerSecond, concurrentImmediateQueries } = config;
  const { dailyQueriesPerSite, dailyBytesPerSite } = config;
  return new Limits({
    database,
    clock,
    integrators,
    defaults: {
      requestsPerSecond,
      concurrentImmediateQueries,
      dailyQueriesPerSite,
      dailyBytesPerSite,
    },
    events: new LimitsEvents(logger.child({ module: 'limits' }), metrics),
  });
}

function immediateLimits(config: GatewayConfig) {
  return {
    executionLimitMs: config.immediateExecutionLimitMs,
    maxResultBytes: config.immediateMaxResultBytes,
    siteWaitMs: config.siteWaitMs,
  };
}

function asyncLimits(config: GatewayConfig) {
  return {
    executionLimitMs: config.asyncExecutionLimitMs,
    uploadLimitMs: config.asyncUploadLimitMs,
    unreachableAfterMs: config.unreachableAfterMs,
    retentionMs: config.resultRetentionMs,
  };
}

function registeredLimits(config: GatewayConfig) {
  return {
    executionLimitMs: config.registeredExecutionLimitMs,
    maxResultBytes: config.registeredMaxResultBytes,
    maxPerSite: config.registeredMaxPerSite,
    retentionMs: config.resultRetentionMs,
  };
}

function webhookLimits(config: GatewayConfig) {
  return {
    allowedNetworks: config.webhookAllowedNetworks,
    timeoutMs: config.webhookTimeoutMs,
    backoff: { baseMs: config.webhookFirstRetryMs, capMs: config.webhookLongestRetryMs },
  };
}

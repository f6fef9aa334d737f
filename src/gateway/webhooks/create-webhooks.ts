import { setMaxListeners } from 'node:events';
import type { BackoffOptions } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { DisposalStack } from '../../lib/disposal.ts';
import { newId } from '../../lib/ids.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Database } from '../store/index.ts';
import { AddressGuard } from './address-guard.ts';
import { DeliveryStore } from './delivery-store.ts';
import { DeliveryWorker } from './delivery-worker.ts';
import { type ResolveHost, resolveHost } from './resolve-host.ts';
import type { AttemptResult, WebhookSource } from './webhook.ts';
import { WebhookEvents } from './webhook-events.ts';
import { DUE_TOPIC, type DueBus, WebhookOutbox } from './webhook-outbox.ts';
import { WebhookRegistry } from './webhook-registry.ts';
import { WebhookSecrets } from './webhook-secrets.ts';
import { WebhookSender } from './webhook-sender.ts';

export interface WebhookLimits {
  /** Addresses and CIDR blocks that may be reached although they are not public, also over http. */
  readonly allowedNetworks: readonly string[];
  readonly timeoutMs: number;
  readonly backoff: BackoffOptions;
}

export interface WebhooksOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretKey: string;
  readonly bus: DueBus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits: WebhookLimits;
  /** Left out, DNS. */
  readonly resolveHost?: ResolveHost;
}

/** One attempt that was made to see whether it works; it counts in no statistics and is not repeated. */
export interface TestDelivery extends AttemptResult {
  readonly id: string;
  readonly durationMs: number;
}

/** Everything about webhooks in one gateway. */
export interface Webhooks extends AsyncDisposable {
  readonly outbox: WebhookOutbox;
  readonly registry: WebhookRegistry;
  readonly deliveries: DeliveryStore;
  readonly worker: DeliveryWorker;
  /** Sends a message with made-up ids; undefined without such a webhook. */
  readonly sendTest: (
    integratorId: string,
    source: WebhookSource,
  ) => Promise<TestDelivery | undefined>;
}

/** Builds the webhooks of a gateway. The worker makes no delivery before it is started. */
export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { database, clock, bus, limits } = options;
  const stack = new DisposalStack();
  const guard = new AddressGuard(limits.allowedNetworks);
  const secrets = new WebhookSecrets(options.secretKey);
  const sender = new WebhookSender(secrets, {
    guard,
    resolveHost: options.resolveHost ?? resolveHost,
    timeoutMs: limits.timeoutMs,
    clock,
  });
  const registry = new WebhookRegistry({ database, clock, secrets, guard });
  const deliveries = stack.use(new DeliveryStore(database, clock));
  const events = new WebhookEvents(options.logger.child({ module: 'webhooks' }), options.metrics);
  const { backoff } = limits;
  const worker = stack.use(
    new DeliveryWorker({ store: deliveries, sender, events, backoff, clock }),
  );
  stack.use(bus.subscribe(DUE_TOPIC, () => worker.wake()));
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  stack.defer(() => stop.abort());
  return {
    outbox: new WebhookOutbox(clock, bus),
    registry,
    deliveries,
    worker,
    async sendTest(integratorId, source) {
      const target = await registry.findTarget(integratorId, source);
      if (!target) return undefined;
      const [id, siteId, queryId] = [newId(), newId(), newId()];
      const message = { id, siteId, queryId, source, occurredAt: clock.now() };
      const begunAt = performance.now();
      const result = await sender.attempt(target, message, stop.signal);
      return { id, durationMs: Math.round(performance.now() - begunAt), ...result };
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

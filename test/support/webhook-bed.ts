import { randomUUID } from 'node:crypto';
import { openBus } from '../../src/gateway/bus/index.ts';
import { Metrics } from '../../src/gateway/metrics/index.ts';
import type { Database } from '../../src/gateway/store/index.ts';
import {
  createWebhooks,
  type WebhookSource,
  type Webhooks,
} from '../../src/gateway/webhooks/index.ts';
import { createLogger } from '../../src/lib/logger.ts';

const HOUR_MS = 60 * 60_000;

/** A clock that stands still until it is moved. */
export class TestClock {
  time = Date.parse('2026-03-05T14:30:00Z');

  now(): number {
    return this.time;
  }
}

export interface WebhookBedOptions {
  readonly timeoutMs?: number;
  readonly secretKey?: string;
  readonly clock?: TestClock;
}

/** The webhooks of one gateway over a store, with a worker that only moves when it is told to. */
export class WebhookBed implements AsyncDisposable {
  readonly database: Database;
  readonly clock: TestClock;
  readonly metrics = new Metrics();
  readonly webhooks: Webhooks;

  constructor(database: Database, options: WebhookBedOptions = {}) {
    this.database = database;
    this.clock = options.clock ?? new TestClock();
    this.webhooks = createWebhooks({
      database,
      clock: this.clock,
      secretKey: options.secretKey ?? 'a secret of thirty-two characters or more',
      bus: openBus<never, never>(''),
      logger: createLogger('test', 'silent'),
      metrics: this.metrics,
      limits: {
        allowedNetworks: ['127.0.0.0/8'],
        timeoutMs: options.timeoutMs ?? 60_000,
        backoff: { baseMs: 5000, capMs: 1.5 * HOUR_MS },
      },
    });
  }

  async addIntegrator(): Promise<string> {
    const id = randomUUID();
    await this.database.run(
      "INSERT INTO integrators (id, name, settings, created_at, updated_at) VALUES (?, 'x', '{}', 0, 0)",
      [id],
    );
    return id;
  }

  /** A new integrator with a webhook for async queries. */
  async addWebhook(url: string): Promise<{ integratorId: string; secret: string }> {
    const integratorId = await this.addIntegrator();
    const { secret = '' } = await this.webhooks.registry.put(integratorId, 'async', { url });
    return { integratorId, secret };
  }

  /** Announces one event in a transaction of its own. */
  async announce(integratorId: string, source: WebhookSource = 'async') {
    const event = {
      integratorId,
      source,
      siteId: randomUUID(),
      queryId: randomUUID(),
      occurredAt: this.clock.now() - 1,
    };
    await this.database.transaction((session) => this.webhooks.outbox.announce(session, event));
    return event;
  }

  /** Makes the attempts that are due now, to their end; resolves to how many there were. */
  async deliverDue(): Promise<number> {
    const attempts = await this.webhooks.worker.step();
    await Promise.all(attempts);
    return attempts.length;
  }

  /** When the next attempt is due; undefined when none is left. */
  async nextDueAt(): Promise<number | undefined> {
    const [row] = await this.database.all<{ due: number | null }>(
      'SELECT MIN(due_at) AS due FROM webhook_deliveries',
    );
    return row?.due ?? undefined;
  }

  /** Lets time pass and makes attempts until nothing is due any more. */
  async deliverAll(): Promise<void> {
    await this.deliverDue();
    for (let due = await this.nextDueAt(); due !== undefined; due = await this.nextDueAt()) {
      this.clock.time = Math.max(this.clock.time, due);
      await this.deliverDue();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.webhooks[Symbol.asyncDispose]();
  }
}

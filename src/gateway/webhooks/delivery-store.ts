import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import {
  type Alongside,
  createGroupCommit,
  type Database,
  type GroupCommit,
  type Session,
} from '../store/index.ts';
import { MAX_ATTEMPTS, type NextStep } from './retry-policy.ts';
import type { AttemptResult, TroubledDelivery, WebhookMessage, WebhookSource } from './webhook.ts';
import type { SealedTarget } from './webhook-secrets.ts';

const KEPT_AFTER_END_MS = 24 * 60 * 60_000;
/** Long after any transaction that could still delete or announce. */
const ORPHAN_AFTER_MS = 60 * 60_000;
const MOST_TROUBLED = 50;

/** A webhook with deliveries that may be attempted now. */
export interface DueWebhook extends SealedTarget {
  readonly integratorId: string;
  readonly source: WebhookSource;
}

/** A delivery that belongs to one worker until its lease ends. */
export interface ClaimedDelivery {
  readonly message: WebhookMessage;
  readonly webhookId: string;
  readonly lease: string;
  /** The one about to be made included. */
  readonly attempts: number;
  readonly lastDelayMs: number | undefined;
}

export interface DeliveryOutcome {
  readonly delivery: ClaimedDelivery;
  readonly result: AttemptResult;
  readonly next: NextStep;
  readonly endedAt: number;
}

interface ClaimedRow {
  readonly id: string;
  readonly site_id: string;
  readonly query_id: string;
  readonly occurred_at: number;
  readonly attempts: number;
  readonly last_delay_ms: number | null;
}

// Counting the attempt with the claim: one whose gateway is killed was made all the same.
const CLAIM = `
  WITH picked AS (
    SELECT id FROM webhook_deliveries WHERE webhook_id = ? AND due_at <= ?
    ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED
  )
  UPDATE webhook_deliveries
  SET lease = ?, due_at = ?, last_attempt_at = ?, attempts = attempts + 1
  WHERE id IN (SELECT id FROM picked)
  RETURNING id, site_id, query_id, occurred_at, attempts, last_delay_ms`;

// Late news of an attempt whose lease went to another worker changes nothing.
const RECORD = `
  UPDATE webhook_deliveries
  SET lease = NULL, due_at = ?, attempts = ?, last_delay_ms = ?, status_code = ?, error = ?,
    ended_at = ?
  WHERE id = ? AND lease = ?`;

const COUNT = `
  UPDATE webhooks SET attempt_count = attempt_count + 1,
    delivered_count = delivered_count + ?, failed_count = failed_count + ?,
    last_delivered_at = COALESCE(?, last_delivered_at), last_failed_at = COALESCE(?, last_failed_at)
  WHERE id = ?`;

async function record(session: Session, outcome: DeliveryOutcome): Promise<void> {
  const { delivery, result, next, endedAt } = outcome;
  const isRetry = next.step === 'retry';
  const changes = await session.run(RECORD, [
    isRetry ? endedAt + next.waitMs : null,
    Math.min(delivery.attempts, MAX_ATTEMPTS),
    isRetry ? (next.delayMs ?? null) : null,
    result.statusCode ?? null,
    result.error ?? null,
    isRetry ? null : endedAt,
    delivery.message.id,
    delivery.lease,
  ]);
  if (changes === 0) return;
  const [isDelivered, isFailed] = [next.step === 'delivered', next.step === 'failed'];
  await session.run(COUNT, [
    isDelivered ? 1 : 0,
    isFailed ? 1 : 0,
    isDelivered ? endedAt : null,
    isFailed ? endedAt : null,
    delivery.webhookId,
  ]);
}

/** The deliveries of the outbox. What became of attempts is written in groups. */
export class DeliveryStore implements AsyncDisposable {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #outcomes: GroupCommit<DeliveryOutcome>;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#outcomes = createGroupCommit<DeliveryOutcome>({
      commit: (batch) =>
        database.transaction(async (session) => {
          // In one order on every node: they count in the same rows.
          const inOrder = batch.toSorted((a, b) =>
            a.delivery.webhookId < b.delivery.webhookId ? -1 : 1,
          );
          for (const outcome of inOrder) await record(session, outcome);
        }),
    });
  }

  /** One look-up in an index for each webhook, however many deliveries wait. */
  findDueWebhooks(now: number): Promise<DueWebhook[]> {
    return this.#database.all<DueWebhook>(
      `SELECT id, integrator_id AS "integratorId", source, url, secret,
         next_secret AS "nextSecret"
       FROM webhooks WHERE EXISTS (
         SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = webhooks.id AND d.due_at <= ?)`,
      [now],
    );
  }

  /** Takes deliveries that are due, or whose lease is over, those that have waited longest first. */
  async claim(
    { id: webhookId, source }: DueWebhook,
    limits: { readonly now: number; readonly leaseMs: number; readonly atMost: number },
  ): Promise<ClaimedDelivery[]> {
    const { now, leaseMs, atMost } = limits;
    const lease = newId();
    const leased = [webhookId, now, atMost, lease, now + leaseMs, now];
    const rows = await this.#database.all<ClaimedRow>(CLAIM, leased);
    return rows.map((row) => ({
      message: {
        id: row.id,
        siteId: row.site_id,
        queryId: row.query_id,
        occurredAt: row.occurred_at,
        source,
      },
      webhookId,
      lease,
      attempts: row.attempts,
      lastDelayMs: row.last_delay_ms ?? undefined,
    }));
  }

  /** Resolves once durable. */
  record(outcome: DeliveryOutcome): Promise<void> {
    return this.#outcomes.add(outcome);
  }

  /** The deliveries of a webhook that had a failed attempt and were not delivered since, the last attempt first. */
  listTroubled(webhookId: string): Promise<TroubledDelivery[]> {
    return this.#database.all<TroubledDelivery>(
      `SELECT id, site_id AS "siteId", query_id AS "queryId", occurred_at AS "occurredAt",
         attempts, last_attempt_at AS "lastAttemptAt", error, status_code AS "statusCode",
         due_at AS "nextAttemptAt"
       FROM webhook_deliveries WHERE webhook_id = ? AND error IS NOT NULL
       ORDER BY last_attempt_at DESC, id DESC LIMIT ${MOST_TROUBLED}`,
      [webhookId],
    );
  }

  /** Begins a delivery anew that has failed for good. False when there is none of this id. */
  async redeliver(webhookId: string, deliveryId: string, alongside?: Alongside): Promise<boolean> {
    return await this.#database.transaction(async (session) => {
      const changes = await session.run(
        `UPDATE webhook_deliveries
         SET attempts = 0, last_delay_ms = NULL, ended_at = NULL, due_at = ?
         WHERE id = ? AND webhook_id = ? AND error IS NOT NULL AND ended_at IS NOT NULL`,
        [this.#clock.now(), deliveryId, webhookId],
      );
      if (changes > 0) await alongside?.(session);
      return changes > 0;
    });
  }

  /** Removes what ended a day ago, and what an announcement left behind for a webhook that was being deleted. */
  async removeEnded(): Promise<void> {
    const now = this.#clock.now();
    await this.#database.run('DELETE FROM webhook_deliveries WHERE ended_at <= ?', [
      now - KEPT_AFTER_END_MS,
    ]);
    await this.#database.run(
      `DELETE FROM webhook_deliveries WHERE due_at <= ? AND NOT EXISTS (
         SELECT 1 FROM webhooks w WHERE w.id = webhook_deliveries.webhook_id)`,
      [now - ORPHAN_AFTER_MS],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#outcomes[Symbol.asyncDispose]();
  }
}

import { setMaxListeners } from 'node:events';
import type { BackoffOptions } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { Deadline } from '../../lib/deadline.ts';
import { deferred } from '../../lib/deferred.ts';
import { orAborted } from '../../lib/waiting.ts';
import type { ClaimedDelivery, DeliveryStore, DueWebhook } from './delivery-store.ts';
import { MAX_ATTEMPTS, nextStepAfter } from './retry-policy.ts';
import type { WebhookEvents } from './webhook-events.ts';
import type { WebhookSender } from './webhook-sender.ts';

const LOOK_EVERY_MS = 1000;
/** Attempts of one webhook at a time. There is no limit over all webhooks: a slow one would use it up. */
const AT_ONCE_PER_WEBHOOK = 8;
/** A lease outlives the longest attempt by this, so that a healthy worker never loses one. */
const LEASE_MARGIN_MS = 5_000;

export interface DeliveryWorkerOptions {
  readonly store: DeliveryStore;
  readonly sender: WebhookSender;
  readonly events: WebhookEvents;
  readonly backoff: BackoffOptions;
  readonly clock: Clock;
}

/** Makes the deliveries that are due. Any number of workers may share a store. */
export class DeliveryWorker implements AsyncDisposable {
  readonly #options: DeliveryWorkerOptions;
  readonly #underWay = new Map<string, Set<Promise<void>>>();
  readonly #stop = new AbortController();
  #woken = deferred<void>();
  #running: Promise<void> | undefined;

  constructor(options: DeliveryWorkerOptions) {
    this.#options = options;
    // Every attempt under way listens to it.
    setMaxListeners(0, this.#stop.signal);
  }

  /** Goes on until disposed. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Makes it look at once whether something is due. */
  wake(): void {
    this.#woken.resolve();
  }

  /** Claims what is due and may be attempted now; resolves to the attempts that have begun with it. */
  async step(): Promise<readonly Promise<void>[]> {
    const { store, sender, clock } = this.#options;
    const now = clock.now();
    const leaseMs = sender.timeoutMs + LEASE_MARGIN_MS;
    const begun: Promise<void>[] = [];
    for (const webhook of await store.findDueWebhooks(now)) {
      const atMost = AT_ONCE_PER_WEBHOOK - (this.#underWay.get(webhook.id)?.size ?? 0);
      if (atMost <= 0 || this.#stop.signal.aborted) continue;
      for (const delivery of await store.claim(webhook, { now, leaseMs, atMost })) {
        begun.push(this.#begin(webhook, delivery));
      }
    }
    return begun;
  }

  /** Attempts under way are cut short, and made anew by the next worker. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await Promise.all([...this.#underWay.values()].flatMap((attempts) => [...attempts]));
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#woken = deferred<void>();
      try {
        void (await this.step());
      } catch (error) {
        this.#options.events.claimFailed(error);
      }
      using look = new Deadline(LOOK_EVERY_MS, this.#stop.signal);
      await orAborted(this.#woken.promise, look.signal).catch(() => {});
    }
  }

  #begin(webhook: DueWebhook, delivery: ClaimedDelivery): Promise<void> {
    const attempts = this.#underWay.get(webhook.id) ?? new Set();
    this.#underWay.set(webhook.id, attempts);
    const attempt = this.#attempt(webhook, delivery).finally(() => {
      attempts.delete(attempt);
      if (attempts.size === 0) this.#underWay.delete(webhook.id);
      this.wake();
    });
    attempts.add(attempt);
    return attempt;
  }

  /** It never rejects. */
  async #attempt(webhook: DueWebhook, delivery: ClaimedDelivery): Promise<void> {
    const { store, sender, events, backoff, clock } = this.#options;
    const { attempts, lastDelayMs, message } = delivery;
    try {
      // The gateway of the last attempt was killed before it could say what became of it.
      const isOver = attempts > MAX_ATTEMPTS;
      const result = isOver
        ? ({ error: 'interrupted' } as const)
        : await sender.attempt(webhook, message, this.#stop.signal);
      const next = nextStepAfter({ result, attempts, lastDelayMs }, backoff);
      const outcome = { delivery, result, next, endedAt: clock.now() };
      await store.record(outcome);
      events.attempted(webhook, outcome);
    } catch (error) {
      events.attemptBroke(message.id, error);
    }
  }
}

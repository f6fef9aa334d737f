import { loggableError } from '../../errors/loggable-error.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Metrics } from '../metrics/index.ts';
import type { DeliveryOutcome, DueWebhook } from './delivery-store.ts';

/** What happens to deliveries, one method per event. Addresses are not said: they may hold secrets of a receiver. */
export class WebhookEvents {
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(logger: Logger, metrics: Metrics) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  attempted({ integratorId, source }: DueWebhook, outcome: DeliveryOutcome): void {
    const { delivery, result, next } = outcome;
    const { error, statusCode } = result;
    this.#metrics.webhookAttempted(source, next.step, error);
    const facts = {
      integratorId,
      source,
      deliveryId: delivery.message.id,
      attempts: delivery.attempts,
      error,
      statusCode,
    };
    if (next.step === 'delivered') this.#logger.debug(facts, 'webhook delivered');
    else if (next.step === 'failed') this.#logger.warn(facts, 'webhook delivery failed');
    else this.#logger.info({ ...facts, waitMs: next.waitMs }, 'webhook will be tried again');
  }

  claimFailed(error: unknown): void {
    this.#logger.error(loggableError(error), 'webhook deliveries could not be claimed');
  }

  /** What became of an attempt is not in the store: it is made once more when its lease is over. */
  attemptBroke(deliveryId: string, error: unknown): void {
    const facts = { deliveryId, ...loggableError(error) };
    this.#logger.error(facts, 'an attempt of a webhook delivery broke off');
  }
}

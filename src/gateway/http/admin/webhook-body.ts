import type { Static } from 'typebox';
import type { TroubledDelivery, WebhookWithStatistics } from '../../webhooks/index.ts';
import type { WebhookBody, WebhookFailureBody } from '../schemas/webhook.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A member that is left out where there is no time. */
function instant<Name extends string>(name: Name, ms: number | null): { [name in Name]?: string } {
  return ms === null ? {} : ({ [name]: iso(ms) } as { [name in Name]?: string });
}

export function toWebhookBody(webhook: WebhookWithStatistics): Static<typeof WebhookBody> {
  const { pending, delivered, failed, attempts, lastDeliveredAt, lastFailedAt } =
    webhook.statistics;
  return {
    integratorId: webhook.integratorId,
    source: webhook.source,
    url: webhook.url,
    createdAt: iso(webhook.createdAt),
    updatedAt: iso(webhook.updatedAt),
    secretCreatedAt: iso(webhook.secretCreatedAt),
    ...instant('nextSecretCreatedAt', webhook.nextSecretCreatedAt),
    statistics: {
      pending,
      delivered,
      failed,
      attempts,
      ...instant('lastDeliveredAt', lastDeliveredAt),
      ...instant('lastFailedAt', lastFailedAt),
    },
  };
}

export function toWebhookFailureBody(
  delivery: TroubledDelivery,
): Static<typeof WebhookFailureBody> {
  const { id, siteId, queryId, attempts, error, statusCode } = delivery;
  return {
    deliveryId: id,
    siteId,
    queryId,
    occurredAt: iso(delivery.occurredAt),
    attempts,
    lastAttemptAt: iso(delivery.lastAttemptAt),
    error,
    ...(statusCode === null ? {} : { statusCode }),
    ...instant('nextAttemptAt', delivery.nextAttemptAt),
  };
}

/** What webhooks tell of: an async query that is successful, or a registered query with a changed result. */
export const WEBHOOK_SOURCES = ['async', 'registered'] as const;

export type WebhookSource = (typeof WEBHOOK_SOURCES)[number];

/** Where an integrator wants to be told of one source. */
export interface Webhook {
  readonly id: string;
  readonly integratorId: string;
  readonly source: WebhookSource;
  /** With templates, as the operator wrote it. */
  readonly url: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly secretCreatedAt: number;
  /** When the secret that will replace the current one was made; null while none is being replaced. */
  readonly nextSecretCreatedAt: number | null;
}

export interface WebhookStatistics {
  /** Deliveries that are not over yet. */
  readonly pending: number;
  readonly delivered: number;
  readonly failed: number;
  readonly attempts: number;
  readonly lastDeliveredAt: number | null;
  readonly lastFailedAt: number | null;
}

/** What is told: only ids and times. */
export interface WebhookMessage {
  /** The same on every attempt. */
  readonly id: string;
  readonly occurredAt: number;
  readonly siteId: string;
  readonly queryId: string;
  readonly source: WebhookSource;
}

/** Where a message goes, and what proves that it comes from here. */
export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  readonly nextSecret: string | undefined;
}

/** Why an attempt did not end with a 2xx status. */
export const DELIVERY_ERRORS = [
  'httpStatus',
  'redirect',
  'timeout',
  'dns',
  'connection',
  'tls',
  'addressRefused',
  'interrupted',
  'secretUnreadable',
] as const;

export type DeliveryError = (typeof DELIVERY_ERRORS)[number];

/** What became of one attempt. */
export interface AttemptResult {
  /** Undefined: delivered. */
  readonly error?: DeliveryError;
  readonly statusCode?: number;
  /** The receiver's wish; counted from the answer. */
  readonly retryAfterMs?: number;
}

/** A delivery that has had a failed attempt and was not delivered since. */
export interface TroubledDelivery {
  readonly id: string;
  readonly siteId: string;
  readonly queryId: string;
  readonly occurredAt: number;
  readonly attempts: number;
  readonly lastAttemptAt: number;
  readonly error: DeliveryError;
  readonly statusCode: number | null;
  /** Null once it has failed for good. */
  readonly nextAttemptAt: number | null;
}

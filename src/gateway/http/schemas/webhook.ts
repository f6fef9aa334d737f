import { Type } from 'typebox';
import { DELIVERY_ERRORS, WEBHOOK_SOURCES } from '../../webhooks/index.ts';
import { IntegratorParams } from './integrator.ts';

const Instant = Type.String({ format: 'date-time' });
const Id = Type.String({ format: 'uuid' });
const Count = Type.Integer({ minimum: 0 });

const Source = Type.Enum([...WEBHOOK_SOURCES], {
  description:
    'What it tells of: async queries that are successful, or changed registered results.',
});

/** A path below one webhook. */
export const WebhookParams = Type.Object({ ...IntegratorParams.properties, source: Source });

/** A webhook; its secrets are never shown here. */
export const WebhookBody = Type.Object(
  {
    integratorId: Id,
    source: Source,
    url: Type.String({ examples: ['https://example.com/halo/{siteId}?query={queryId}'] }),
    createdAt: Instant,
    updatedAt: Instant,
    secretCreatedAt: Instant,
    nextSecretCreatedAt: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'There while the secret is being rotated: both secrets sign.',
      }),
    ),
    statistics: Type.Object({
      pending: Count,
      delivered: Count,
      failed: Type.Integer({ minimum: 0, description: 'Deliveries given up.' }),
      attempts: Count,
      lastDeliveredAt: Type.Optional(Instant),
      lastFailedAt: Type.Optional(Instant),
    }),
  },
  { title: 'Webhook' },
);

const DeliveryError = Type.Enum([...DELIVERY_ERRORS], {
  description: '`httpStatus`: the receiver answered with `statusCode`.',
});
const StatusCode = Type.Optional(
  Type.Integer({ description: 'HTTP status of the receiver, where it answered.' }),
);

/** What became of the one attempt of a test. */
export const TestDeliveryBody = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'As sent in `X-Halo-Id`.' }),
    delivered: Type.Boolean(),
    statusCode: StatusCode,
    error: Type.Optional(DeliveryError),
    durationMs: Count,
  },
  { title: 'TestDelivery' },
);

/** A delivery that had a failed attempt and was not delivered since. */
export const WebhookFailureBody = Type.Object(
  {
    deliveryId: Id,
    siteId: Id,
    queryId: Id,
    occurredAt: Instant,
    attempts: Count,
    lastAttemptAt: Instant,
    error: DeliveryError,
    statusCode: StatusCode,
    nextAttemptAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'Missing once it was given up.' }),
    ),
  },
  { title: 'WebhookFailure' },
);

import { Type } from 'typebox';

// What the commands read of the operator's API; `--json` prints whatever else came with it.

const Integrator = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.String(),
});

export const CreatedIntegrator = Type.Object({
  ...Integrator.properties,
  primaryKey: Type.String(),
  secondaryKey: Type.String(),
});

export const IntegratorList = Type.Object({ integrators: Type.Array(Integrator) });

export const IntegratorDetails = Type.Object({
  ...Integrator.properties,
  keys: Type.Array(
    Type.Object({
      slot: Type.String(),
      createdAt: Type.String(),
      lastUsedAt: Type.Optional(Type.String()),
      revokedAt: Type.Optional(Type.String()),
    }),
  ),
});

export const Audit = Type.Object({
  entries: Type.Array(
    Type.Object({
      occurredAt: Type.String(),
      actor: Type.String(),
      operation: Type.String(),
      outcome: Type.String(),
      integratorId: Type.Optional(Type.String()),
      siteId: Type.Optional(Type.String()),
      target: Type.Optional(Type.String()),
      fields: Type.Array(Type.String()),
    }),
  ),
  next: Type.Optional(Type.String()),
});

export const Usage = Type.Object({
  limits: Type.Object({}),
  usage: Type.Array(
    Type.Object({
      day: Type.String(),
      siteId: Type.String(),
      queries: Type.Number(),
      bytes: Type.Number(),
    }),
  ),
});

export const RotatedKey = Type.Object({ slot: Type.String(), key: Type.String() });

export const Site = Type.Object({
  id: Type.String(),
  pmsType: Type.Optional(Type.String()),
  availability: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  haloLinkVersion: Type.Optional(Type.String()),
  practiceManagementSiteId: Type.Optional(Type.String()),
  practiceMetadata: Type.Optional(
    Type.Object({
      practiceName: Type.Optional(Type.String()),
      practiceManagementSiteId: Type.Optional(Type.String()),
    }),
  ),
});

export type Site = Type.Static<typeof Site>;

export const SiteList = Type.Object({ sites: Type.Array(Site) });

export const TokenRevocation = Type.Object({
  number: Type.Integer(),
  revokedAt: Type.String(),
  integratorId: Type.Optional(Type.String()),
  siteId: Type.Optional(Type.String()),
  deviceHash: Type.Optional(Type.String()),
});

export const TokenRevocationList = Type.Object({ revocations: Type.Array(TokenRevocation) });

export const EnrolmentToken = Type.Object({ token: Type.String(), expiresAt: Type.String() });

export const Webhook = Type.Object({
  source: Type.String(),
  url: Type.String(),
  secret: Type.Optional(Type.String()),
  nextSecretCreatedAt: Type.Optional(Type.String()),
  statistics: Type.Object({
    pending: Type.Integer(),
    delivered: Type.Integer(),
    failed: Type.Integer(),
    lastDeliveredAt: Type.Optional(Type.String()),
  }),
});

export const WebhookList = Type.Object({ webhooks: Type.Array(Webhook) });

export const WebhookSecret = Type.Object({ secret: Type.String() });

export const WebhookFailures = Type.Object({
  failures: Type.Array(
    Type.Object({
      deliveryId: Type.String(),
      siteId: Type.String(),
      queryId: Type.String(),
      attempts: Type.Integer(),
      lastAttemptAt: Type.String(),
      error: Type.String(),
      statusCode: Type.Optional(Type.Integer()),
      nextAttemptAt: Type.Optional(Type.String()),
    }),
  ),
});

export const TestDelivery = Type.Object({
  id: Type.String(),
  delivered: Type.Boolean(),
  statusCode: Type.Optional(Type.Integer()),
  error: Type.Optional(Type.String()),
});

import type { Migration } from '../database.ts';

/**
 * Webhooks and the outbox of their deliveries. A delivery refers to its webhook without a foreign key: a webhook that is
 * deleted at the wrong moment must not fail the transaction whose event it announces.
 */
export const webhooks: Migration = {
  id: 6,
  name: 'webhooks',
  statements: [
    // The secrets are encrypted. `next_secret` is there while one is being replaced.
    `CREATE TABLE webhooks (
      id TEXT PRIMARY KEY,
      integrator_id TEXT NOT NULL REFERENCES integrators (id),
      source TEXT NOT NULL,
      url TEXT NOT NULL,
      secret TEXT NOT NULL,
      secret_created_at BIGINT NOT NULL,
      next_secret TEXT,
      next_secret_created_at BIGINT,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      attempt_count BIGINT NOT NULL DEFAULT 0,
      delivered_count BIGINT NOT NULL DEFAULT 0,
      failed_count BIGINT NOT NULL DEFAULT 0,
      last_delivered_at BIGINT,
      last_failed_at BIGINT,
      UNIQUE (integrator_id, source)
    )`,
    // `due_at` is when the next attempt may begin; during one, when its lease ends; NULL once all is over.
    `CREATE TABLE webhook_deliveries (
      id TEXT PRIMARY KEY,
      webhook_id TEXT NOT NULL,
      site_id TEXT NOT NULL,
      query_id TEXT NOT NULL,
      occurred_at BIGINT NOT NULL,
      attempts BIGINT NOT NULL,
      due_at BIGINT,
      lease TEXT,
      last_delay_ms BIGINT,
      last_attempt_at BIGINT,
      status_code BIGINT,
      error TEXT,
      ended_at BIGINT
    )`,
    `CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at)
      WHERE due_at IS NOT NULL`,
    `CREATE INDEX webhook_deliveries_troubled ON webhook_deliveries (webhook_id, last_attempt_at)
      WHERE error IS NOT NULL`,
    `CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at)
      WHERE ended_at IS NOT NULL`,
  ],
};

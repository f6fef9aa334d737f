import type { Migration } from '../database.ts';

/** What integrators have used, and what gateways of one store tell each other about limits. */
export const usage: Migration = {
  id: 9,
  name: 'usage',
  statements: [
    // `day` is a date in UTC, such as 2026-11-22. All gateways add to the same row.
    `CREATE TABLE daily_usage (
      integrator_id TEXT NOT NULL,
      site_id TEXT NOT NULL,
      day TEXT NOT NULL,
      queries BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      PRIMARY KEY (integrator_id, day, site_id)
    )`,
    'CREATE INDEX daily_usage_by_day ON daily_usage (day)',
    // The bucket that the gateways share: requests that may still be made; below 0, what must be waited for.
    `CREATE TABLE rate_levels (
      integrator_id TEXT PRIMARY KEY,
      level DOUBLE PRECISION NOT NULL,
      taken DOUBLE PRECISION NOT NULL,
      per_second DOUBLE PRECISION NOT NULL,
      capacity DOUBLE PRECISION NOT NULL,
      settled_at BIGINT NOT NULL
    )`,
    `CREATE TABLE immediate_gauges (
      node_id TEXT NOT NULL,
      integrator_id TEXT NOT NULL,
      under_way BIGINT NOT NULL,
      reported_at BIGINT NOT NULL,
      PRIMARY KEY (node_id, integrator_id)
    )`,
  ],
};

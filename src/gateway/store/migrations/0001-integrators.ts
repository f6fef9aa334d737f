import type { Migration } from '../database.ts';

export const integrators: Migration = {
  id: 1,
  name: 'integrators',
  statements: [
    `CREATE TABLE integrators (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      settings TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    `CREATE TABLE subscription_keys (
      integrator_id TEXT NOT NULL REFERENCES integrators (id),
      slot TEXT NOT NULL,
      key_hash TEXT NOT NULL UNIQUE,
      created_at BIGINT NOT NULL,
      last_used_at BIGINT,
      revoked_at BIGINT,
      PRIMARY KEY (integrator_id, slot)
    )`,
  ],
};

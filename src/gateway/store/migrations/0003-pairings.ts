import type { Migration } from '../database.ts';

export const pairings: Migration = {
  id: 3,
  name: 'pairings',
  statements: [
    `CREATE TABLE pairings (
      integrator_id TEXT NOT NULL REFERENCES integrators (id),
      site_id TEXT NOT NULL REFERENCES sites (id),
      created_at BIGINT NOT NULL,
      ended_at BIGINT,
      PRIMARY KEY (integrator_id, site_id)
    )`,
    `CREATE TABLE pairing_codes (
      code_hash TEXT PRIMARY KEY,
      site_id TEXT NOT NULL REFERENCES sites (id),
      expires_at BIGINT NOT NULL,
      used_at BIGINT,
      used_by TEXT
    )`,
    `CREATE TABLE pairing_attempts (
      id TEXT PRIMARY KEY,
      site_id TEXT NOT NULL REFERENCES sites (id),
      attempted_at BIGINT NOT NULL
    )`,
    'CREATE INDEX pairing_attempts_by_site ON pairing_attempts (site_id, attempted_at)',
  ],
};

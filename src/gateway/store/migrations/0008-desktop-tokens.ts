import type { Migration } from '../database.ts';

/** What signs the tokens of desktops, and which tokens are void although they have not expired. */
export const desktopTokens: Migration = {
  id: 8,
  name: 'desktop-tokens',
  statements: [
    // The primary key lets one of several gateways win that make the next key at the same time.
    `CREATE TABLE signing_keys (
      generation BIGINT PRIMARY KEY,
      kid TEXT NOT NULL UNIQUE,
      sealed_key TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      signs_from BIGINT NOT NULL
    )`,
    // A revocation voids the tokens that carry a lower number; NULL stands for any.
    `CREATE TABLE token_revocations (
      sequence BIGINT PRIMARY KEY,
      integrator_id TEXT,
      site_id TEXT,
      device_hash TEXT,
      revoked_at BIGINT NOT NULL
    )`,
  ],
};

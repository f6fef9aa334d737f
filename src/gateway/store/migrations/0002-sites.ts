import type { Migration } from '../database.ts';

export const sites: Migration = {
  id: 2,
  name: 'sites',
  statements: [
    `CREATE TABLE sites (
      id TEXT PRIMARY KEY,
      pms_type TEXT NOT NULL,
      pms_id TEXT NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL,
      authoritative INTEGER NOT NULL,
      practice_name TEXT,
      pms_version TEXT,
      link_version TEXT,
      catalogue TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    'CREATE INDEX sites_by_pms_id ON sites (pms_id, pms_type)',
    `CREATE UNIQUE INDEX sites_one_authority ON sites (pms_type, pms_id)
      WHERE authoritative = 1`,
    // Written at every heartbeat: apart from the wide row of the site.
    `CREATE TABLE site_presence (
      site_id TEXT PRIMARY KEY REFERENCES sites (id),
      session_id TEXT NOT NULL,
      availability TEXT NOT NULL,
      heartbeat_at BIGINT NOT NULL,
      client_time BIGINT,
      enriched_at BIGINT
    )`,
    `CREATE TABLE link_identities (
      id TEXT PRIMARY KEY,
      site_id TEXT NOT NULL REFERENCES sites (id),
      public_key TEXT NOT NULL,
      enrolled_at BIGINT NOT NULL,
      revoked_at BIGINT
    )`,
    `CREATE UNIQUE INDEX link_identities_one_valid ON link_identities (site_id)
      WHERE revoked_at IS NULL`,
    'CREATE INDEX link_identities_by_revocation ON link_identities (revoked_at)',
    `CREATE TABLE enrolment_tokens (
      token_hash TEXT PRIMARY KEY,
      site_id TEXT NOT NULL REFERENCES sites (id),
      expires_at BIGINT NOT NULL,
      used_at BIGINT
    )`,
  ],
};

import type { Migration } from '../database.ts';

/** Who changed what: rows are only ever added. */
export const adminAudit: Migration = {
  id: 11,
  name: 'admin-audit',
  statements: [
    // `fields` is a JSON array of names; no value of a change is kept.
    `CREATE TABLE admin_audit (
      id TEXT PRIMARY KEY,
      occurred_at BIGINT NOT NULL,
      actor TEXT NOT NULL,
      operation TEXT NOT NULL,
      outcome TEXT NOT NULL,
      integrator_id TEXT,
      site_id TEXT,
      target TEXT,
      fields TEXT NOT NULL,
      request_id TEXT NOT NULL
    )`,
    'CREATE INDEX admin_audit_by_integrator ON admin_audit (integrator_id, id)',
    'CREATE INDEX admin_audit_by_site ON admin_audit (site_id, id)',
  ],
};

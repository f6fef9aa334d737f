export { AdminAudit } from './admin-audit.ts';
export type { AuditEntry, AuditNote } from './audit-entry.ts';
export { ACTORS, OUTCOMES } from './audit-entry.ts';

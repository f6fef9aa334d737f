import type { SqlValue } from '../store/index.ts';

/** Who may change what an operator looks after. */
export const ACTORS = ['operator', 'integrator', 'practice'] as const;

/** `refused`: it was not allowed or not possible, and nothing changed. `failed`: the gateway failed. */
export const OUTCOMES = ['done', 'refused', 'failed'] as const;

/** What is noted of one change. Names and ids only: never a value, a secret or anything of a practice. */
export interface AuditNote {
  readonly actor: (typeof ACTORS)[number];
  /** As the API names it. */
  readonly operation: string;
  readonly outcome: (typeof OUTCOMES)[number];
  readonly integratorId?: string | undefined;
  readonly siteId?: string | undefined;
  /** What it is about below the integrator or the site: the slot of a key, the source of a webhook. */
  readonly target?: string | undefined;
  /** Names of what was given a value. */
  readonly fields: readonly string[];
  readonly requestId: string;
}

/** A note that is kept. */
export interface AuditEntry extends AuditNote {
  /** In the order of time. */
  readonly id: string;
  readonly occurredAt: number;
}

/** Columns of `admin_audit`. */
export const AUDIT_COLUMNS = [
  'id',
  'occurred_at',
  'actor',
  'operation',
  'outcome',
  'integrator_id',
  'site_id',
  'target',
  'fields',
  'request_id',
] as const;

export type AuditRow = Record<(typeof AUDIT_COLUMNS)[number], SqlValue>;

/** The values of a row in the order of its columns. */
export function auditValues(entry: AuditEntry): SqlValue[] {
  const { id, occurredAt, actor, operation, outcome, requestId } = entry;
  const { integratorId = null, siteId = null, target = null, fields } = entry;
  const about = [integratorId, siteId, target, JSON.stringify(fields)];
  return [id, occurredAt, actor, operation, outcome, ...about, requestId];
}

export function toAuditEntry(row: AuditRow): AuditEntry {
  const optional = (value: SqlValue) => (value === null ? undefined : String(value));
  return {
    id: String(row.id),
    occurredAt: Number(row.occurred_at),
    actor: row.actor as AuditEntry['actor'],
    operation: String(row.operation),
    outcome: row.outcome as AuditEntry['outcome'],
    integratorId: optional(row.integrator_id),
    siteId: optional(row.site_id),
    target: optional(row.target),
    fields: JSON.parse(String(row.fields)) as string[],
    requestId: String(row.request_id),
  };
}

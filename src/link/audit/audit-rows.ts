import type { AuditEntry, AuditedEnd } from './audit-record.ts';
import { readAuditLines } from './read-audit.ts';

/** A query, or something else that the trail tells, as a person reads it. */
export interface AuditRow {
  readonly sequence: number;
  readonly at: string;
  /** `query`, or the kind of another entry. */
  readonly what: string;
  readonly integratorId?: string;
  readonly mode?: string;
  readonly queryId?: string;
  readonly catalogue?: string;
  readonly statementHash?: string;
  readonly statement?: string;
  /** `running` when its end is not written yet; `unknown` when the link stopped before it could be. */
  readonly outcome?: AuditedEnd['outcome'] | 'running';
  readonly errorType?: string;
  readonly errorCode?: number;
  readonly why?: string;
  readonly rows?: number;
  readonly rowsAffected?: number;
  readonly bytes?: number;
  readonly durationMs?: number;
}

export interface AuditRowsOptions {
  readonly folder: string;
  /** Milliseconds since 1970; a query counts from its start. */
  readonly from?: number;
  /** Not itself among them. */
  readonly to?: number;
  /** Then only its queries. */
  readonly integratorId?: string;
}

type Started = Extract<AuditEntry, { kind: 'started' }>;
type Ended = Extract<AuditEntry, { kind: 'ended' }>;

/** The rows of a trail in the order of their beginning. Lines that are not as they were written are left out. */
export async function* readAuditRows(
  options: AuditRowsOptions,
): AsyncGenerator<AuditRow, void, void> {
  /** Rows by the number of their entry; those behind an open one wait for it. */
  const rows = new Map<number, AuditRow>();
  const open = new Map<number, Started>();
  for await (const { entry } of readAuditLines(options.folder)) {
    if (!entry) continue;
    if (entry.kind === 'started') open.set(entry.sequence, entry);
    if (entry.kind === 'linkStarted') closeAll(open, rows, 'unknown');
    if (entry.kind === 'ended') {
      const started = open.get(entry.started);
      if (!started) continue;
      open.delete(entry.started);
      rows.set(entry.started, endedRow(started, entry));
    } else {
      rows.set(entry.sequence, toRow(entry));
    }
    for (const [sequence, row] of rows) {
      if (open.has(sequence)) break;
      rows.delete(sequence);
      if (isWanted(row, options)) yield row;
    }
  }
  closeAll(open, rows, 'running');
  for (const row of rows.values()) if (isWanted(row, options)) yield row;
}

function closeAll(
  open: Map<number, Started>,
  rows: Map<number, AuditRow>,
  outcome: 'unknown' | 'running',
): void {
  for (const [sequence, started] of open) rows.set(sequence, { ...toRow(started), outcome });
  open.clear();
}

function toRow(entry: AuditEntry): AuditRow {
  const { sequence, at } = entry;
  if (entry.kind !== 'started' && entry.kind !== 'refused') {
    return { sequence, at, what: entry.kind };
  }
  const { queryId, integratorId, mode, catalogue, statementHash, statement } = entry;
  return {
    sequence,
    at,
    what: 'query',
    integratorId,
    mode,
    queryId,
    ...(catalogue !== undefined && { catalogue }),
    ...(statementHash !== undefined && { statementHash }),
    ...(statement !== undefined && { statement }),
    ...(entry.kind === 'refused' && { outcome: 'refused' as const, why: entry.why }),
  };
}

function endedRow(started: Started, entry: Ended): AuditRow {
  const { outcome, errorType, errorCode, rows, rowsAffected, bytes, durationMs } = entry;
  return {
    ...toRow(started),
    outcome,
    ...(errorType !== undefined && { errorType }),
    ...(errorCode !== undefined && { errorCode }),
    ...(rows !== undefined && { rows }),
    ...(rowsAffected !== undefined && { rowsAffected }),
    ...(bytes !== undefined && { bytes }),
    ...(durationMs !== undefined && { durationMs }),
  };
}

function isWanted({ at, integratorId }: AuditRow, { from, to, ...wanted }: AuditRowsOptions) {
  const moment = Date.parse(at);
  if (from !== undefined && moment < from) return false;
  if (to !== undefined && moment >= to) return false;
  return wanted.integratorId === undefined || wanted.integratorId === integratorId;
}

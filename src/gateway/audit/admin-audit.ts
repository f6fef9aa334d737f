import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Database, Session, SqlValue } from '../store/index.ts';
import {
  AUDIT_COLUMNS,
  type AuditEntry,
  type AuditNote,
  type AuditRow,
  auditValues,
  toAuditEntry,
} from './audit-entry.ts';

/** Which entries are wanted; they come newest first. */
export interface AuditFilter {
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
  readonly integratorId?: string | undefined;
  readonly siteId?: string | undefined;
  /** Only what came before the entry with this id. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface AdminAuditOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly onFailed: (error: unknown) => void;
}

const COLUMNS = AUDIT_COLUMNS.join(', ');
const INSERT = `INSERT INTO admin_audit (${COLUMNS}) VALUES (${AUDIT_COLUMNS.map(() => '?').join(', ')})`;

/** Who changed integrators, keys, sites, pairings and webhooks. Entries are added and read, nothing else. */
export class AdminAudit {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #onFailed: (error: unknown) => void;

  /** @param onFailed called when a change that was not made could not be noted */
  constructor({ database, clock, onFailed }: AdminAuditOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#onFailed = onFailed;
  }

  /** @param session the transaction of the change; left out, the note is a transaction of its own */
  async add(note: AuditNote, session: Session = this.#database): Promise<void> {
    const entry: AuditEntry = { ...note, id: newId(), occurredAt: this.#clock.now() };
    await session.run(INSERT, auditValues(entry));
  }

  /** Notes what has changed nothing. Never rejects: the caller is told why, whatever becomes of the note. */
  async addLate(note: AuditNote): Promise<void> {
    await this.add(note).catch(this.#onFailed);
  }

  async list({ since, integratorId, siteId, before, limit }: AuditFilter): Promise<AuditEntry[]> {
    const asked: readonly (readonly [string, SqlValue | undefined])[] = [
      ['occurred_at >= ?', since],
      ['integrator_id = ?', integratorId],
      ['site_id = ?', siteId],
      ['id < ?', before],
    ];
    const wanted = asked.filter((each): each is [string, SqlValue] => each[1] !== undefined);
    const where = wanted.length === 0 ? '' : `WHERE ${wanted.map(([sql]) => sql).join(' AND ')}`;
    const rows = await this.#database.all<AuditRow>(
      `SELECT ${COLUMNS} FROM admin_audit ${where} ORDER BY id DESC LIMIT ?`,
      [...wanted.map(([, value]) => value), limit],
    );
    return rows.map(toAuditEntry);
  }
}

import type { Clock } from '../../lib/clock.ts';
import type { Command } from '../../protocol/command.ts';
import type { QueryOwner } from '../queries/index.ts';
import {
  createGroupCommit,
  type Database,
  type GroupCommit,
  type SqlValue,
} from '../store/index.ts';
import { idList } from './id-list.ts';
import {
  REGISTERED_COLUMNS,
  type RegisteredQuery,
  type RegisteredRow,
  toRegisteredQuery,
} from './registered-query.ts';

/** A registered query as it is asked for, checked. */
export interface NewRegisteredQuery extends QueryOwner {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly frequencyS: number;
  readonly durationS: number;
  readonly catalogue?: string | undefined;
  readonly command: Command;
  readonly requestSize: number;
}

const NEW_COLUMNS = [
  'id',
  'integrator_id',
  'site_id',
  'device_id',
  'name',
  'status',
  'frequency_s',
  'duration_s',
  'catalogue',
  'command',
  'request_size',
  'created_at',
  'end_at',
  'is_pending',
  'runs_over',
  'run_number',
  'succeeded_count',
  'failed_count',
  'result_size_sum',
  'last_execution_ms',
  'result_run',
] as const;

const SELECT = `SELECT ${REGISTERED_COLUMNS.join(', ')} FROM registered_queries`;
const IS_LISTED = 'command IS NOT NULL AND (erase_at IS NULL OR erase_at > ?)';

export interface RegisteredStoreOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** Ended queries are kept this long, with their results; then they are erased (contract §11). */
  readonly retentionMs: number;
}

/** Says whose a row is; a desktop's own only. */
function isOf({ integratorId, deviceHash }: QueryOwner): { sql: string; values: SqlValue[] } {
  if (deviceHash === undefined) return { sql: 'integrator_id = ?', values: [integratorId] };
  return { sql: 'integrator_id = ? AND device_id = ?', values: [integratorId, deviceHash] };
}

/** The rows of registered queries. What is another owner's, or at another site, is not found. */
export class RegisteredStore implements AsyncDisposable {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #retentionMs: number;
  readonly #created: GroupCommit<readonly SqlValue[]>;

  constructor({ database, clock, retentionMs }: RegisteredStoreOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#retentionMs = retentionMs;
    this.#created = createGroupCommit({
      commit: (batch) =>
        database.insertMany(
          {
            table: 'registered_queries',
            columns: NEW_COLUMNS,
            onConflict: 'ON CONFLICT (id) DO NOTHING',
          },
          batch,
        ),
    });
  }

  /** Durable once resolved. */
  async create(query: NewRegisteredQuery): Promise<void> {
    const createdAt = this.#clock.now();
    await this.#created.add([
      query.id,
      query.integratorId,
      query.siteId,
      query.deviceHash ?? null,
      query.name,
      'enabled',
      query.frequencyS,
      query.durationS,
      query.catalogue ?? null,
      JSON.stringify(query.command),
      query.requestSize,
      createdAt,
      createdAt + query.durationS * 1000,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
    ]);
  }

  async countEnabled(integratorId: string, siteId: string): Promise<number> {
    const [row] = await this.#database.all<{ n: SqlValue }>(
      `SELECT COUNT(*) AS n FROM registered_queries
       WHERE site_id = ? AND integrator_id = ? AND status = 'enabled' AND command IS NOT NULL`,
      [siteId, integratorId],
    );
    return Number(row?.n ?? 0);
  }

  /** Enabled ones first, each group in the order of creation. */
  async list(owner: QueryOwner, siteId: string): Promise<RegisteredQuery[]> {
    const { sql, values } = isOf(owner);
    const rows = await this.#database.all<RegisteredRow>(
      `${SELECT} WHERE site_id = ? AND ${sql} AND ${IS_LISTED}
       ORDER BY CASE WHEN status = 'enabled' THEN 0 ELSE 1 END, id`,
      [siteId, ...values, this.#clock.now()],
    );
    return rows.map(toRegisteredQuery);
  }

  async find(owner: QueryOwner, siteId: string, id: string): Promise<RegisteredQuery | undefined> {
    const { sql, values } = isOf(owner);
    const [row] = await this.#database.all<RegisteredRow>(
      `${SELECT} WHERE id = ? AND site_id = ? AND ${sql} AND ${IS_LISTED}`,
      [id, siteId, ...values, this.#clock.now()],
    );
    return row && toRegisteredQuery(row);
  }

  /** False when it is not enabled (any more). */
  async cancel(owner: QueryOwner, siteId: string, id: string): Promise<boolean> {
    const { sql, values } = isOf(owner);
    const now = this.#clock.now();
    const changes = await this.#database.run(
      `UPDATE registered_queries
       SET status = 'cancelled', completed_at = ?, erase_at = ?, is_pending = 1
       WHERE id = ? AND site_id = ? AND ${sql} AND status = 'enabled'`,
      [now, now + this.#retentionMs, id, siteId, ...values],
    );
    return changes > 0;
  }

  /** What a link of the site should have, oldest first. */
  async listEnabled(siteId: string): Promise<{ id: string; createdAt: number }[]> {
    const rows = await this.#database.all<{ id: string; created_at: SqlValue }>(
      `SELECT id, created_at FROM registered_queries
       WHERE site_id = ? AND status = 'enabled' AND runs_over = 0 AND command IS NOT NULL ORDER BY id`,
      [siteId],
    );
    return rows.map(({ id, created_at }) => ({ id, createdAt: Number(created_at) }));
  }

  /** What the site has not confirmed, in the order of creation. */
  async listPending(siteId: string, limit: number): Promise<RegisteredQuery[]> {
    const rows = await this.#database.all<RegisteredRow>(
      `${SELECT} WHERE site_id = ? AND is_pending = 1 ORDER BY id LIMIT ?`,
      [siteId, limit],
    );
    return rows.map(toRegisteredQuery);
  }

  async listSitesWithPending(): Promise<string[]> {
    const rows = await this.#database.all<{ site_id: string }>(
      'SELECT DISTINCT site_id FROM registered_queries WHERE is_pending = 1',
    );
    return rows.map(({ site_id }) => site_id);
  }

  /** The site keeps these. One that was cancelled meanwhile stays pending: the site has yet to drop it. */
  async markKept(siteId: string, ids: readonly string[]): Promise<void> {
    await this.#change("SET is_pending = 0 WHERE status <> 'cancelled'", siteId, ids);
  }

  async markDropped(siteId: string, ids: readonly string[]): Promise<void> {
    await this.#change("SET is_pending = 0 WHERE status <> 'enabled'", siteId, ids);
  }

  async markMissing(siteId: string, ids: readonly string[]): Promise<void> {
    await this.#change("SET is_pending = 1 WHERE status = 'enabled'", siteId, ids);
  }

  /** The site will never be able to keep these: they end. */
  async markNotKept(siteId: string, ids: readonly string[]): Promise<void> {
    const now = this.#clock.now();
    await this.#change(
      `SET status = 'initialisationFailedCacheError', completed_at = ?, erase_at = ?, is_pending = 0
       WHERE status = 'enabled'`,
      siteId,
      ids,
      [now, now + this.#retentionMs],
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#created[Symbol.asyncDispose]());
  }

  async #change(
    change: string,
    siteId: string,
    ids: readonly string[],
    values: readonly SqlValue[] = [],
  ): Promise<void> {
    if (ids.length === 0) return;
    const { places, padded } = idList(ids);
    await this.#database.run(
      `UPDATE registered_queries ${change} AND site_id = ? AND id IN (${places})`,
      [...values, siteId, ...padded],
    );
  }
}

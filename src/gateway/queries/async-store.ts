import type { Clock } from '../../lib/clock.ts';
import {
  createGroupCommit,
  type Database,
  type GroupCommit,
  type SqlValue,
} from '../store/index.ts';
import type { QueryOwner } from './query.ts';

/** An async query as it is accepted. */
export interface NewAsyncQuery extends QueryOwner {
  readonly id: string;
  readonly siteId: string;
  readonly catalogue: string | undefined;
  readonly commandJson: string;
  readonly maxTimeInQueueMs: number;
  readonly requestSize: number;
  /** Accepted although the site is away. */
  readonly waitsForSite: boolean;
  readonly createdAt: number;
}

/** What a site needs to run a query. */
export interface HandOverRow {
  readonly id: string;
  readonly integrator_id: string;
  readonly catalogue: string | null;
  readonly command: string | null;
  readonly expires_at: number;
}

const COLUMNS = [
  'id',
  'integrator_id',
  'site_id',
  'device_id',
  'mode',
  'status',
  'catalogue',
  'command',
  'max_time_in_queue',
  'command_size',
  'request_size',
  'created_at',
  'updated_at',
  'initialising_at',
  'expires_at',
  'waits_for_site',
];

function toValues(query: NewAsyncQuery): SqlValue[] {
  const { createdAt } = query;
  return [
    query.id,
    query.integratorId,
    query.siteId,
    query.deviceHash ?? null,
    'async',
    'initialising',
    query.catalogue ?? null,
    query.commandJson,
    query.maxTimeInQueueMs,
    Buffer.byteLength(query.commandJson),
    query.requestSize,
    createdAt,
    createdAt,
    createdAt,
    createdAt + query.maxTimeInQueueMs,
    query.waitsForSite ? 1 : 0,
  ];
}

/** The table `queries` as the queue of what sites have to do. */
export class AsyncStore implements AsyncDisposable {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #accepted: GroupCommit<NewAsyncQuery>;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#accepted = createGroupCommit<NewAsyncQuery>({
      commit: (batch) =>
        database.insertMany(
          { table: 'queries', columns: COLUMNS, onConflict: 'ON CONFLICT (id) DO NOTHING' },
          batch.map(toValues),
        ),
      // Commands may have megabytes each.
      maxBatch: 50,
    });
  }

  /** Resolves once the query is durable: from then on it reaches an end. */
  accept(query: NewAsyncQuery): Promise<void> {
    return this.#accepted.add(query);
  }

  /** The oldest queries that the site has not taken yet. */
  async findWaiting(siteId: string, limit: number): Promise<string[]> {
    const rows = await this.#database.all<{ id: string }>(
      `SELECT id FROM queries WHERE site_id = ? AND completed_at IS NULL AND mode = 'async'
         AND status = 'initialising' AND expires_at > ?
       ORDER BY id LIMIT ?`,
      [siteId, this.#clock.now(), limit],
    );
    return rows.map(({ id }) => id);
  }

  /** A query that has not begun to run, for the site; undefined when it has, or has ended. */
  async findForHandOver(siteId: string, id: string): Promise<HandOverRow | undefined> {
    const [row] = await this.#database.all<HandOverRow>(
      `SELECT id, integrator_id, catalogue, command, expires_at FROM queries
       WHERE id = ? AND site_id = ? AND completed_at IS NULL
         AND status IN ('initialising', 'queued') AND command IS NOT NULL`,
      [id, siteId],
    );
    return row;
  }

  /** What the site has taken and not ended. */
  async findAtSite(siteId: string): Promise<string[]> {
    const rows = await this.#database.all<{ id: string }>(
      `SELECT id FROM queries WHERE site_id = ? AND completed_at IS NULL AND mode = 'async'
         AND status <> 'initialising'
       ORDER BY id`,
      [siteId],
    );
    return rows.map(({ id }) => id);
  }

  /** Sites with queries that wait to be taken, or, when `atSiteSince` is given, that were not heard of since then. */
  async findSitesWithWork(atSiteSince?: number): Promise<string[]> {
    const condition =
      atSiteSince === undefined
        ? "status = 'initialising'"
        : "status IN ('queued', 'executing', 'uploading') AND updated_at <= ?";
    const rows = await this.#database.all<{ site_id: string }>(
      `SELECT DISTINCT site_id FROM queries
       WHERE completed_at IS NULL AND mode = 'async' AND ${condition}`,
      atSiteSince === undefined ? [] : [atSiteSince],
    );
    return rows.map(({ site_id }) => site_id);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#accepted[Symbol.asyncDispose]());
  }
}

import type { Clock } from '../../lib/clock.ts';
import type { ResultParameter } from '../../protocol/command.ts';
import {
  createGroupCommit,
  type Database,
  type GroupCommit,
  type SqlValue,
} from '../store/index.ts';
import type { Page, Query, QueryOwner } from './query.ts';
import { QUERY_COLUMNS, type QueryRow, storableText, toQuery } from './query-record.ts';

/** Columns of the record of an immediate query, in the order of {@link toValues}. */
const RECORD_COLUMNS = [
  'id',
  'integrator_id',
  'site_id',
  'device_id',
  'mode',
  'status',
  'max_time_in_queue',
  'command_size',
  'request_size',
  'created_at',
  'updated_at',
  'completed_at',
  'initialising_at',
  'executing_at',
  'uploading_at',
  'sql_execution_ms',
  'row_count',
  'rows_affected',
  'result_size',
  'error_type',
  'error_code',
  'error_message',
  'erase_at',
];

export interface QueryStoreOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** How long the practice's data is kept after the end of a query. */
  readonly retentionMs: number;
}

/** The records of queries: those of immediate ones are written in groups, durable when `add` resolves. */
export class QueryStore implements AsyncDisposable {
  readonly #options: QueryStoreOptions;
  readonly #records: GroupCommit<Query>;

  constructor(options: QueryStoreOptions) {
    this.#options = options;
    this.#records = createGroupCommit<Query>({
      commit: (batch) =>
        options.database.insertMany(
          { table: 'queries', columns: RECORD_COLUMNS, onConflict: 'ON CONFLICT (id) DO NOTHING' },
          batch.map((query) => this.#toValues(query)),
        ),
    });
  }

  /** Adds the record of an immediate query that has ended. */
  add(query: Query): Promise<void> {
    return this.#records.add(query);
  }

  /** A query of this owner at this site; anybody else's is not found. */
  async find(owner: QueryOwner, siteId: string, id: string): Promise<Query | undefined> {
    const [query] = await this.findMany(owner, siteId, [id]);
    return query;
  }

  /** Those of the ids that are queries of this owner at this site, in any order. */
  async findMany(
    { integratorId, deviceHash }: QueryOwner,
    siteId: string,
    ids: readonly string[],
  ): Promise<Query[]> {
    if (ids.length === 0) return [];
    const ofDevice = deviceHash === undefined ? '' : 'AND device_id = ?';
    const rows = await this.#options.database.all<QueryRow>(
      `SELECT ${QUERY_COLUMNS.join(', ')} FROM queries
       WHERE id IN (${ids.map(() => '?').join(', ')}) AND integrator_id = ? AND site_id = ? ${ofDevice}`,
      [...ids, integratorId, siteId, ...(deviceHash === undefined ? [] : [deviceHash])],
    );
    return rows.map(toQuery);
  }

  /** The output parameters of an async query that succeeded. */
  async findParameters(id: string): Promise<readonly ResultParameter[] | undefined> {
    const [row] = await this.#options.database.all<{ result_parameters: string | null }>(
      'SELECT result_parameters FROM queries WHERE id = ?',
      [id],
    );
    return row?.result_parameters ? JSON.parse(row.result_parameters) : undefined;
  }

  /** Notes that somebody reads a page of a query under way. False when another run has begun meanwhile. */
  async markServed({ queryId, attempt }: Page): Promise<boolean> {
    const { database } = this.#options;
    const [query] = await database.all<{ attempt: number; pages_served: number }>(
      'SELECT attempt, pages_served FROM queries WHERE id = ?',
      [queryId],
    );
    if (query?.attempt === attempt && query.pages_served === 1) return true;
    const changes = await database.run(
      'UPDATE queries SET pages_served = 1 WHERE id = ? AND attempt = ?',
      [queryId, attempt],
    );
    return changes > 0;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#records[Symbol.asyncDispose]());
  }

  #toValues(query: Query): SqlValue[] {
    return [
      query.id,
      query.integratorId,
      query.siteId,
      query.deviceHash ?? null,
      query.mode,
      query.status,
      query.maxTimeInQueueMs,
      query.commandSize,
      query.requestSize,
      query.createdAt,
      query.updatedAt,
      query.completedAt ?? null,
      query.createdAt,
      query.executingAt ?? null,
      query.uploadingAt ?? null,
      query.sqlExecutionMs ?? null,
      query.rowCount ?? null,
      query.rowsAffected ?? null,
      query.resultSize ?? null,
      query.error?.errorType ?? null,
      query.error?.errorCode ?? null,
      query.error ? storableText(query.error.errorMessage) : null,
      query.error ? (query.completedAt ?? query.updatedAt) + this.#options.retentionMs : null,
    ];
  }
}

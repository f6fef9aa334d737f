import type { Clock } from '../../lib/clock.ts';
import type { ErrorDetails } from '../../protocol/error-details.ts';
import {
  createGroupCommit,
  type Database,
  type GroupCommit,
  type SqlValue,
} from '../store/index.ts';
import type { Query, QueryStatus } from './query.ts';

const RETENTION_MS = 24 * 60 * 60 * 1000;

/** Columns of `queries` in the order of a record's values. */
const COLUMNS = [
  'id',
  'integrator_id',
  'site_id',
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
] as const;

type Row = Record<(typeof COLUMNS)[number], SqlValue>;

/** The database's text may quote what no store takes: NUL characters and halves of surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

function toRow(query: Query): SqlValue[] {
  return [
    query.id,
    query.integratorId,
    query.siteId,
    query.mode,
    query.status,
    query.maxTimeInQueueMs,
    query.commandSize,
    query.requestSize,
    query.createdAt,
    query.updatedAt,
    query.completedAt,
    query.createdAt,
    query.executingAt ?? null,
    query.uploadingAt ?? null,
    query.sqlExecutionMs ?? null,
    query.rowCount ?? null,
    query.rowsAffected ?? null,
    query.resultSize ?? null,
    query.error?.errorType ?? null,
    query.error?.errorCode ?? null,
    query.error ? storable(query.error.errorMessage) : null,
    query.error ? query.completedAt + RETENTION_MS : null,
  ];
}

function toQuery(row: Row): Query {
  const number = (value: SqlValue) => (value === null ? undefined : Number(value));
  return {
    id: String(row.id),
    integratorId: String(row.integrator_id),
    siteId: String(row.site_id),
    mode: row.mode as Query['mode'],
    status: row.status as QueryStatus,
    maxTimeInQueueMs: Number(row.max_time_in_queue),
    commandSize: Number(row.command_size),
    requestSize: Number(row.request_size),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    completedAt: Number(row.completed_at),
    executingAt: number(row.executing_at),
    uploadingAt: number(row.uploading_at),
    sqlExecutionMs: number(row.sql_execution_ms),
    rowCount: number(row.row_count),
    rowsAffected: number(row.rows_affected),
    resultSize: number(row.result_size),
    error: toError(row),
  };
}

function toError(row: Row): ErrorDetails | undefined {
  if (row.error_type === null) return undefined;
  return {
    errorType: row.error_type as ErrorDetails['errorType'],
    errorCode: Number(row.error_code),
    errorMessage: String(row.error_message ?? ''),
  };
}

/** The records of queries: written in groups, durable when `add` resolves. */
export class QueryStore implements AsyncDisposable {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #records: GroupCommit<Query>;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#records = createGroupCommit<Query>({
      commit: (batch) =>
        database.insertMany(
          { table: 'queries', columns: COLUMNS, onConflict: 'ON CONFLICT (id) DO NOTHING' },
          batch.map(toRow),
        ),
    });
  }

  add(query: Query): Promise<void> {
    return this.#records.add(query);
  }

  /** A query of this integrator at this site; anybody else's is not found. */
  async find(integratorId: string, siteId: string, id: string): Promise<Query | undefined> {
    const [row] = await this.#database.all<Row>(
      `SELECT ${COLUMNS.join(', ')} FROM queries WHERE id = ? AND integrator_id = ? AND site_id = ?`,
      [id, integratorId, siteId],
    );
    return row && toQuery(row);
  }

  /** Erases the practice's data from records whose time is over (contract §11). Ids, counts and codes stay. */
  async eraseDue(): Promise<number> {
    return this.#database.run(
      'UPDATE queries SET error_message = NULL, erase_at = NULL WHERE erase_at <= ?',
      [this.#clock.now()],
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#records[Symbol.asyncDispose]());
  }
}

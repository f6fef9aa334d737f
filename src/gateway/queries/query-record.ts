import type { ErrorDetails } from '../../protocol/error-details.ts';
import type { SqlValue } from '../store/index.ts';
import type { Query, QueryMode, QueryStatus } from './query.ts';

/** Columns of `queries` that make a {@link Query}. */
export const QUERY_COLUMNS = [
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
  'initialising_ended_at',
  'queued_at',
  'queued_ended_at',
  'executing_at',
  'executing_ended_at',
  'uploading_at',
  'uploading_ended_at',
  'sql_execution_ms',
  'row_count',
  'rows_affected',
  'result_size',
  'error_type',
  'error_code',
  'error_message',
  'attempt',
] as const;

export type QueryRow = Record<(typeof QUERY_COLUMNS)[number], SqlValue>;

/** The database's text may quote what no store takes: NUL characters and halves of surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

function numberOf(value: SqlValue): number | undefined {
  return value === null ? undefined : Number(value);
}

export function toQuery(row: QueryRow): Query {
  return {
    id: String(row.id),
    integratorId: String(row.integrator_id),
    siteId: String(row.site_id),
    deviceHash: row.device_id === null ? undefined : String(row.device_id),
    mode: row.mode as QueryMode,
    status: row.status as QueryStatus,
    maxTimeInQueueMs: Number(row.max_time_in_queue),
    commandSize: Number(row.command_size),
    requestSize: Number(row.request_size),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    completedAt: numberOf(row.completed_at),
    initialisingEndedAt: numberOf(row.initialising_ended_at),
    queuedAt: numberOf(row.queued_at),
    queuedEndedAt: numberOf(row.queued_ended_at),
    executingAt: numberOf(row.executing_at),
    executingEndedAt: numberOf(row.executing_ended_at),
    uploadingAt: numberOf(row.uploading_at),
    uploadingEndedAt: numberOf(row.uploading_ended_at),
    sqlExecutionMs: numberOf(row.sql_execution_ms),
    rowCount: numberOf(row.row_count),
    rowsAffected: numberOf(row.rows_affected),
    resultSize: numberOf(row.result_size),
    error: toError(row),
    attempt: Number(row.attempt),
  };
}

function toError(row: QueryRow): ErrorDetails | undefined {
  if (row.error_type === null) return undefined;
  return {
    errorType: row.error_type as ErrorDetails['errorType'],
    errorCode: Number(row.error_code),
    errorMessage: String(row.error_message ?? ''),
  };
}

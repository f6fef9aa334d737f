import type { ResultParameter } from '../../protocol/command.ts';
import type { ErrorDetails } from '../../protocol/error-details.ts';
import type { SqlValue } from '../store/index.ts';

/** States of a registered query (contract §9). */
export type RegisteredStatus =
  | 'enabled'
  | 'completed'
  | 'cancelled'
  | 'initialisationFailedCacheError';

/** The latest result; its rows are opened apart. */
export interface RegisteredResult {
  /** The run that yielded it. */
  readonly runNumber: number;
  readonly size: number;
  readonly rows: number;
  readonly parameters: readonly ResultParameter[] | null;
}

/** A registered query as it stands. Times are epoch milliseconds. */
export interface RegisteredQuery {
  readonly id: string;
  readonly integratorId: string;
  readonly siteId: string;
  readonly name: string;
  readonly status: RegisteredStatus;
  readonly frequencyS: number;
  readonly durationS: number;
  readonly catalogue: string | undefined;
  /** The command as JSON, as it is sent on. */
  readonly commandJson: string;
  readonly requestSize: number;
  readonly createdAt: number;
  readonly completedAt: number | undefined;
  readonly runNumber: number;
  readonly succeededCount: number;
  readonly failedCount: number;
  readonly resultSizeSum: number;
  readonly lastExecutionMs: number;
  readonly lastSucceededAt: number | undefined;
  readonly lastFailedAt: number | undefined;
  readonly lastError: ErrorDetails | undefined;
  readonly lastHash: string | undefined;
  readonly result: RegisteredResult | undefined;
}

export const REGISTERED_COLUMNS = [
  'id',
  'integrator_id',
  'site_id',
  'name',
  'status',
  'frequency_s',
  'duration_s',
  'catalogue',
  'command',
  'request_size',
  'created_at',
  'completed_at',
  'run_number',
  'succeeded_count',
  'failed_count',
  'result_size_sum',
  'last_execution_ms',
  'last_succeeded_at',
  'last_failed_at',
  'error_type',
  'error_code',
  'error_message',
  'last_hash',
  'result_run',
  'result_size',
  'result_rows',
  'result_parameters',
] as const;

export type RegisteredRow = Record<(typeof REGISTERED_COLUMNS)[number], SqlValue>;

const number = (value: SqlValue) => (value === null ? undefined : Number(value));
const text = (value: SqlValue) => (value === null ? undefined : String(value));

export function toRegisteredQuery(row: RegisteredRow): RegisteredQuery {
  return {
    id: String(row.id),
    integratorId: String(row.integrator_id),
    siteId: String(row.site_id),
    name: String(row.name),
    status: row.status as RegisteredStatus,
    frequencyS: Number(row.frequency_s),
    durationS: Number(row.duration_s),
    catalogue: text(row.catalogue),
    commandJson: String(row.command),
    requestSize: Number(row.request_size),
    createdAt: Number(row.created_at),
    completedAt: number(row.completed_at),
    runNumber: Number(row.run_number),
    succeededCount: Number(row.succeeded_count),
    failedCount: Number(row.failed_count),
    resultSizeSum: Number(row.result_size_sum),
    lastExecutionMs: Number(row.last_execution_ms),
    lastSucceededAt: number(row.last_succeeded_at),
    lastFailedAt: number(row.last_failed_at),
    lastError: errorOf(row),
    lastHash: text(row.last_hash),
    result: resultOf(row),
  };
}

function errorOf(row: RegisteredRow): ErrorDetails | undefined {
  if (row.error_type === null) return undefined;
  return {
    errorType: row.error_type as ErrorDetails['errorType'],
    errorCode: Number(row.error_code),
    errorMessage: String(row.error_message ?? ''),
  };
}

function resultOf(row: RegisteredRow): RegisteredResult | undefined {
  if (row.result_size === null) return undefined;
  const { result_parameters } = row;
  return {
    runNumber: Number(row.result_run),
    size: Number(row.result_size),
    rows: Number(row.result_rows),
    parameters:
      result_parameters === null
        ? null
        : (JSON.parse(String(result_parameters)) as readonly ResultParameter[]),
  };
}

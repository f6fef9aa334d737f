import type { ErrorDetails } from '../../protocol/error-details.ts';
import type { Session, SqlValue } from '../store/index.ts';
import type { QueryStatus } from './query.ts';
import { storableText } from './query-record.ts';

/** How an async query ends. */
export interface Ending {
  readonly status: QueryStatus;
  readonly error?: ErrorDetails | undefined;
}

/** When it ends, and when what is left of the practice's data is erased. */
export interface EndingTimes {
  readonly now: number;
  readonly eraseAt: number;
}

/** Which queries: a condition on `queries` and its values. */
export interface Selection {
  readonly where: string;
  readonly params: readonly SqlValue[];
}

/** A query that this very statement ended. */
export interface Ended {
  readonly id: string;
  readonly site_id: string;
}

/** A stage that has begun ends now, unless it has ended before. */
const endStage = (stage: string) =>
  `${stage}_ended_at = CASE WHEN ${stage}_at IS NULL THEN NULL ELSE COALESCE(${stage}_ended_at, ?) END`;

const END = `UPDATE queries SET status = ?, updated_at = ?, completed_at = ?, erase_at = ?, command = NULL,
  error_type = ?, error_code = ?, error_message = ?,
  ${['initialising', 'queued', 'executing', 'uploading'].map(endStage).join(', ')}
  WHERE mode = 'async' AND completed_at IS NULL AND`;

/**
 * Ends async queries that have not ended yet, in one conditional statement: whoever comes second changes nothing. The
 * command is of no use any more and is erased at once.
 */
export async function endQueries(
  session: Session,
  { where, params }: Selection,
  { status, error }: Ending,
  { now, eraseAt }: EndingTimes,
): Promise<Ended[]> {
  return await session.all<Ended>(`${END} ${where} RETURNING id, site_id`, [
    status,
    now,
    now,
    eraseAt,
    error?.errorType ?? null,
    error?.errorCode ?? null,
    error ? storableText(error.errorMessage) : null,
    now,
    now,
    now,
    now,
    ...params,
  ]);
}

import type { ErrorDetails } from '../../protocol/error-details.ts';

/** States of a query that this gateway can record (contract §8). */
export type QueryStatus = 'successful' | 'executionFailed' | 'expiredInQueue';

/** What is kept of a query: ids, sizes, counts, codes and times. Times are epoch milliseconds. */
export interface Query {
  readonly id: string;
  readonly integratorId: string;
  readonly siteId: string;
  readonly mode: 'immediate';
  readonly status: QueryStatus;
  readonly maxTimeInQueueMs: number;
  readonly commandSize: number;
  readonly requestSize: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly completedAt: number;
  readonly executingAt?: number | undefined;
  readonly uploadingAt?: number | undefined;
  readonly sqlExecutionMs?: number | undefined;
  readonly rowCount?: number | undefined;
  readonly rowsAffected?: number | undefined;
  readonly resultSize?: number | undefined;
  /** `errorMessage` is the database's own text: it is erased a day after the end. */
  readonly error?: ErrorDetails | undefined;
}

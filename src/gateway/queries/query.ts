import type { ErrorDetails } from '../../protocol/error-details.ts';

export type QueryMode = 'immediate' | 'async' | 'fhir';

/** All states of a query (contract §8). */
export const QUERY_STATUSES = [
  'initialising',
  'queued',
  'executing',
  'uploading',
  'successful',
  'initialisationFailedCacheError',
  'initialisationFailedSiteOffline',
  'initialisationFailedSiteUnreachable',
  'expiredInQueue',
  'executionFailed',
  'uploadFailed',
] as const;

export type QueryStatus = (typeof QUERY_STATUSES)[number];

/** Whose queries are meant: those of an integrator, or of one of its desktops only. */
export interface QueryOwner {
  readonly integratorId: string;
  /** Keyed hash of the desktop's id. */
  readonly deviceHash?: string | undefined;
}

/** What is kept of a query: ids, sizes, counts, codes and times. Times are epoch milliseconds. */
export interface Query extends QueryOwner {
  readonly id: string;
  readonly siteId: string;
  readonly mode: QueryMode;
  readonly status: QueryStatus;
  readonly maxTimeInQueueMs: number;
  readonly commandSize: number;
  readonly requestSize: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly completedAt?: number | undefined;
  readonly initialisingEndedAt?: number | undefined;
  readonly queuedAt?: number | undefined;
  readonly queuedEndedAt?: number | undefined;
  readonly executingAt?: number | undefined;
  readonly executingEndedAt?: number | undefined;
  readonly uploadingAt?: number | undefined;
  readonly uploadingEndedAt?: number | undefined;
  readonly sqlExecutionMs?: number | undefined;
  readonly rowCount?: number | undefined;
  readonly rowsAffected?: number | undefined;
  readonly resultSize?: number | undefined;
  /** `errorMessage` is the database's own text: it is erased a day after the end. */
  readonly error?: ErrorDetails | undefined;
  /** The run whose pages are valid; 0 before the first, and for immediate queries. */
  readonly attempt?: number | undefined;
}

export type PageStatus = 'queued' | 'uploading' | 'cached';

/** A part of an async query's result. Its bytes are in the blob store. */
export interface Page {
  readonly queryId: string;
  readonly pageNumber: number;
  readonly attempt: number;
  readonly status: PageStatus;
  /** Bytes of its JSON. */
  readonly sizeBytes: number;
  readonly rowCount: number;
  /** Number of its first row in the whole result, from 0. */
  readonly rangeStart: number;
}

/** Number of a page's last row; one less than the first when it has none. */
export function rangeEndOf({
  rangeStart,
  rowCount,
}: Pick<Page, 'rangeStart' | 'rowCount'>): number {
  return rangeStart + rowCount - 1;
}

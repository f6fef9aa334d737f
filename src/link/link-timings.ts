import type { BackoffOptions } from '../lib/backoff.ts';

/** Waits of the link; each has a default. */
export interface LinkTimings {
  /** Dial to `welcome`, and the same for a data socket. */
  readonly handshakeMs: number;
  /** Answer to a close of ours; the same for the database. */
  readonly closeMs: number;
  /** Queries in hand when the link stops. */
  readonly drainMs: number;
  /** A data socket without traffic. */
  readonly dataIdleMs: number;
  /** A command that comes on the data stream. */
  readonly commandTransferMs: number;
  /** Between two looks at what has expired or was not answered. */
  readonly tickMs: number;
  /** What the gateway has not answered for so long is sent again. */
  readonly repeatMs: number;
  /** A query that holds a connection while the gateway has not permitted it to run. */
  readonly permissionMs: number;
  /** An async query whose turn has come and whose database cannot be reached; then the query fails. */
  readonly databasePatienceMs: number;
  /** Pages of a query of which none arrives; then the query fails. */
  readonly uploadPatienceMs: number;
  /** An upload of which nothing moves. */
  readonly uploadStallMs: number;
  readonly uploadRetry: BackoffOptions;
  /** Before a read runs again that lost its connection to the database. */
  readonly rerun: BackoffOptions;
  /** Between two looks at the practice's policy, where the file system gives no notice. */
  readonly policyPollMs: number;
}

export const DEFAULT_TIMINGS: LinkTimings = {
  handshakeMs: 10_000,
  closeMs: 500,
  drainMs: 1_000,
  dataIdleMs: 60_000,
  commandTransferMs: 30_000,
  tickMs: 1_000,
  repeatMs: 5_000,
  permissionMs: 10_000,
  databasePatienceMs: 2 * 60_000,
  uploadPatienceMs: 15 * 60_000,
  uploadStallMs: 30_000,
  uploadRetry: { baseMs: 500, capMs: 30_000 },
  rerun: { baseMs: 1_000, capMs: 30_000 },
  policyPollMs: 1_000,
};

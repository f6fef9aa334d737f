import type { Clock } from '../../lib/clock.ts';
import { haloLinkError } from '../../protocol/error-details.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Database, SqlValue } from '../store/index.ts';
import { OUTCOME_UNKNOWN, SITE_WENT_AWAY } from './async-course.ts';
import { type Ending, endQueries } from './transitions.ts';

export interface AsyncLimits {
  /** Time that the database of the site may work on one query. */
  readonly executionLimitMs: number;
  /** From the end of the execution to the last page. */
  readonly uploadLimitMs: number;
  /** Silence after which a site counts as unreachable. */
  readonly unreachableAfterMs: number;
  /** How long results are kept after the end of a query. */
  readonly retentionMs: number;
}

export interface AsyncDeadlinesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly limits: AsyncLimits;
}

interface Deadline {
  readonly where: string;
  readonly params: (now: number, limits: AsyncLimits) => readonly SqlValue[];
  readonly ending: Ending;
}

/** Sites whose last sign of life is older than the placeholder, or of which nothing is known. */
const ABSENT = `NOT EXISTS (SELECT 1 FROM site_presence p WHERE p.site_id = queries.site_id
  AND (p.availability = 'online' OR p.heartbeat_at > ?))`;

const siteIs = (availability: string) => `waits_for_site = 0 AND EXISTS (
  SELECT 1 FROM site_presence p WHERE p.site_id = queries.site_id AND p.availability = '${availability}')`;

const lostWhileExecuting = (mayWrite: 0 | 1): Deadline => ({
  where: `status = 'executing' AND may_write = ${mayWrite} AND executing_at <= ? AND ${ABSENT}`,
  params: (now, { executionLimitMs, unreachableAfterMs }) => [
    now - executionLimitMs - unreachableAfterMs,
    now - unreachableAfterMs,
  ],
  ending: {
    status: 'executionFailed',
    error: mayWrite === 1 ? OUTCOME_UNKNOWN : SITE_WENT_AWAY,
  },
});

/** However slowly its rows are taken away, an execution ends once even the upload would have had to. */
const endless = (mayWrite: 0 | 1): Deadline => ({
  where: `status = 'executing' AND may_write = ${mayWrite} AND executing_at <= ?`,
  params: (now, { executionLimitMs, uploadLimitMs }) => [now - executionLimitMs - uploadLimitMs],
  ending: lostWhileExecuting(mayWrite).ending,
});

/** What ends a query that its site does not end (contract §8). */
const DEADLINES: readonly Deadline[] = [
  {
    where: "status IN ('initialising', 'queued') AND expires_at <= ?",
    params: (now) => [now],
    ending: { status: 'expiredInQueue' },
  },
  {
    where: `status = 'initialising' AND ${siteIs('offline')}`,
    params: () => [],
    ending: { status: 'initialisationFailedSiteOffline' },
  },
  {
    where: `status = 'initialising' AND ${siteIs('unreachable')}`,
    params: () => [],
    ending: { status: 'initialisationFailedSiteUnreachable' },
  },
  lostWhileExecuting(0),
  lostWhileExecuting(1),
  endless(0),
  endless(1),
  {
    where: "status = 'uploading' AND uploading_at <= ?",
    params: (now, { uploadLimitMs }) => [now - uploadLimitMs],
    ending: {
      status: 'uploadFailed',
      error: haloLinkError('siteWentAway', 'The site did not upload all pages in time.'),
    },
  },
];

/** Ends the async queries whose time is over, whatever their sites do. Resolves to how many. */
export async function endOverdue(options: AsyncDeadlinesOptions): Promise<number> {
  const { database, clock, metrics, limits } = options;
  const now = clock.now();
  let ended = 0;
  for (const { where, params, ending } of DEADLINES) {
    const selection = { where, params: params(now, limits) };
    const times = { now, eraseAt: now + limits.retentionMs };
    const queries = await endQueries(database, selection, ending, times);
    for (const _query of queries) {
      metrics.queryEnded('async', ending.status, ending.error?.errorType);
    }
    ended += queries.length;
  }
  return ended;
}

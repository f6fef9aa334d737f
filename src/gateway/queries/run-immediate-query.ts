import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Command, ResultParameter } from '../../protocol/command.ts';
import type { QueryLimits } from '../limits/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { CommandOutcome, SiteCalls } from '../sessions/index.ts';
import { checkParameters } from './check-parameters.ts';
import type { Query, QueryOwner } from './query.ts';
import type { QueryStore } from './query-store.ts';
import { describeOutcome, recordOutcome, throwForNoAnswer } from './site-outcome.ts';
import { withinLimits } from './within-limits.ts';

export const DEFAULT_MAX_TIME_IN_QUEUE_MS = 30_000;

export interface ImmediateQueryRequest {
  readonly owner: QueryOwner;
  readonly siteId: string;
  /** Whether the site counts as online: only then is a socket that was just cut waited for. */
  readonly isOnline: boolean;
  readonly command: Command;
  readonly catalogue?: string | undefined;
  readonly maxTimeInQueueMs: number;
  readonly requestSize: number;
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
}

export interface ImmediateQueries {
  readonly limits: QueryLimits;
  readonly store: QueryStore;
  readonly metrics: Metrics;
  readonly siteCalls: SiteCalls;
  readonly isPaired: (integratorId: string, siteId: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly executionLimitMs: number;
  readonly maxResultBytes: number;
  readonly siteWaitMs: number;
}

/** A query that ended with a record: successful, or failed in the database. */
export interface CompletedQuery {
  readonly query: Query;
  readonly parameters: readonly ResultParameter[] | undefined;
  /** The rows as JSON text; undefined for a `nonQuery`. */
  readonly data: readonly Buffer[] | undefined;
}

/**
 * Runs an immediate query from request to durable record.
 *
 * @throws ParhelionError `invalidRequest`, `tooManyRequests`, `quotaExceeded`, `siteOffline`; and, leaving a record,
 *   `notStartedInTime`, `queryTimedOut`, `siteUnreachable`, `refusedByPractice`. `internal` when the record could not be stored
 */
export async function runImmediateQuery(
  queries: ImmediateQueries,
  request: ImmediateQueryRequest,
): Promise<CompletedQuery> {
  checkParameters(request.command);
  const path = { integratorId: request.owner.integratorId, siteId: request.siteId };
  const run = () => runAdmitted(queries, request);
  return await withinLimits(queries.limits, path, run, ({ data }) => data);
}

/** @returns undefined when the site was not reached */
async function runAdmitted(
  queries: ImmediateQueries,
  request: ImmediateQueryRequest,
): Promise<CompletedQuery | undefined> {
  const { clock, executionLimitMs, maxResultBytes, siteWaitMs } = queries;
  const { integratorId, deviceHash } = request.owner;
  const createdAt = clock.now();
  const commandJson = JSON.stringify(request.command);
  const id = newId();
  const answer = await queries.siteCalls.reach(
    request.siteId,
    {
      queryId: id,
      integratorId,
      ...(request.catalogue === undefined ? {} : { catalogue: request.catalogue }),
      commandJson,
      maxTimeInQueueMs: request.maxTimeInQueueMs,
      executionLimitMs,
      maxResultBytes,
    },
    {
      signal: request.signal,
      isStillPaired: () => queries.isPaired(integratorId, request.siteId),
      waitMs: request.isOnline ? Math.min(request.maxTimeInQueueMs, siteWaitMs) : 0,
    },
  );
  if (!answer) return undefined;
  const completedAt = clock.now();
  const query: Query = {
    id,
    integratorId,
    deviceHash,
    siteId: request.siteId,
    mode: 'immediate',
    maxTimeInQueueMs: request.maxTimeInQueueMs,
    commandSize: Buffer.byteLength(commandJson),
    requestSize: request.requestSize,
    createdAt,
    updatedAt: completedAt,
    completedAt,
    ...describeOutcome(answer.outcome, createdAt, completedAt),
  };
  await recordOutcome(queries.store, query);
  queries.metrics.queryEnded(query.mode, query.status, query.error?.errorType);
  throwUnlessCompleted(answer.outcome, request.maxTimeInQueueMs, executionLimitMs);
  const { outcome } = answer;
  if (outcome.kind !== 'result') return { query, parameters: undefined, data: undefined };
  const hasRows = outcome.rows !== undefined;
  return { query, parameters: outcome.parameters, data: hasRows ? answer.body : undefined };
}

function throwUnlessCompleted(
  outcome: CommandOutcome,
  maxTimeInQueueMs: number,
  executionLimitMs: number,
): void {
  if (outcome.kind === 'siteWentAway') throw new ParhelionError('siteUnreachable');
  if (outcome.kind === 'failure') throwForNoAnswer(outcome, maxTimeInQueueMs, executionLimitMs);
}

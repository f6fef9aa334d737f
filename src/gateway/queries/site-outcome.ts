import { ParhelionError } from '../../errors/parhelion-error.ts';
import { haloLinkError } from '../../protocol/error-details.ts';
import type { CommandOutcome, FhirOutcome, NoAnswer } from '../sessions/index.ts';
import type { Query } from './query.ts';
import type { QueryStore } from './query-store.ts';

/** The site has acted already: an error that invites to repeat the request would make a write happen twice. */
export async function recordOutcome(store: QueryStore, query: Query): Promise<void> {
  try {
    await store.add(query);
  } catch (error) {
    throw new ParhelionError(
      'internal',
      'The site has answered, but the gateway could not record it: a command that writes may have run.',
      { cause: error },
    );
  }
}

type RecordedOutcome = Pick<Query, 'status'> & Partial<Query>;

/** What the outcome adds to the record. Times at the site are placed within those of the gateway. */
export function describeOutcome(
  outcome: CommandOutcome | FhirOutcome,
  createdAt: number,
  completedAt: number,
): RecordedOutcome {
  if (outcome.kind === 'siteWentAway') {
    return { status: 'executionFailed', error: siteWentAway(outcome.wasSent) };
  }
  const { queuedMs, sqlExecutionMs } = outcome;
  const executingAt =
    queuedMs === undefined ? undefined : Math.min(createdAt + queuedMs, completedAt);
  const times = { executingAt, sqlExecutionMs };
  if (outcome.kind === 'failure') {
    const status = outcome.reason === 'notStarted' ? 'expiredInQueue' : 'executionFailed';
    return { ...times, status, error: outcome.errorDetails };
  }
  const uploadingAt =
    executingAt === undefined
      ? undefined
      : Math.min(executingAt + Math.round(sqlExecutionMs ?? 0), completedAt);
  return {
    ...times,
    ...(outcome.kind === 'fhirAnswer' ? statusOf(outcome) : { status: 'successful' }),
    uploadingAt,
    rowCount: outcome.rows,
    rowsAffected: outcome.rowsAffected,
    resultSize: outcome.size,
  };
}

/** A request that FHIR answers with an error has failed, although the site has answered. */
function statusOf({
  status,
}: Extract<FhirOutcome, { kind: 'fhirAnswer' }>): Pick<Query, 'status' | 'error'> {
  if (status < 400) return { status: 'successful' };
  const errorMessage = `The site answered with HTTP status ${status}.`;
  return {
    status: 'executionFailed',
    error: { errorType: 'http', errorCode: status, errorMessage },
  };
}

function siteWentAway(wasSent: boolean) {
  return wasSent
    ? haloLinkError(
        'outcomeUnknown',
        'The site went away before it answered: if the command writes, it may have run.',
      )
    : haloLinkError('siteWentAway', 'The site went away before the command was sent.');
}

/** What a caller is told who gets no answer for a reason that commands and FHIR requests share. */
export function throwForNoAnswer(
  outcome: Extract<NoAnswer, { kind: 'failure' }>,
  maxTimeInQueueMs: number,
  executionLimitMs: number,
): void {
  switch (outcome.reason) {
    case 'notStarted':
      throw new ParhelionError(
        'notStartedInTime',
        `Query was not started within ${maxTimeInQueueMs} milliseconds.`,
      );
    case 'limit':
      throw new ParhelionError(
        'queryTimedOut',
        `Query took more than ${executionLimitMs / 1000} seconds to return a result.`,
      );
    case 'refused':
      throw new ParhelionError('refusedByPractice', outcome.errorDetails.errorMessage);
    case 'cancelled':
    case 'failed':
  }
}

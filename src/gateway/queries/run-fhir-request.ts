import { ParhelionError } from '../../errors/parhelion-error.ts';
import { newId } from '../../lib/ids.ts';
import { type ErrorDetails, HALO_LINK_CODES } from '../../protocol/error-details.ts';
import type { FhirHttpRequest } from '../../protocol/fhir-frames.ts';
import type { FhirOutcome } from '../sessions/index.ts';
import type { Query, QueryOwner } from './query.ts';
import { DEFAULT_MAX_TIME_IN_QUEUE_MS, type ImmediateQueries } from './run-immediate-query.ts';
import { describeOutcome, recordOutcome, throwForNoAnswer } from './site-outcome.ts';
import { withinLimits } from './within-limits.ts';

export interface SiteFhirCall {
  readonly owner: QueryOwner;
  readonly siteId: string;
  /** Whether the site counts as online: only then is a socket that was just cut waited for. */
  readonly isOnline: boolean;
  readonly request: FhirHttpRequest;
  /** Bytes of the HTTP body. */
  readonly requestSize: number;
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
}

/** The site's answer, an error of FHIR among them. */
export interface AnsweredFhir {
  readonly queryId: string;
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: readonly Buffer[];
}

/**
 * Has a FHIR request answered at the site, from request to durable record. It counts as an immediate query.
 *
 * @throws ParhelionError `tooManyRequests`, `quotaExceeded`, `siteOffline`; and, leaving a record, `notStartedInTime`,
 *   `queryTimedOut`, `siteUnreachable`, `outcomeUnknown`, `refusedByPractice`, `answerTooLarge`, `databaseUnreachable`,
 *   `fhirNotOffered`, `siteFailed`. `internal` when the record could not be stored
 */
export async function runFhirRequest(
  queries: ImmediateQueries,
  call: SiteFhirCall,
): Promise<AnsweredFhir> {
  const path = { integratorId: call.owner.integratorId, siteId: call.siteId };
  const run = () => runAdmitted(queries, call);
  return await withinLimits(queries.limits, path, run, ({ body }) => body);
}

/** @returns undefined when the site was not reached */
async function runAdmitted(
  queries: ImmediateQueries,
  { owner, siteId, isOnline, request, requestSize, signal }: SiteFhirCall,
): Promise<AnsweredFhir | undefined> {
  const { clock, executionLimitMs, maxResultBytes, siteWaitMs } = queries;
  const { integratorId, deviceHash } = owner;
  const maxTimeInQueueMs = DEFAULT_MAX_TIME_IN_QUEUE_MS;
  const createdAt = clock.now();
  const fhirJson = JSON.stringify(request);
  const id = newId();
  const answer = await queries.siteCalls.reachFhir(
    siteId,
    { queryId: id, integratorId, fhirJson, maxTimeInQueueMs, executionLimitMs, maxResultBytes },
    {
      signal,
      isStillPaired: () => queries.isPaired(integratorId, siteId),
      waitMs: isOnline ? Math.min(maxTimeInQueueMs, siteWaitMs) : 0,
    },
  );
  if (!answer) return undefined;
  const completedAt = clock.now();
  const query: Query = {
    id,
    integratorId,
    deviceHash,
    siteId,
    mode: 'fhir',
    maxTimeInQueueMs,
    commandSize: Buffer.byteLength(fhirJson),
    requestSize,
    createdAt,
    updatedAt: completedAt,
    completedAt,
    ...describeOutcome(answer.outcome, createdAt, completedAt),
  };
  await recordOutcome(queries.store, query);
  queries.metrics.queryEnded(query.mode, query.status, query.error?.errorType);
  const { status, headers } = requireAnswer(answer.outcome, request, queries);
  return { queryId: id, status, headers, body: answer.body };
}

function requireAnswer(
  outcome: FhirOutcome,
  { method }: FhirHttpRequest,
  { executionLimitMs }: ImmediateQueries,
): Extract<FhirOutcome, { kind: 'fhirAnswer' }> {
  if (outcome.kind === 'fhirAnswer') return outcome;
  if (outcome.kind === 'siteWentAway') {
    const mayHaveWritten = outcome.wasSent && method !== 'GET' && method !== 'HEAD';
    throw new ParhelionError(mayHaveWritten ? 'outcomeUnknown' : 'siteUnreachable');
  }
  throwForNoAnswer(outcome, DEFAULT_MAX_TIME_IN_QUEUE_MS, executionLimitMs);
  throw toError(outcome.errorDetails);
}

/** The site's failure as an error of HTTP. What a database says of a statement that nobody wrote is of no use to a caller. */
function toError({ errorType, errorCode, errorMessage }: ErrorDetails): ParhelionError {
  if (errorType === 'http') {
    if (errorCode === 413) return new ParhelionError('answerTooLarge', errorMessage);
    if (errorCode === 501) return new ParhelionError('fhirNotOffered', errorMessage);
    return new ParhelionError('siteFailed', errorMessage);
  }
  if (errorType !== 'haloLink') {
    const message = `The database of the site refused a statement (${errorType} ${errorCode}).`;
    return new ParhelionError('siteFailed', message);
  }
  switch (errorCode) {
    case HALO_LINK_CODES.outcomeUnknown:
      return new ParhelionError('outcomeUnknown', errorMessage);
    case HALO_LINK_CODES.databaseUnreachable:
      return new ParhelionError('databaseUnreachable', errorMessage);
    case HALO_LINK_CODES.siteWentAway:
      return new ParhelionError('siteUnreachable', errorMessage);
    default:
      return new ParhelionError('siteFailed', errorMessage);
  }
}

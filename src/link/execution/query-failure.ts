import { StreamReset } from '../../protocol/data-channel.ts';
import { type ErrorDetails, haloLinkError, PAIRING_ENDED } from '../../protocol/error-details.ts';
import type { FailureFrame } from '../../protocol/frames.ts';
import { SqlError } from '../../sql/sql-error.ts';

/** A query's failure as its caller is told. Thrown, and the reason of an aborted signal. */
export class QueryFailure extends Error {
  override readonly name = 'QueryFailure';
  readonly reason: FailureFrame['reason'];
  readonly errorDetails: ErrorDetails;

  constructor(reason: FailureFrame['reason'], errorDetails: ErrorDetails, options?: ErrorOptions) {
    super(errorDetails.errorMessage, options);
    this.reason = reason;
    this.errorDetails = errorDetails;
  }
}

export function notStarted(maxTimeInQueueMs: number): QueryFailure {
  const message = `Query was not started within ${maxTimeInQueueMs} milliseconds.`;
  return new QueryFailure('notStarted', haloLinkError('unexpected', message));
}

export function overLimit(limitMs: number): QueryFailure {
  const message = `Query took more than ${limitMs / 1000} seconds to return a result.`;
  return new QueryFailure('limit', haloLinkError('executionLimit', message));
}

export function cancelled(): QueryFailure {
  const message = 'The query was cancelled: nobody waits for its answer any more.';
  return new QueryFailure('cancelled', haloLinkError('unexpected', message));
}

/** A refusal in the words that integrators read. */
export function refusedByPractice(why: string, cause?: unknown): QueryFailure {
  const message = `Refused by the practice: ${why}`;
  return new QueryFailure('refused', haloLinkError('refusedByPractice', message), { cause });
}

/** The reason for stopping a command that runs. @param provesReads whether it can have changed nothing */
export function cutByPractice(why: string, provesReads: boolean): QueryFailure {
  if (provesReads) return refusedByPractice(why);
  const message = `The practice has stopped the command while it was running (${why.replace(/\.$/, '')}): its outcome is unknown.`;
  return new QueryFailure('failed', haloLinkError('outcomeUnknown', message));
}

export function noLongerPaired(): QueryFailure {
  return new QueryFailure('refused', PAIRING_ENDED);
}

export function siteStopping(): QueryFailure {
  const message = 'The site is closing its session; the query was not started.';
  return new QueryFailure('notStarted', haloLinkError('siteWentAway', message));
}

/** @param provesReads whether the command can have changed nothing */
export function cutByStop(provesReads: boolean): QueryFailure {
  const details = provesReads
    ? haloLinkError('siteWentAway', 'The site stopped while the query was running.')
    : haloLinkError(
        'outcomeUnknown',
        'The site stopped while the command was running: its outcome is unknown.',
      );
  return new QueryFailure('failed', details);
}

/** What is not in the journal is not sent to the database: a crash would make it look as if it had never run. */
export function notJournalled(): QueryFailure {
  const message = 'The site could not write the query to its journal.';
  return new QueryFailure('failed', haloLinkError('unexpected', message));
}

/** The connection to the database broke after a command was sent that may have changed something. */
export function lostInWrite(cause: unknown): QueryFailure {
  const message =
    'The connection to the database was lost while the command was running: its outcome is unknown.';
  return new QueryFailure('failed', haloLinkError('outcomeUnknown', message), { cause });
}

export function resultTooLarge(maxBytes: number, what = 'result is'): QueryFailure {
  return new QueryFailure('failed', {
    errorType: 'http',
    errorCode: 413,
    errorMessage: `The ${what} larger than ${maxBytes} bytes.`,
  });
}

export function invalidCommand(message: string, errorCode = 400): QueryFailure {
  return new QueryFailure('failed', { errorType: 'http', errorCode, errorMessage: message });
}

export function transferCut(cause: unknown): QueryFailure {
  return new QueryFailure(
    'failed',
    { errorType: 'http', errorCode: 502, errorMessage: 'The transfer to the gateway was cut.' },
    { cause },
  );
}

/** Reads anything thrown while a query ran; undefined for what nobody has foreseen. */
export function knownFailure(thrown: unknown): QueryFailure | undefined {
  if (thrown instanceof QueryFailure) return thrown;
  if (thrown instanceof StreamReset) return transferCut(thrown);
  if (!(thrown instanceof SqlError)) return undefined;
  const { kind, errorType, errorCode, message } = thrown;
  if (kind === 'cancelled') return cancelled();
  if (kind === 'readOnly') return onlyReadsAllowed(thrown);
  // What the database itself says is the caller's to read, a refused login too. What the machine says names hosts.
  const details =
    errorType === 'haloLink'
      ? haloLinkError('databaseUnreachable', 'The database of the site could not be reached.')
      : { errorType, errorCode, errorMessage: message };
  return new QueryFailure('failed', details, { cause: thrown });
}

export function onlyReadsAllowed(cause?: SqlError): QueryFailure {
  return refusedByPractice(
    'only reading is allowed, and the command changes something or may do so.',
    cause,
  );
}

export function unexpectedFailure(): QueryFailure {
  const message = 'The agent at the site failed unexpectedly.';
  return new QueryFailure('failed', haloLinkError('unexpected', message));
}

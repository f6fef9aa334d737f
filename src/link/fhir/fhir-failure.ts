import { haloLinkError } from '../../protocol/error-details.ts';
import { QueryFailure } from '../execution/query-failure.ts';

/** The database did not say whether it has committed. */
export function commitUnknown(cause: unknown): QueryFailure {
  const message =
    'The connection to the database was lost while the change was being committed: its outcome is unknown.';
  return new QueryFailure('failed', haloLinkError('outcomeUnknown', message), { cause });
}

/** Repeating it would make the change twice, which is what callers do with every other failure. */
export function answerLost(cause: unknown): QueryFailure {
  const message = 'The change was made, but the answer to it could not be given. Do not repeat it.';
  return new QueryFailure('failed', haloLinkError('outcomeUnknown', message), { cause });
}

/** The mapping is at fault, not the practice's policy. */
export function notARead(cause: unknown): QueryFailure {
  const message = 'A statement with which the mapping reads is not known to only read.';
  return new QueryFailure('failed', haloLinkError('unexpected', message), { cause });
}

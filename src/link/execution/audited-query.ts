import type { FailureFrame } from '../../protocol/frames.ts';
import { failedEnd } from '../policy/audited-end.ts';
import type { ControlledQuery, PracticeControl } from '../policy/practice-control.ts';
import type { Query, QueryFrame } from './query.ts';
import { knownFailure, unexpectedFailure } from './query-failure.ts';

/** Rejects when the practice refuses; that is told when the promise is awaited. */
export function admit(
  query: Query<QueryFrame>,
  controlled: ControlledQuery,
  control: PracticeControl,
): Promise<void> {
  const ask = async () => {
    query.permit = await control.admit(controlled);
  };
  const admitted = ask();
  admitted.catch((error: unknown) => query.refuse(knownFailure(error) ?? unexpectedFailure()));
  return admitted;
}

/** Closes the entry of a query that has failed, or notes that it was refused before it had one. */
export function noteFailure(
  { permit }: Query<QueryFrame>,
  { reason, errorDetails, sqlExecutionMs }: FailureFrame,
  control: PracticeControl,
  controlled: ControlledQuery,
): void {
  if (permit && reason === 'notStarted') permit.end({ outcome: 'notStarted' });
  else if (permit) permit.end(failedEnd(errorDetails, sqlExecutionMs));
  else if (reason === 'refused') {
    control.noteRefusal(controlled, { message: errorDetails.errorMessage });
  }
}

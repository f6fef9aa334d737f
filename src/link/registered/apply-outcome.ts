import { haloLinkError } from '../../protocol/error-details.ts';
import type { RegisteredProgress } from '../journal/registered-journal.ts';
import type { RunOutcome } from './run-command.ts';

/** A report of many runs must fit a frame. */
const MAX_MESSAGE_CHARACTERS = 4_000;

/** The progress of a query before its first run. */
export const NO_PROGRESS: RegisteredProgress = {
  nextIndex: 0,
  runNumber: 0,
  succeededCount: 0,
  failedCount: 0,
  resultSizeSum: 0,
  lastExecutionMs: 0,
};

/** The progress after a run of a place of the grid has ended. */
export function applyOutcome(
  { startedIndex: _ended, ...before }: RegisteredProgress,
  index: number,
  outcome: Exclude<RunOutcome, { kind: 'stopped' }>,
  now: number,
): RegisteredProgress {
  const after = {
    ...before,
    nextIndex: index + 1,
    runNumber: before.runNumber + 1,
    lastExecutionMs: outcome.executionMs,
  };
  if (outcome.kind === 'succeeded') {
    return {
      ...after,
      succeededCount: before.succeededCount + 1,
      resultSizeSum: before.resultSizeSum + outcome.result.size,
      lastSucceededAt: now,
    };
  }
  const errorMessage = outcome.error.errorMessage.slice(0, MAX_MESSAGE_CHARACTERS);
  return {
    ...after,
    failedCount: before.failedCount + 1,
    lastFailedAt: now,
    lastError: { ...outcome.error, errorMessage },
  };
}

/** A run that may write was perhaps under way when the link ended: it counts as failed and is not repeated. */
export function afterCrash(progress: RegisteredProgress, now: number): RegisteredProgress {
  const { startedIndex } = progress;
  if (startedIndex === undefined) return progress;
  const message = 'The site stopped while the command was running: its outcome is unknown.';
  const error = haloLinkError('outcomeUnknown', message);
  return applyOutcome(progress, startedIndex, { kind: 'failed', executionMs: 0, error }, now);
}

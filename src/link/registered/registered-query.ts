import type { RunReport } from '../../protocol/registered-frames.ts';
import type { QueuePlace } from '../execution/background-queue.ts';
import type {
  RegisteredProgress,
  RegisteredSummary,
  WaitingSummary,
} from '../journal/registered-journal.ts';
import { dueAt, lastIndex, type RunGrid } from './run-grid.ts';

/** A registered query in memory. Its command is in the journal. */
export class RegisteredQuery implements RunGrid {
  readonly queryId: string;
  readonly integratorId: string;
  readonly frequencyMs: number;
  readonly durationMs: number;
  readonly executionLimitMs: number;
  readonly maxResultBytes: number;
  readonly mayWrite: boolean;
  startAt: number;
  progress: RegisteredProgress;
  /** A changed result in the journal that the gateway does not have. */
  waiting: WaitingSummary | undefined;
  /** Whether an upload of what waits is still to be tried: until then its run is not reported. */
  isUploadDue: boolean;
  /** The last run that the gateway has noted; -1 when it has noted nothing. */
  notedRun = -1;
  /** Ended at the gateway, or about to be told: it runs no more. */
  isStopped = false;
  /** Whether a run waits for its turn or is under way. */
  isInHand = false;
  /** Of the run that was submitted last; it can leave the queue until its turn has come. */
  place: QueuePlace | undefined;
  /** Ends the run that is under way. */
  run: AbortController | undefined;

  constructor(summary: RegisteredSummary) {
    this.queryId = summary.queryId;
    this.integratorId = summary.integratorId;
    this.frequencyMs = summary.frequencyMs;
    this.durationMs = summary.durationMs;
    this.executionLimitMs = summary.executionLimitMs;
    this.maxResultBytes = summary.maxResultBytes;
    this.mayWrite = summary.mayWrite;
    this.startAt = summary.startAt;
    this.progress = summary.progress;
    this.waiting = summary.waiting;
    this.isUploadDue = summary.waiting !== undefined;
  }

  /** When the next run is due; undefined when none is. */
  get nextDueAt(): number | undefined {
    const { nextIndex } = this.progress;
    return nextIndex > lastIndex(this) ? undefined : dueAt(this, nextIndex);
  }

  report(now: number): RunReport {
    const { progress } = this;
    const ago = (at: number) => Math.max(0, Math.round(now - at));
    const { lastSucceededAt, lastFailedAt, lastError } = progress;
    return {
      queryId: this.queryId,
      runNumber: progress.runNumber,
      succeededCount: progress.succeededCount,
      failedCount: progress.failedCount,
      ...(lastSucceededAt !== undefined && { lastSucceededAgoMs: ago(lastSucceededAt) }),
      ...(lastFailedAt !== undefined && { lastFailedAgoMs: ago(lastFailedAt) }),
      lastExecutionMs: progress.lastExecutionMs,
      resultSizeSum: progress.resultSizeSum,
      ...(lastError && { lastError }),
      isLast: this.nextDueAt === undefined && !this.isInHand,
    };
  }
}

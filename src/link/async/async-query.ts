import type { ReportFrame } from '../../protocol/async-frames.ts';
import type { QueuePlace } from '../execution/background-queue.ts';
import type { QueryFacts, QuerySummary } from '../journal/query-journal.ts';
import type { Turn } from './turn.ts';

/** An async query that the site has. The command itself waits in the journal. */
export class AsyncQuery {
  readonly queryId: string;
  readonly integratorId: string;
  readonly expiresAt: number;
  /** Runs that have begun. */
  attempt: number;
  /** Whether the gateway has let it go on once: its time in the queue is over then. */
  isPermitted: boolean;
  /** While it waits for its turn. */
  place: QueuePlace | undefined;
  /** While it has its turn. */
  turn: Turn | undefined;
  hasEnded = false;
  /** Since when its turns have found no database, by the process's own clock. */
  databaseMissedAt: number | undefined;
  /** Whether the practice has permitted a run of it: the audit trail then tells of its end. */
  wasAdmitted = false;

  constructor(summary: Pick<QuerySummary, 'queryId' | 'integratorId' | 'expiresAt' | 'attempt'>) {
    this.queryId = summary.queryId;
    this.integratorId = summary.integratorId;
    this.expiresAt = summary.expiresAt;
    this.attempt = summary.attempt;
    this.isPermitted = summary.attempt > 0;
  }

  /** What the gateway is told of it. */
  report(
    state: ReportFrame['state'],
    facts: QueryFacts & Pick<ReportFrame, 'mayWrite'> = {},
    attempt = this.attempt,
  ): ReportFrame {
    return { type: 'report', queryId: this.queryId, state, attempt, ...facts };
  }
}

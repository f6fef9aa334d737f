import { haloLinkError } from '../../protocol/error-details.ts';
import { cutByStop, QueryFailure } from '../execution/query-failure.ts';
import type { JournalState, QuerySummary } from '../journal/query-journal.ts';
import { failed, type Outcome, rowsLost } from './turn.ts';

/** Runs of a proven read that the link's own end cut short each time: the read itself may be what ends it. */
const MAX_ATTEMPTS = 10;

/** What becomes of a query that the journal holds when the link starts: it waits for its turn, or it ends. */
export function afterRestart(
  { state, attempt, facts }: Pick<QuerySummary, 'state' | 'attempt' | 'facts'>,
  mayWrite: () => boolean,
): 'queue' | Outcome {
  switch (state) {
    case 'queued':
      return 'queue';
    case 'executing':
      if (mayWrite()) return failed(cutByStop(false));
      return attempt < MAX_ATTEMPTS ? 'queue' : failed(stoppedTooOften(attempt));
    case 'uploading':
      return mayWrite() ? rowsLost(facts) : 'queue';
    case 'successful':
    case 'executionFailed':
    case 'uploadFailed':
    case 'expiredInQueue':
      return { kind: 'outcome', state, facts };
    default:
      return state satisfies never;
  }
}

/** Whether the journal says already how it ended. */
export function isTerminal(state: JournalState): boolean {
  return state !== 'queued' && state !== 'executing' && state !== 'uploading';
}

function stoppedTooOften(attempts: number): QueryFailure {
  const message = `The site stopped each time while the query was running, ${attempts} times; it is not run again.`;
  return new QueryFailure('failed', haloLinkError('siteWentAway', message));
}

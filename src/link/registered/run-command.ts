import type { Command } from '../../protocol/command.ts';
import type { ErrorDetails } from '../../protocol/error-details.ts';
import type { Catalogue } from '../../protocol/frames.ts';
import type { ConnectionPool, Lease } from '../../sql/connection-pool.ts';
import { EncodedResult } from '../../sql/encoded-result.ts';
import { SqlError } from '../../sql/sql-error.ts';
import { ExecutionClock } from '../async/execution-clock.ts';
import { paced } from '../async/paced.ts';
import type { LinkEvents } from '../events.ts';
import { chooseCatalogue } from '../execution/choose-catalogue.ts';
import type { ImmediateActivity } from '../execution/immediate-activity.ts';
import {
  knownFailure,
  lostInWrite,
  overLimit,
  QueryFailure,
  resultTooLarge,
  unexpectedFailure,
} from '../execution/query-failure.ts';
import { toSqlCommand } from '../execution/read-command.ts';
import { outputParameters, resultShape } from '../execution/result-form.ts';
import type { RegisteredJournal, WaitingResult } from '../journal/registered-journal.ts';
import { failedEnd, successfulEnd } from '../policy/audited-end.ts';
import type { ControlledQuery, Permit, PracticeControl } from '../policy/practice-control.ts';
import type { RegisteredQuery } from './registered-query.ts';
import { hashResult } from './result-hash.ts';

export interface RunTools {
  readonly journal: RegisteredJournal;
  readonly pool: ConnectionPool;
  readonly catalogues: readonly Catalogue[];
  /** The login of an integrator that has its own. */
  readonly loginOf: (integratorId: string) => string | undefined;
  readonly activity: ImmediateActivity;
  readonly control: PracticeControl;
  readonly events: LinkEvents;
}

/** What became of one run. */
export type RunOutcome =
  | {
      readonly kind: 'succeeded';
      readonly executionMs: number;
      readonly result: Omit<WaitingResult, 'runNumber'>;
    }
  | { readonly kind: 'failed'; readonly executionMs: number; readonly error: ErrorDetails }
  /** Given up from outside; nothing of it counts. */
  | { readonly kind: 'stopped' };

/** The reason of the signal that gives a run up. */
export const GIVEN_UP = 'The run was given up.';

/**
 * Makes one run of a query. Never rejects. The signal gives it up; a command that may write is then left to its end all
 * the same, unless the reason is another than {@link GIVEN_UP}.
 */
export async function runCommand(
  query: RegisteredQuery,
  signal: AbortSignal,
  tools: RunTools,
): Promise<RunOutcome> {
  const stop = new AbortController();
  const clock = new ExecutionClock(query.executionLimitMs, () =>
    stop.abort(overLimit(query.executionLimitMs)),
  );
  let isSent = false;
  let permit: Permit | undefined;
  const onGivenUp = () => {
    if (!isSent || !query.mayWrite || signal.reason !== GIVEN_UP) stop.abort(signal.reason);
  };
  signal.addEventListener('abort', onGivenUp, { once: true });
  try {
    if (signal.aborted) onGivenUp();
    const { command, catalogue } = tools.journal.command(query.queryId);
    permit = await admit(query, command, catalogue, tools.control);
    const sqlCommand = toSqlCommand(command);
    await using lease = await acquireConnection(query, catalogue, stop.signal, tools);
    stop.signal.throwIfAborted();
    const { isReadOnly } = permit.confirm();
    isSent = true;
    const answer = lease.connection.execute(sqlCommand, { signal: stop.signal, isReadOnly });
    const events = paced(answer, clock, tools.activity, stop.signal);
    const result = new EncodedResult(events, resultShape(command));
    const body = await collect(result, query);
    const { parameters } = outputParameters(command, result);
    const { rows } = result;
    permit.end(successfulEnd({ bytes: body.length, rows, durationMs: clock.spentMs }));
    return {
      kind: 'succeeded',
      executionMs: clock.spentMs,
      result: {
        ...hashResult(body, parameters),
        size: body.length,
        rows: result.rows,
        ...(parameters && { parameters }),
        body: body.toString(),
      },
    };
  } catch (error) {
    const isStopped = signal.aborted && !(stop.signal.reason instanceof QueryFailure);
    if (isStopped && (!isSent || !query.mayWrite)) {
      permit?.end({ outcome: isSent ? 'failed' : 'notStarted' });
      return { kind: 'stopped' };
    }
    const failure = toFailure(error, stop.signal, isSent && query.mayWrite);
    if (!failure) tools.events.unexpected('registered query', error, query.queryId);
    const { errorDetails } = failure ?? unexpectedFailure();
    permit?.end(failedEnd(errorDetails, isSent ? clock.spentMs : undefined));
    return { kind: 'failed', executionMs: clock.spentMs, error: errorDetails };
  } finally {
    signal.removeEventListener('abort', onGivenUp);
  }
}

function acquireConnection(
  { integratorId }: RegisteredQuery,
  catalogue: string | undefined,
  signal: AbortSignal,
  { pool, catalogues, loginOf }: RunTools,
): Promise<Lease> {
  const login = loginOf(integratorId);
  return pool.acquire({
    lane: 'background',
    catalogue: chooseCatalogue(catalogue, catalogues),
    ...(login !== undefined && { login }),
    signal,
  });
}

async function admit(
  { queryId, integratorId }: RegisteredQuery,
  { text }: Command,
  catalogue: string | undefined,
  control: PracticeControl,
): Promise<Permit> {
  const query: ControlledQuery = {
    queryId,
    integratorId,
    mode: 'registered',
    ...(catalogue !== undefined && { catalogue }),
    text,
  };
  try {
    return await control.admit(query);
  } catch (error) {
    if (error instanceof QueryFailure) control.noteRefusal(query, error);
    throw error;
  }
}

function toFailure(
  error: unknown,
  stopped: AbortSignal,
  mayHaveWritten: boolean,
): QueryFailure | undefined {
  const isByStop = stopped.aborted && error instanceof SqlError && error.kind === 'cancelled';
  if (isByStop && stopped.reason instanceof QueryFailure) return stopped.reason;
  if (isByStop && mayHaveWritten) return lostInWrite(error);
  const isLost = error instanceof SqlError && error.kind === 'connection';
  if (isLost && mayHaveWritten) return lostInWrite(error);
  return knownFailure(error);
}

/** A result that is too large is given up, but a command that may write is read on to its end. */
async function collect(result: EncodedResult, query: RegisteredQuery): Promise<Buffer> {
  const { maxResultBytes, mayWrite } = query;
  const chunks: Uint8Array[] = [];
  for await (const chunk of result.chunks()) {
    if (result.sizeBytes <= maxResultBytes) chunks.push(chunk);
    else if (mayWrite) chunks.length = 0;
    else break;
  }
  if (result.sizeBytes > maxResultBytes) throw resultTooLarge(maxResultBytes);
  return Buffer.concat(chunks);
}

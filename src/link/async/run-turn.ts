import { type BackoffOptions, fullJitterDelayMs } from '../../lib/backoff.ts';
import { Deadline } from '../../lib/deadline.ts';
import { orAborted, pause } from '../../lib/waiting.ts';
import type { Catalogue } from '../../protocol/frames.ts';
import type { ConnectionPool, Lease } from '../../sql/connection-pool.ts';
import { SqlError } from '../../sql/sql-error.ts';
import type { AuditedEnd } from '../audit/audit-record.ts';
import type { LinkEvents } from '../events.ts';
import type { ImmediateActivity } from '../execution/immediate-activity.ts';
import {
  knownFailure,
  lostInWrite,
  notJournalled,
  type QueryFailure,
  unexpectedFailure,
} from '../execution/query-failure.ts';
import type { QueryFacts, QueryJournal } from '../journal/query-journal.ts';
import { failedEnd, successfulEnd } from '../policy/audited-end.ts';
import type { Permit, PracticeControl } from '../policy/practice-control.ts';
import type { AsyncQuery } from './async-query.ts';
import { controlled } from './controlled.ts';
import { executeAttempt } from './execute-attempt.ts';
import { PagesUnwanted, PageUploads, type UploadTools } from './page-uploads.ts';
import { type PreparedQuery, prepareQuery } from './prepare-query.ts';
import { failed, type Turn, type TurnEnd } from './turn.ts';

/** Runs of a proven read whose connection to the database is lost each time. */
const MAX_ATTEMPTS = 3;

/** What turns need of the link. */
export interface TurnTools extends UploadTools {
  readonly journal: QueryJournal;
  readonly pool: ConnectionPool;
  readonly catalogues: readonly Catalogue[];
  /** The login of an integrator that has its own. */
  readonly loginOf: (integratorId: string) => string | undefined;
  readonly control: PracticeControl;
  readonly activity: Pick<ImmediateActivity, 'giveWay'>;
  /** How long a turn, and the connection with it, waits for the gateway's permission. */
  readonly permissionMs: number;
  /** How long a query whose turn has come waits for a database that cannot be reached. */
  readonly databasePatienceMs: number;
  /** Pauses before a read runs again after its connection was lost. */
  readonly rerun: BackoffOptions;
}

/** Runs a query whose turn has come, to its end. Never rejects. */
export async function runTurn(query: AsyncQuery, turn: Turn, tools: TurnTools): Promise<TurnEnd> {
  try {
    const prepared = prepareQuery(tools.journal.order(query.queryId), tools.catalogues);
    for (let losses = 0; ; losses += 1) {
      const end = await attempt(query, prepared, turn, tools);
      if (end) return end;
      turn.beginAgain();
      await pause(fullJitterDelayMs(losses, tools.rerun, tools.random), turn.signal);
    }
  } catch (error) {
    if (turn.end && (turn.signal.aborted || turn.end.kind === 'over')) return turn.end;
    return failed(toFailure(error, query, tools.events));
  }
}

function toFailure(error: unknown, query: AsyncQuery, events: LinkEvents): QueryFailure {
  const failure = knownFailure(error);
  if (!failure) events.unexpected('async query', error, query.queryId);
  return failure ?? unexpectedFailure();
}

/** @returns nothing when the connection was lost under a read that may run again. @throws what made it fail */
async function attempt(
  query: AsyncQuery,
  prepared: PreparedQuery,
  turn: Turn,
  tools: TurnTools,
): Promise<TurnEnd | undefined> {
  throwIfRefused(query, tools);
  await using lease = await acquireUnlessAway(query, prepared, turn, tools);
  if (!lease) return { kind: 'notNow' };
  // Before the gateway counts it as one that runs.
  throwIfRefused(query, tools);
  const number = query.attempt + 1;
  if (!(await isPermitted(query, prepared, number, turn, tools))) return { kind: 'notNow' };
  query.isPermitted = true;
  const permit = await tools.control.admit(controlled(prepared.order));
  query.wasAdmitted = true;
  try {
    await journalStart(query, number, turn, tools);
    return await run(query, prepared, lease, permit, turn, tools);
  } catch (error) {
    permit.end(endOf(error, turn));
    throw error;
  }
}

function throwIfRefused({ integratorId }: AsyncQuery, { control }: TurnTools): void {
  const refusal = control.refusalOf(integratorId);
  if (refusal) throw refusal;
}

/** The command goes to the database, and its pages come from it. */
async function run(
  query: AsyncQuery,
  prepared: PreparedQuery,
  lease: Lease,
  permit: Permit,
  turn: Turn,
  tools: TurnTools,
): Promise<TurnEnd | undefined> {
  const number = query.attempt;
  using uploads = uploadsOf(query, turn, tools);
  const { isReadOnly } = permit.confirm();
  turn.begin(prepared.mayWrite);
  tools.events.asyncQueryStarted(query.queryId, number);
  try {
    const facts = await executeAttempt(
      { ...prepared, isReadOnly },
      lease.connection,
      uploads,
      turn,
      tools,
    );
    permit.end(successEnd(facts));
    turn.finish(facts);
    await lease[Symbol.asyncDispose]();
    return turn.end ?? (await bringAway(query, facts, uploads, turn, tools));
  } catch (error) {
    if (turn.signal.aborted) throw error;
    const isLost = error instanceof SqlError && error.kind === 'connection';
    if (isLost && prepared.mayWrite) throw lostInWrite(error);
    if (isLost && number < MAX_ATTEMPTS) {
      permit.end(endOf(error, turn));
      return undefined;
    }
    throw error;
  } finally {
    tools.events.asyncQueryStopped();
  }
}

/** How the trail tells an end that was not a success. */
function endOf(error: unknown, { end }: Turn): AuditedEnd {
  const decided = end?.kind === 'outcome' ? end.facts.errorDetails : undefined;
  const { errorDetails } = knownFailure(error) ?? unexpectedFailure();
  return failedEnd(decided ?? errorDetails, undefined);
}

function successEnd({ size: bytes, rows, rowsAffected, sqlExecutionMs: durationMs }: QueryFacts) {
  return successfulEnd({ bytes, rows, rowsAffected, durationMs });
}

/**
 * Nothing while the database cannot be reached, as long as there is patience with it: a queue is there to wait.
 *
 * @throws SqlError also what the database itself says, such as a refused login
 */
async function acquireUnlessAway(
  query: AsyncQuery,
  prepared: PreparedQuery,
  turn: Turn,
  tools: TurnTools,
): Promise<Lease | undefined> {
  try {
    const lease = await acquireConnection(query, prepared, turn, tools);
    query.databaseMissedAt = undefined;
    return lease;
  } catch (error) {
    const isLost = error instanceof SqlError && error.kind === 'connection';
    if (!isLost || error.errorType !== 'haloLink' || turn.signal.aborted) throw error;
    const now = performance.now();
    query.databaseMissedAt ??= now;
    if (now - query.databaseMissedAt >= tools.databasePatienceMs) throw error;
    return undefined;
  }
}

function acquireConnection(
  { integratorId }: AsyncQuery,
  { catalogue }: PreparedQuery,
  { signal }: Turn,
  { pool, loginOf }: TurnTools,
): Promise<Lease> {
  const login = loginOf(integratorId);
  return pool.acquire({
    lane: 'background',
    catalogue,
    ...(login !== undefined && { login }),
    signal,
  });
}

/** The gateway has the last word on each run: it knows whether the query has ended otherwise. */
async function isPermitted(
  query: AsyncQuery,
  { mayWrite: isWrite }: PreparedQuery,
  number: number,
  turn: Turn,
  { line, permissionMs }: TurnTools,
): Promise<boolean> {
  if (!line.isConnected) return false;
  const noted = line.report(query.report('executing', { mayWrite: isWrite }, number));
  using deadline = new Deadline(permissionMs, turn.signal);
  try {
    await orAborted(noted, deadline.signal);
    return true;
  } catch (error) {
    if (turn.signal.aborted) throw error;
    return false;
  }
}

/** The run is in the journal before anything is sent. @throws QueryFailure when it cannot be */
async function journalStart(
  query: AsyncQuery,
  number: number,
  { signal }: Turn,
  { journal, events }: TurnTools,
): Promise<void> {
  try {
    await journal.advance(query.queryId, { state: 'executing', attempt: number });
  } catch (error) {
    events.journalFailed(error, query.queryId);
    throw notJournalled();
  }
  query.attempt = number;
  if (!signal.aborted) return;
  await journal.advance(query.queryId, { state: 'queued', attempt: number });
  signal.throwIfAborted();
}

function uploadsOf(query: AsyncQuery, turn: Turn, tools: UploadTools): PageUploads {
  const { queryId, attempt: number } = query;
  return new PageUploads({ queryId, attempt: number }, tools, turn.rowsUnwanted, (failure) => {
    if (failure instanceof PagesUnwanted) return turn.endGently({ kind: 'over' });
    const { errorDetails } = failure;
    turn.endGently({ kind: 'outcome', state: 'uploadFailed', facts: { errorDetails } });
  });
}

/** The connection is free again; the last pages are still on their way. */
async function bringAway(
  query: AsyncQuery,
  facts: QueryFacts,
  uploads: PageUploads,
  turn: Turn,
  { journal, line, events }: TurnTools,
): Promise<TurnEnd> {
  if (facts.pages !== 0) {
    await journal
      .advance(query.queryId, { state: 'uploading', attempt: query.attempt, facts })
      // It goes on: after a crash the query would count as one that may be running.
      .catch((error: unknown) => events.journalFailed(error, query.queryId));
    void line.report(query.report('uploading', facts));
    await uploads.finish().catch((error: unknown) => {
      if (!turn.end) throw error;
    });
  }
  if (turn.end?.kind !== 'outcome') return turn.end ?? success(facts);
  return { ...turn.end, facts: { ...facts, ...turn.end.facts } };
}

function success(facts: QueryFacts): TurnEnd {
  return { kind: 'outcome', state: 'successful', facts };
}

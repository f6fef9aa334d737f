import type { EnqueueFrame, PageSeenFrame, ReportSeenFrame } from '../../protocol/async-frames.ts';
import { StreamReset } from '../../protocol/data-channel.ts';
import { HALO_LINK_CODES } from '../../protocol/error-details.ts';
import type { GatewayFrame } from '../../protocol/frames.ts';
import type { BackgroundQueue } from '../execution/background-queue.ts';
import type { Caller } from '../execution/caller.ts';
import { mayWrite } from '../execution/may-write.ts';
import {
  knownFailure,
  noLongerPaired,
  notJournalled,
  type QueryFailure,
  unexpectedFailure,
} from '../execution/query-failure.ts';
import { receiveCommand } from '../execution/read-command.ts';
import { refuseStream } from '../execution/refuse-stream.ts';
import type { QueryFacts, QuerySummary } from '../journal/query-journal.ts';
import { afterRestart, isTerminal } from './after-restart.ts';
import { AsyncQuery } from './async-query.ts';
import { controlled } from './controlled.ts';
import { runTurn, type TurnTools } from './run-turn.ts';
import { failed, type Outcome, Turn, type TurnEnd } from './turn.ts';

export interface AsyncQueriesOptions extends TurnTools {
  readonly queue: Pick<BackgroundQueue, 'submit'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Longest wait for a command that comes on the data stream. */
  readonly commandTransferMs: number;
  /** How often it is looked what has expired or was not answered. */
  readonly tickMs: number;
  /** What the gateway has not answered for so long is sent again. */
  readonly repeatMs: number;
}

/** The async queries of the site: takes them, keeps them in the journal, runs them in turn and reports how they stand. */
export class AsyncQueries {
  readonly #options: AsyncQueriesOptions;
  readonly #queries = new Map<string, AsyncQuery>();
  /** Commands that are on their way to the journal. */
  readonly #arriving = new Set<string>();
  /** Queries whose turn came and that had no permission. */
  readonly #parked = new Set<AsyncQuery>();
  readonly #tick: NodeJS.Timeout;
  readonly #stop = new AbortController();

  constructor(options: AsyncQueriesOptions) {
    this.#options = options;
    this.#restore();
    this.#tick = setInterval(() => this.#onTick(), options.tickMs).unref();
  }

  connected(caller: Caller): void {
    this.#options.line.connected(caller);
    this.#takeUpParked();
  }

  disconnected(sessionId: string): void {
    this.#options.line.disconnected(sessionId);
  }

  enqueue(frame: EnqueueFrame, caller: Caller): void {
    const { queryId } = frame;
    if (this.#options.line.reportAgain(queryId) || this.#arriving.has(queryId)) {
      if (!frame.command) void refuseStream(frame, caller);
      return;
    }
    // The gateway still has it, and hands it over again at the next session.
    if (this.#stop.signal.aborted) return;
    this.#arriving.add(queryId);
    void this.#keep(frame, caller).finally(() => this.#arriving.delete(queryId));
  }

  enquire({ queryIds }: Extract<GatewayFrame, { type: 'enquire' }>): void {
    const { line } = this.#options;
    for (const queryId of queryIds) {
      if (!line.reportAgain(queryId) && !this.#arriving.has(queryId)) line.reportUnknown(queryId);
    }
  }

  reportSeen(frame: ReportSeenFrame): void {
    if (frame.verdict === 'over') this.#over(frame.queryId);
    else this.#options.line.reportSeen(frame);
  }

  pageSeen(frame: PageSeenFrame): void {
    this.#options.line.pageSeen(frame);
  }

  /** Asks anew whether what waits, and what runs, may go on. */
  askPractice(): void {
    const { control } = this.#options;
    const { cut } = control;
    for (const query of this.#queries.values()) {
      const refusal = control.refusalOf(query.integratorId);
      if (refusal) this.#refuse(query, refusal);
      if (cut !== undefined) query.turn?.cutByPractice(cut);
    }
  }

  /** The pairing of an integrator has ended: what it has waiting is refused. */
  unpaired(integratorId: string): void {
    for (const query of this.#queries.values()) {
      if (query.integratorId === integratorId) this.#refuse(query, noLongerPaired());
    }
  }

  /** Takes no more queries, and ends the turns that may be cut without harm; the others are the queue's to end. */
  stop(): void {
    this.#stop.abort();
    clearInterval(this.#tick);
    for (const { turn } of this.#queries.values()) turn?.stopSoon();
  }

  #restore(): void {
    const { journal, events } = this.#options;
    const summaries = journal.summaries();
    for (const summary of summaries) this.#takeUp(summary);
    if (summaries.length > 0) events.queriesRestored(summaries.length);
  }

  #takeUp(summary: QuerySummary): void {
    const { journal } = this.#options;
    const query = new AsyncQuery(summary);
    this.#queries.set(query.queryId, query);
    const next = afterRestart(summary, () => mayWrite(journal.order(query.queryId).command));
    if (next !== 'queue') {
      if (isTerminal(summary.state)) this.#tell(query, next);
      else void this.#settle(query, next);
      return;
    }
    // One that has been permitted asks anew when its turn comes; until then it stands where it stood.
    const isFresh = summary.state === 'queued';
    void this.#options.line.report(
      isFresh ? query.report('queued') : query.report('executing', { mayWrite: false }),
    );
    this.#submit(query);
  }

  async #keep(frame: EnqueueFrame, caller: Caller): Promise<void> {
    const { queryId, integratorId } = frame;
    const { clock, journal, line, events } = this.#options;
    const expiresAt = clock() + frame.expiresInMs;
    const query = new AsyncQuery({ queryId, integratorId, expiresAt, attempt: 0 });
    const { pageBytes, executionLimitMs, catalogue } = frame;
    try {
      const command = frame.command ?? (await this.#receive(frame, caller));
      const order = { queryId, integratorId, catalogue, command, pageBytes, executionLimitMs };
      await journal.add({ ...order, expiresAt }).catch((error: unknown) => {
        events.journalFailed(error, queryId);
        throw notJournalled();
      });
    } catch (error) {
      // The command went away with the session; the gateway has it and hands it over again.
      const isCut = error instanceof StreamReset && line.sessionId !== caller.sessionId;
      if (isCut || this.#stop.signal.aborted) return;
      const { errorDetails } = this.#failure(error, queryId);
      const told = line.report(query.report('notQueued', { errorDetails }));
      return void told.then(() => line.forget(queryId));
    }
    this.#queries.set(queryId, query);
    events.asyncQueryKept(queryId);
    void line.report(query.report('queued'));
    this.#submit(query);
  }

  #receive({ streamId }: EnqueueFrame, caller: Caller) {
    const { commandTransferMs } = this.#options;
    const read = (signal: AbortSignal) => caller.readStream(streamId, signal);
    return receiveCommand(read, commandTransferMs, this.#stop.signal);
  }

  #failure(error: unknown, queryId: string): QueryFailure {
    const failure = knownFailure(error);
    if (!failure) this.#options.events.unexpected('enqueue', error, queryId);
    return failure ?? unexpectedFailure();
  }

  #submit(query: AsyncQuery, again = false): void {
    const { integratorId } = query;
    const run = (signal: AbortSignal) => this.#takeTurn(query, signal);
    query.place = this.#options.queue.submit({ integratorId, run }, again);
  }

  async #takeTurn(query: AsyncQuery, signal: AbortSignal): Promise<void> {
    query.place = undefined;
    if (this.#hasExpired(query)) return await this.#settle(query, EXPIRED);
    if (!this.#options.line.isConnected) return void this.#parked.add(query);
    const turn = new Turn();
    const cutShort = () => turn.cutShort();
    signal.addEventListener('abort', cutShort, { once: true });
    query.turn = turn;
    const end = await runTurn(query, turn, this.#options);
    query.turn = undefined;
    signal.removeEventListener('abort', cutShort);
    // The gateway may have noted a run that the site never heard it had: the failure must not count as an older one.
    if (end.kind === 'outcome' && !turn.hasBegun) query.attempt += 1;
    await this.#endTurn(query, end);
  }

  async #endTurn(query: AsyncQuery, end: TurnEnd): Promise<void> {
    switch (end.kind) {
      case 'outcome':
        return await this.#settle(query, end);
      case 'over':
        return await this.#erase(query);
      case 'notNow':
        this.#parked.add(query);
        return;
      case 'stopped':
        return;
    }
  }

  /** An end is durable before it is told: after a crash it is told again, and nothing runs again. */
  async #settle(query: AsyncQuery, outcome: Outcome): Promise<void> {
    const { journal, events } = this.#options;
    const { queryId, attempt } = query;
    const { state, facts } = outcome;
    query.hasEnded = true;
    this.#noteRefusal(query, facts);
    await journal
      .advance(queryId, { state, attempt, facts })
      .catch((error: unknown) => events.journalFailed(error, queryId));
    events.asyncQueryEnded(query.report(state, facts));
    if (this.#queries.has(queryId)) this.#tell(query, outcome);
  }

  #tell(query: AsyncQuery, { state, facts }: Outcome): void {
    const { line } = this.#options;
    query.hasEnded = true;
    void line.report(query.report(state, facts)).then(() => this.#erase(query));
  }

  #over(queryId: string): void {
    const query = this.#queries.get(queryId);
    if (!query) return this.#options.line.forget(queryId);
    this.#options.events.asyncQueryGivenUp(queryId);
    if (query.turn) return query.turn.endGently({ kind: 'over' });
    query.place?.leave();
    void this.#erase(query);
  }

  async #erase(query: AsyncQuery): Promise<void> {
    const { journal, line, events } = this.#options;
    const { queryId } = query;
    this.#parked.delete(query);
    this.#queries.delete(queryId);
    line.forget(queryId);
    await journal.erase(queryId).catch((error: unknown) => events.journalFailed(error, queryId));
  }

  #onTick(): void {
    const { line, repeatMs } = this.#options;
    line.repeat(repeatMs);
    for (const query of this.#queries.values()) {
      if (!query.hasEnded && this.#hasExpired(query)) this.#expire(query);
    }
    if (line.isConnected) this.#takeUpParked();
  }

  #noteRefusal({ queryId, wasAdmitted }: AsyncQuery, { errorDetails }: QueryFacts): void {
    const { control, journal } = this.#options;
    const isRefused = errorDetails?.errorCode === HALO_LINK_CODES.refusedByPractice;
    if (wasAdmitted || !isRefused) return;
    control.noteRefusal(controlled(journal.order(queryId)), { message: errorDetails.errorMessage });
  }

  /** One that runs goes on. */
  #refuse(query: AsyncQuery, refusal: QueryFailure): void {
    if (query.hasEnded || query.turn?.hasBegun) return;
    if (query.turn) return query.turn.endAs(failed(refusal));
    query.place?.leave();
    this.#parked.delete(query);
    query.attempt += 1;
    void this.#settle(query, failed(refusal));
  }

  #hasExpired({ isPermitted, expiresAt }: AsyncQuery): boolean {
    return !isPermitted && this.#options.clock() >= expiresAt;
  }

  #expire(query: AsyncQuery): void {
    if (query.turn) return query.turn.endAs(EXPIRED);
    query.place?.leave();
    this.#parked.delete(query);
    void this.#settle(query, EXPIRED);
  }

  #takeUpParked(): void {
    if (this.#stop.signal.aborted) return;
    for (const query of this.#parked) this.#submit(query, true);
    this.#parked.clear();
  }
}

const EXPIRED: Outcome = { kind: 'outcome', state: 'expiredInQueue', facts: {} };

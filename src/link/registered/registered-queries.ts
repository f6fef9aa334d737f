import type { BackoffOptions } from '../../lib/backoff.ts';
import { StreamReset } from '../../protocol/data-channel.ts';
import type {
  RegisteredListFrame,
  RegisterFrame,
  ResultSeenFrame,
  RunsSeenFrame,
  UnregisterFrame,
} from '../../protocol/registered-frames.ts';
import type { UploadClient } from '../async/upload-client.ts';
import type { BackgroundQueue } from '../execution/background-queue.ts';
import type { Caller } from '../execution/caller.ts';
import { mayWrite } from '../execution/may-write.ts';
import { cutByPractice, notJournalled, QueryFailure } from '../execution/query-failure.ts';
import { receiveCommand } from '../execution/read-command.ts';
import { refuseStream } from '../execution/refuse-stream.ts';
import type { RegisteredProgress, WaitingResult } from '../journal/registered-journal.ts';
import { afterCrash, applyOutcome, NO_PROGRESS } from './apply-outcome.ts';
import { DueTimes } from './due-times.ts';
import { RegisteredQuery } from './registered-query.ts';
import { Registrations } from './registrations.ts';
import { ResultUploads } from './result-uploads.ts';
import { GIVEN_UP, type RunOutcome, type RunTools, runCommand } from './run-command.ts';
import { indexAt, isPast, lastIndex } from './run-grid.ts';
import { RunReports } from './run-reports.ts';

export interface RegisteredQueriesOptions extends RunTools {
  readonly queue: BackgroundQueue;
  readonly client: UploadClient;
  /** Milliseconds since 1970; must not jump while the link runs. */
  readonly now: () => number;
  readonly random: () => number;
  /** Pauses before a result that was not taken is sent again. */
  readonly retry: BackoffOptions;
  /** Longest wait for a command that comes on the data stream. */
  readonly commandTransferMs: number;
}

/** Ages that differ by less are a matter of the way that a frame takes. */
const START_TOLERANCE_MS = 1_000;

/** The registered queries of the site: kept in the journal and run on their grid, whether there is a gateway or not. */
export class RegisteredQueries implements Disposable {
  readonly #options: RegisteredQueriesOptions;
  readonly #queries = new Map<string, RegisteredQuery>();
  /** Commands that are on their way to the journal. */
  readonly #arriving = new Set<string>();
  readonly #due: DueTimes<RegisteredQuery>;
  readonly #reports: RunReports;
  readonly #uploads: ResultUploads;
  readonly #registrations = new Registrations();
  readonly #stop = new AbortController();
  /** Of the list that is coming in: what was here before it and has not been in it. */
  #unlisted = new Set<RegisteredQuery>();

  constructor(options: RegisteredQueriesOptions) {
    const { now } = options;
    this.#options = options;
    this.#due = new DueTimes(now, (query, at) => this.#onDue(query, at));
    this.#reports = new RunReports({
      ...options,
      onOver: (id) => this.#over(id),
      onResultKept: (query, isKept) => this.#onResultKept(query, isKept),
    });
    const onTried = (query: RegisteredQuery, arrivedRun: number | undefined) =>
      this.#onUploadTried(query, arrivedRun);
    this.#uploads = new ResultUploads({ ...options, onTried });
    this.#restore();
  }

  connected(caller: Caller): void {
    this.#registrations.connected(caller);
    this.#uploads.connected(caller);
    this.#reports.connected(caller);
  }

  disconnected(sessionId: string): void {
    this.#uploads.disconnected(sessionId);
    this.#reports.disconnected(sessionId);
  }

  /** Keeps a query and runs it at once. One that is kept already goes on as it was. */
  register(frame: RegisterFrame, caller: Caller): void {
    const { queryId, ageMs } = frame;
    const known = this.#queries.get(queryId);
    if (known || this.#arriving.has(queryId) || this.#stop.signal.aborted) {
      if (!frame.command) void refuseStream(frame, caller);
      if (!known) return;
      this.#moveStart(known, ageMs);
      known.isStopped = false;
      this.#schedule(known);
      return this.#registrations.tell('kept', queryId);
    }
    this.#arriving.add(queryId);
    void this.#keep(frame, caller).finally(() => this.#arriving.delete(queryId));
  }

  /** Stops what the gateway no longer has, and asks for what is missing here. */
  list({ isFirst, isLast, queries }: RegisteredListFrame): void {
    if (isFirst) this.#unlisted = new Set(this.#queries.values());
    for (const { queryId, ageMs } of queries) {
      const query = this.#queries.get(queryId);
      if (query) {
        this.#unlisted.delete(query);
        this.#moveStart(query, ageMs);
      } else if (!this.#arriving.has(queryId)) {
        this.#registrations.tell('missing', queryId);
      }
    }
    if (!isLast) return;
    for (const query of this.#unlisted) {
      // What it still has to tell may count: the gateway says when it is over.
      this.#halt(query);
      this.#reports.tell(query);
    }
    this.#unlisted.clear();
  }

  unregister({ queryIds }: UnregisterFrame): void {
    for (const queryId of queryIds) {
      const query = this.#queries.get(queryId);
      if (query) {
        query.waiting = undefined;
        this.#halt(query);
        query.run?.abort(GIVEN_UP);
        this.#forget(query);
      }
      this.#registrations.tell('dropped', queryId);
    }
  }

  runsSeen(frame: RunsSeenFrame): void {
    this.#reports.seen(frame);
  }

  resultSeen(frame: ResultSeenFrame): void {
    this.#uploads.seen(frame);
  }

  /** Stops what runs when the practice wants that; each run that begins asks by itself. */
  askPractice(): void {
    const { cut } = this.#options.control;
    if (cut === undefined) return;
    for (const { run, mayWrite: isWrite } of this.#queries.values()) {
      run?.abort(cutByPractice(cut, !isWrite));
    }
  }

  /** The pairing of an integrator has ended: nothing of its runs any more. The gateway cancels the queries. */
  unpaired(integratorId: string): void {
    for (const query of this.#queries.values()) {
      if (query.integratorId === integratorId) this.#halt(query);
    }
  }

  /** Begins no more runs and ends reads; the queue waits for what may be writing. */
  stop(): void {
    this.#stop.abort();
    this.#due[Symbol.dispose]();
    this.#uploads[Symbol.dispose]();
    for (const { run } of this.#queries.values()) run?.abort(GIVEN_UP);
  }

  /** Settles when all that the runs have changed is durable. */
  flush(): Promise<void> {
    return this.#reports.flush();
  }

  [Symbol.dispose](): void {
    this.#due[Symbol.dispose]();
    this.#uploads[Symbol.dispose]();
    this.#reports[Symbol.dispose]();
  }

  #restore(): void {
    const { journal, now, events } = this.#options;
    for (const summary of journal.summaries()) {
      const query = new RegisteredQuery(summary);
      query.progress = afterCrash(query.progress, now());
      // The gateway has completed it already.
      if (isPast(query, now())) this.#endGrid(query);
      this.#queries.set(query.queryId, query);
      this.#reports.changed(query);
      if (query.waiting) this.#uploads.add(query);
      this.#schedule(query);
    }
    if (this.#queries.size > 0) events.registeredRestored(this.#queries.size);
    events.registeredQueriesAre(this.#queries.size);
  }

  async #keep(frame: RegisterFrame, caller: Caller): Promise<void> {
    const { journal, now, events, commandTransferMs } = this.#options;
    const { queryId, integratorId, frequencyMs, durationMs, executionLimitMs } = frame;
    try {
      const read = (signal: AbortSignal) => caller.readStream(frame.streamId, signal);
      const command =
        frame.command ?? (await receiveCommand(read, commandTransferMs, this.#stop.signal));
      const startAt = now() - frame.ageMs;
      const { catalogue, maxResultBytes } = frame;
      const timing = { startAt, frequencyMs, durationMs, executionLimitMs, maxResultBytes };
      const order = { queryId, integratorId, catalogue, command, ...timing };
      const progress = earlierProgress(frame, now());
      await journal.add(order, mayWrite(command), progress);
      const query = new RegisteredQuery({
        ...order,
        mayWrite: mayWrite(command),
        progress,
        waiting: undefined,
      });
      if (isPast(query, now())) this.#endGrid(query);
      this.#queries.set(queryId, query);
      this.#registrations.tell('kept', queryId);
      events.registeredQueriesAre(this.#queries.size);
      this.#schedule(query);
    } catch (error) {
      // The command went away with the session; the gateway has it and hands it over again.
      const isCut = error instanceof StreamReset || isTransferCut(error);
      if (isCut || this.#stop.signal.aborted) return;
      if (!(error instanceof QueryFailure)) events.journalFailed(error, queryId);
      this.#registrations.tell('notKept', queryId);
    }
  }

  /** The gateway's clock decides how old a query is: a clock that was wrong, or slept, is set right. */
  #moveStart(query: RegisteredQuery, ageMs: number): void {
    const { journal, now, events } = this.#options;
    const startAt = now() - ageMs;
    if (Math.abs(startAt - query.startAt) < START_TOLERANCE_MS) return;
    query.startAt = startAt;
    journal
      .moveStart(query.queryId, startAt)
      .catch((error: unknown) => events.journalFailed(error, query.queryId));
    this.#schedule(query);
  }

  #schedule(query: RegisteredQuery): void {
    const { nextDueAt } = query;
    if (query.isStopped || query.isInHand) return;
    if (nextDueAt !== undefined) this.#due.add(nextDueAt, query);
    else if (query.notedRun < query.progress.runNumber) this.#reports.tell(query);
  }

  #endGrid(query: RegisteredQuery): void {
    query.progress = { ...query.progress, nextIndex: lastIndex(query) + 1 };
  }

  #onDue(query: RegisteredQuery, at: number): void {
    if (query.isStopped || query.isInHand || query.nextDueAt !== at) return;
    if (this.#queries.get(query.queryId) !== query) return;
    query.isInHand = true;
    query.place = this.#options.queue.submit({
      integratorId: query.integratorId,
      run: (signal) => this.#takeTurn(query, signal),
    });
  }

  async #takeTurn(query: RegisteredQuery, signal: AbortSignal): Promise<void> {
    const run = new AbortController();
    const cut = () => run.abort('The link stops.');
    signal.addEventListener('abort', cut, { once: true });
    query.run = run;
    try {
      if (!query.isStopped && !this.#stop.signal.aborted) await this.#run(query, run.signal);
    } finally {
      query.run = undefined;
      query.isInHand = false;
      signal.removeEventListener('abort', cut);
    }
    if (this.#stop.signal.aborted || this.#queries.get(query.queryId) !== query) return;
    if (query.isStopped) this.#reports.tell(query);
    else this.#schedule(query);
  }

  /** Runs that were missed are made up for by one. */
  async #run(query: RegisteredQuery, signal: AbortSignal): Promise<void> {
    const { now, events } = this.#options;
    const index = Math.max(query.progress.nextIndex, indexAt(query, now()));
    const isSafe = !query.mayWrite || (await this.#journalStart(query, index));
    const outcome = isSafe ? await runCommand(query, signal, this.#options) : NOT_JOURNALLED;
    const isForgotten = this.#queries.get(query.queryId) !== query;
    if (outcome.kind === 'stopped' || isForgotten) {
      query.progress = { ...query.progress, startedIndex: undefined };
      if (!isForgotten) this.#reports.changed(query);
      return;
    }
    query.progress = applyOutcome(query.progress, index, outcome, now());
    events.registeredRunEnded(query.queryId, query.progress.runNumber, outcome);
    const keep = outcome.kind === 'succeeded' ? this.#ifChanged(query, outcome) : undefined;
    this.#reports.changed(query, { keep });
  }

  /** A run that may write is in the journal before anything is sent. False when it could not be written there. */
  async #journalStart(query: RegisteredQuery, index: number): Promise<boolean> {
    const { journal, events } = this.#options;
    query.progress = { ...query.progress, startedIndex: index };
    try {
      await journal.saveProgress(query.queryId, query.progress);
      return true;
    } catch (error) {
      events.journalFailed(error, query.queryId);
      return false;
    }
  }

  /** Compared with the result that waits, or else with the one that was uploaded last. */
  #ifChanged(
    query: RegisteredQuery,
    { result }: Extract<RunOutcome, { kind: 'succeeded' }>,
  ): WaitingResult | undefined {
    const { runNumber, uploadedHash } = query.progress;
    const { hash, size } = result;
    if ((query.waiting?.hash ?? uploadedHash) === hash) return undefined;
    query.waiting = { runNumber, hash, size };
    query.isUploadDue = true;
    return { ...result, runNumber };
  }

  #onResultKept(query: RegisteredQuery, isKept: boolean): void {
    if (this.#queries.get(query.queryId) !== query || !query.waiting) return;
    if (isKept) return this.#uploads.add(query);
    // The next run finds it changed again.
    query.waiting = undefined;
    query.isUploadDue = false;
  }

  #onUploadTried(query: RegisteredQuery, arrivedRun: number | undefined): void {
    if (this.#queries.get(query.queryId) !== query) return;
    const isTold = query.notedRun >= query.progress.runNumber;
    if (query.isStopped && !query.waiting && isTold) return this.#forget(query);
    this.#reports.changed(query, { arrivedRun });
  }

  /** The gateway has ended it. A result that still waits is wanted if it has completed. */
  #over(queryId: string): void {
    const query = this.#queries.get(queryId);
    if (!query) return;
    this.#halt(query);
    if (!query.waiting && !query.run) this.#forget(query);
  }

  #halt(query: RegisteredQuery): void {
    query.isStopped = true;
    if (query.place?.leave()) query.isInHand = false;
  }

  #forget(query: RegisteredQuery): void {
    const { journal, events } = this.#options;
    this.#queries.delete(query.queryId);
    this.#reports.forget(query);
    this.#uploads.forget(query);
    events.registeredForgotten(query.queryId);
    events.registeredQueriesAre(this.#queries.size);
    journal
      .erase(query.queryId)
      .catch((error: unknown) => events.journalFailed(error, query.queryId));
  }
}

const NOT_JOURNALLED: RunOutcome = {
  kind: 'failed',
  executionMs: 0,
  error: notJournalled().errorDetails,
};

/** A link that has lost its journal goes on behind the runs that the gateway knows of. */
function earlierProgress(frame: RegisterFrame, now: number): RegisteredProgress {
  const { earlier, ageMs } = frame;
  if (!earlier) return NO_PROGRESS;
  const { lastRunAgoMs, lastHash, ...counts } = earlier;
  const grid = { ...frame, startAt: now - ageMs };
  return {
    ...NO_PROGRESS,
    ...counts,
    nextIndex: indexAt(grid, now - lastRunAgoMs) + 1,
    ...(lastHash !== undefined && { uploadedHash: lastHash }),
  };
}

/** The line was too slow for the command: it comes again. */
function isTransferCut(error: unknown): boolean {
  return error instanceof QueryFailure && error.errorDetails.errorCode === 502;
}

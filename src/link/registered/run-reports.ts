import {
  MAX_IDS_IN_FRAME,
  type RunReport,
  type RunsSeenFrame,
} from '../../protocol/registered-frames.ts';
import type { LinkEvents } from '../events.ts';
import type { Caller } from '../execution/caller.ts';
import type { RegisteredJournal, WaitingResult } from '../journal/registered-journal.ts';
import type { RegisteredQuery } from './registered-query.ts';

export interface RunReportsOptions {
  readonly journal: RegisteredJournal;
  readonly now: () => number;
  readonly events: LinkEvents;
  /** The gateway says that a query has ended. */
  readonly onOver: (queryId: string) => void;
  /** A changed result is in the journal, or could not be kept there. */
  readonly onResultKept: (query: RegisteredQuery, isKept: boolean) => void;
}

/** What is to be written of one query. */
interface Unsaved {
  readonly keep?: WaitingResult | undefined;
  /** The results up to this run have arrived. */
  readonly arrivedRun?: number | undefined;
}

/** Runs that end within this time share a commit of the journal and a frame. */
const SAVE_AFTER_MS = 200;
const MAX_REPORTS_BYTES = 48 * 1024;
const ANSWER_LIMIT_MS = 30_000;

/**
 * Makes the progress of queries durable and reports it, in this order: what the gateway has noted is never forgotten
 * here. One frame is on its way at a time; the gateway sets the pace.
 */
export class RunReports implements Disposable {
  readonly #options: RunReportsOptions;
  readonly #unsaved = new Map<RegisteredQuery, Unsaved>();
  readonly #unreported = new Set<RegisteredQuery>();
  #inHand = new Map<string, { readonly query: RegisteredQuery; readonly report: RunReport }>();
  #caller: Caller | undefined;
  #saveTimer: NodeJS.Timeout | undefined;
  #answerTimer: NodeJS.Timeout | undefined;
  #saving: Promise<void> | undefined;

  constructor(options: RunReportsOptions) {
    this.#options = options;
  }

  connected(caller: Caller): void {
    this.#caller = caller;
    this.#sendAgain();
  }

  disconnected(sessionId: string): void {
    if (this.#caller?.sessionId === sessionId) this.#caller = undefined;
  }

  /** The query has progressed, perhaps with a changed result, or with one that has arrived. */
  changed(query: RegisteredQuery, what: Unsaved = {}): void {
    const { keep, arrivedRun } = this.#unsaved.get(query) ?? {};
    this.#unsaved.set(query, {
      keep: what.keep ?? keep,
      arrivedRun: what.arrivedRun ?? arrivedRun,
    });
    this.#saveTimer ??= setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  /** Tells how a query stands although it has not progressed. */
  tell(query: RegisteredQuery): void {
    this.#unreported.add(query);
    this.#send();
  }

  forget(query: RegisteredQuery): void {
    this.#unsaved.delete(query);
    this.#unreported.delete(query);
  }

  seen({ seen }: RunsSeenFrame): void {
    const { onOver } = this.#options;
    for (const { queryId, runNumber, verdict } of seen) {
      const sent = this.#inHand.get(queryId);
      if (sent?.report.runNumber === runNumber) {
        sent.query.notedRun = runNumber;
        const { isLast } = sent.query.report(0);
        const isLatest = sent.query.progress.runNumber === runNumber;
        if (isLatest && isLast === sent.report.isLast) this.#unreported.delete(sent.query);
      }
      if (verdict === 'over') onOver(queryId);
    }
    this.#sendAgain();
  }

  /** Settles when all progress so far is durable. */
  async flush(): Promise<void> {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    while (this.#saving) await this.#saving;
    this.#saving = this.#save();
    await this.#saving;
    this.#saving = undefined;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#answerTimer);
  }

  async #save(): Promise<void> {
    while (this.#unsaved.size > 0) {
      const batch = [...this.#unsaved].slice(0, MAX_IDS_IN_FRAME);
      for (const [query] of batch) this.#unsaved.delete(query);
      await Promise.all(batch.map(([query, unsaved]) => this.#saveOne(query, unsaved)));
      this.#send();
    }
  }

  /** What is written in one turn of the event loop shares a commit. */
  async #saveOne(query: RegisteredQuery, { keep, arrivedRun }: Unsaved): Promise<void> {
    const { journal, events, onResultKept } = this.#options;
    const { queryId, progress } = query;
    const writes = [journal.saveProgress(queryId, progress)];
    if (arrivedRun !== undefined) writes.push(journal.eraseResult(queryId, arrivedRun));
    if (keep) writes.push(journal.keepResult(queryId, keep));
    const failures = (await Promise.allSettled(writes)).filter(
      (each) => each.status === 'rejected',
    );
    if (failures[0]) events.journalFailed(failures[0].reason, queryId);
    if (keep) onResultKept(query, failures.length === 0);
    // It is told all the same: who reads the metrics should see that the query runs.
    this.#unreported.add(query);
  }

  #sendAgain(): void {
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
    this.#inHand = new Map();
    this.#send();
  }

  #send(): void {
    if (!this.#caller || this.#inHand.size > 0) return;
    const now = this.#options.now();
    let bytes = 0;
    for (const query of this.#unreported) {
      if (query.isUploadDue) continue;
      const report = query.report(now);
      bytes += Buffer.byteLength(JSON.stringify(report)) + 1;
      if (this.#inHand.size > 0 && bytes > MAX_REPORTS_BYTES) break;
      this.#inHand.set(query.queryId, { query, report });
      if (this.#inHand.size === MAX_IDS_IN_FRAME) break;
    }
    if (this.#inHand.size === 0) return;
    const reports = [...this.#inHand.values()].map(({ report }) => report);
    this.#caller.send({ type: 'runReports', reports });
    this.#answerTimer = setTimeout(() => this.#sendAgain(), ANSWER_LIMIT_MS).unref();
  }
}

import { type BackoffOptions, fullJitterDelayMs } from '../../lib/backoff.ts';
import { Deadline } from '../../lib/deadline.ts';
import { type Deferred, deferred } from '../../lib/deferred.ts';
import { orAborted, pause } from '../../lib/waiting.ts';
import type { ResultSeenFrame } from '../../protocol/registered-frames.ts';
import { type UploadClient, uploadUrl } from '../async/upload-client.ts';
import type { LinkEvents } from '../events.ts';
import type { Caller } from '../execution/caller.ts';
import type { RegisteredJournal, WaitingResult } from '../journal/registered-journal.ts';
import type { RegisteredQuery } from './registered-query.ts';

export interface ResultUploadsOptions {
  readonly journal: RegisteredJournal;
  readonly client: UploadClient;
  readonly events: LinkEvents;
  readonly random: () => number;
  readonly retry: BackoffOptions;
  /** An upload was tried, whatever came of it. */
  readonly onTried: (query: RegisteredQuery) => void;
}

const CONCURRENCY = 2;
const ANSWER_LIMIT_MS = 30_000;

type End = 'stored' | 'unwanted' | 'failed' | 'noSession';

/** Brings changed results to the gateway, a few at a time, and again until it has them. */
export class ResultUploads implements Disposable {
  readonly #options: ResultUploadsOptions;
  readonly #queue = new Set<RegisteredQuery>();
  readonly #inHand = new Set<RegisteredQuery>();
  readonly #failures = new Map<RegisteredQuery, number>();
  readonly #answers = new Map<string, Deferred<ResultSeenFrame>>();
  readonly #stop = new AbortController();
  #caller: Caller | undefined;
  #session = new AbortController();

  constructor(options: ResultUploadsOptions) {
    this.#options = options;
  }

  connected(caller: Caller): void {
    this.#session.abort();
    this.#session = new AbortController();
    this.#caller = caller;
    this.#dispatch();
  }

  disconnected(sessionId: string): void {
    if (this.#caller?.sessionId !== sessionId) return;
    this.#caller = undefined;
    this.#session.abort();
  }

  /** A result waits in the journal. */
  add(query: RegisteredQuery): void {
    this.#queue.add(query);
    this.#dispatch();
  }

  forget(query: RegisteredQuery): void {
    this.#queue.delete(query);
    this.#failures.delete(query);
  }

  seen(frame: ResultSeenFrame): void {
    this.#answers.get(`${frame.queryId}/${frame.runNumber}`)?.resolve(frame);
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#session.abort();
  }

  #dispatch(): void {
    for (const query of this.#queue) {
      const isFull = this.#inHand.size >= CONCURRENCY;
      if (!this.#caller || isFull || this.#stop.signal.aborted) return;
      if (this.#inHand.has(query)) continue;
      this.#queue.delete(query);
      this.#inHand.add(query);
      void this.#carryOut(query, this.#caller).finally(() => {
        this.#inHand.delete(query);
        this.#dispatch();
      });
    }
  }

  async #carryOut(query: RegisteredQuery, caller: Caller): Promise<void> {
    const { journal, events } = this.#options;
    try {
      const result = journal.result(query.queryId);
      if (!result) return this.#settle(query, undefined);
      const end = await this.#upload(query, result, caller);
      if (end === 'noSession') return void this.#queue.add(query);
      if (end === 'failed') return this.#tryLater(query);
      this.#failures.delete(query);
      if (end === 'stored') {
        query.progress = { ...query.progress, uploadedHash: result.hash };
      }
      await journal
        .eraseResult(query.queryId, result.runNumber)
        .catch((error: unknown) => events.journalFailed(error, query.queryId));
      this.#settle(query, result);
    } catch (error) {
      events.unexpected('upload of a result', error, query.queryId);
      this.#tryLater(query);
    }
  }

  /** A newer result may have come while this one was on its way. */
  #settle(query: RegisteredQuery, result: WaitingResult | undefined): void {
    if (result && query.waiting && query.waiting.runNumber > result.runNumber) {
      return this.add(query);
    }
    query.waiting = undefined;
    query.isUploadDue = false;
    this.#options.onTried(query);
  }

  #tryLater(query: RegisteredQuery): void {
    const failures = (this.#failures.get(query) ?? 0) + 1;
    this.#failures.set(query, failures);
    query.isUploadDue = false;
    this.#options.onTried(query);
    const { retry, random, events } = this.#options;
    const delayMs = fullJitterDelayMs(failures, retry, random);
    events.registeredResultRetried(query.queryId, delayMs);
    void this.#addAfter(delayMs, query);
  }

  async #addAfter(delayMs: number, query: RegisteredQuery): Promise<void> {
    const isTime = await pause(delayMs, this.#stop.signal);
    if (isTime && this.#failures.has(query)) this.add(query);
  }

  async #upload(query: RegisteredQuery, result: WaitingResult, caller: Caller): Promise<End> {
    const { signal } = this.#session;
    const bytes = Buffer.from(result.body);
    try {
      const answer = await this.#offer(query.queryId, result, bytes.length, caller);
      if (answer.verdict === 'cached') return 'stored';
      if (answer.verdict === 'over' || !answer.upload) return 'unwanted';
      const { url, headers } = answer.upload;
      const target = uploadUrl(caller.gatewayUrl, url);
      const status = await this.#options.client.put(target, headers, bytes, signal);
      return status >= 200 && status < 300 ? 'stored' : 'failed';
    } catch {
      return signal.aborted ? 'noSession' : 'failed';
    }
  }

  async #offer(
    queryId: string,
    { runNumber, hash, sha256, rows, parameters }: WaitingResult,
    size: number,
    caller: Caller,
  ): Promise<ResultSeenFrame> {
    const key = `${queryId}/${runNumber}`;
    const answer = deferred<ResultSeenFrame>();
    this.#answers.set(key, answer);
    using deadline = new Deadline(ANSWER_LIMIT_MS, this.#session.signal);
    try {
      caller.send({
        type: 'resultChanged',
        queryId,
        runNumber,
        hash,
        sha256,
        size,
        rows,
        ...(parameters && { parameters: [...parameters] }),
      });
      return await orAborted(answer.promise, deadline.signal);
    } finally {
      this.#answers.delete(key);
    }
  }
}

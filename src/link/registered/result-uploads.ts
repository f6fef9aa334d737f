import { type BackoffOptions, fullJitterDelayMs } from '../../lib/backoff.ts';
import { Deadline } from '../../lib/deadline.ts';
import { type Deferred, deferred } from '../../lib/deferred.ts';
import { orAborted, pause } from '../../lib/waiting.ts';
import { MAX_INLINE_BYTES } from '../../protocol/codec.ts';
import type { ResultChangedFrame, ResultSeenFrame } from '../../protocol/registered-frames.ts';
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
  /** An upload was tried, whatever came of it; with the run of a result that need not be kept any longer. */
  readonly onTried: (query: RegisteredQuery, arrivedRun: number | undefined) => void;
}

/** A result below this rides in its offer; JSON in JSON may grow to twice its size. */
const MAX_OFFERED_BYTES = 24 * 1024;
const MAX_SMALL_IN_HAND = 200;
const MAX_LARGE_IN_HAND = 2;
const ANSWER_LIMIT_MS = 30_000;

type Size = 'small' | 'large';
const SIZES: readonly Size[] = ['small', 'large'];

type End = 'stored' | 'unwanted' | 'failed' | 'noSession';

/** Brings changed results to the gateway, a few at a time, and again until it has them. */
export class ResultUploads implements Disposable {
  readonly #options: ResultUploadsOptions;
  readonly #queues = { small: new Set<RegisteredQuery>(), large: new Set<RegisteredQuery>() };
  readonly #inHand = { small: new Set<RegisteredQuery>(), large: new Set<RegisteredQuery>() };
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
    this.#enqueue(query);
    this.#dispatch();
  }

  forget(query: RegisteredQuery): void {
    for (const size of SIZES) this.#queues[size].delete(query);
    this.#failures.delete(query);
  }

  seen(frame: ResultSeenFrame): void {
    this.#answers.get(`${frame.queryId}/${frame.runNumber}`)?.resolve(frame);
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#session.abort();
  }

  #enqueue(query: RegisteredQuery): void {
    const isSmall = (query.waiting?.size ?? 0) <= MAX_OFFERED_BYTES;
    this.#queues[isSmall ? 'small' : 'large'].add(query);
  }

  #dispatch(): void {
    this.#take('small', MAX_SMALL_IN_HAND);
    this.#take('large', MAX_LARGE_IN_HAND);
  }

  #take(size: Size, max: number): void {
    const [queue, inHand] = [this.#queues[size], this.#inHand[size]];
    for (const query of queue) {
      if (!this.#caller || inHand.size >= max || this.#stop.signal.aborted) return;
      // One after the other, so that an older result never follows a newer one.
      if (SIZES.some((each) => this.#inHand[each].has(query))) continue;
      queue.delete(query);
      inHand.add(query);
      void this.#carryOut(query, this.#caller).finally(() => {
        inHand.delete(query);
        this.#dispatch();
      });
    }
  }

  async #carryOut(query: RegisteredQuery, caller: Caller): Promise<void> {
    const { journal, events } = this.#options;
    try {
      const result = journal.result(query.queryId);
      // It has arrived already, and the next one is not kept yet: whoever keeps it adds it.
      if (!result) return;
      const end = await this.#upload(query, result, caller);
      if (end === 'noSession') return this.#enqueue(query);
      if (end === 'failed') return this.#tryLater(query);
      this.#failures.delete(query);
      if (end === 'stored') {
        query.progress = { ...query.progress, uploadedHash: result.hash };
      }
      this.#settle(query, result);
    } catch (error) {
      events.unexpected('upload of a result', error, query.queryId);
      this.#tryLater(query);
    }
  }

  /** A newer result may have come while this one was on its way. */
  #settle(query: RegisteredQuery, result: WaitingResult): void {
    const isNewer = query.waiting && query.waiting.runNumber > result.runNumber;
    if (!isNewer) {
      query.waiting = undefined;
      query.isUploadDue = false;
    }
    this.#options.onTried(query, result.runNumber);
  }

  #tryLater(query: RegisteredQuery): void {
    const failures = (this.#failures.get(query) ?? 0) + 1;
    this.#failures.set(query, failures);
    query.isUploadDue = false;
    this.#options.onTried(query, undefined);
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
    try {
      const answer = await this.#offer(query.queryId, result, caller);
      if (answer.verdict === 'cached') return 'stored';
      if (answer.verdict === 'over' || !answer.upload) return 'unwanted';
      const { url, headers } = answer.upload;
      const bytes = Buffer.from(result.body);
      const target = uploadUrl(caller.gatewayUrl, url);
      const status = await this.#options.client.put(target, headers, bytes, signal);
      return status >= 200 && status < 300 ? 'stored' : 'failed';
    } catch {
      return signal.aborted ? 'noSession' : 'failed';
    }
  }

  async #offer(
    queryId: string,
    { parameters, body, ...result }: WaitingResult,
    caller: Caller,
  ): Promise<ResultSeenFrame> {
    const key = `${queryId}/${result.runNumber}`;
    const answer = deferred<ResultSeenFrame>();
    this.#answers.set(key, answer);
    using deadline = new Deadline(ANSWER_LIMIT_MS, this.#session.signal);
    try {
      const offer: ResultChangedFrame = {
        type: 'resultChanged',
        queryId,
        ...result,
        ...(parameters && { parameters: [...parameters] }),
      };
      const whole = { ...offer, body };
      const isInline =
        result.size <= MAX_OFFERED_BYTES &&
        Buffer.byteLength(JSON.stringify(whole)) <= MAX_INLINE_BYTES;
      caller.send(isInline ? whole : offer);
      return await orAborted(answer.promise, deadline.signal);
    } finally {
      this.#answers.delete(key);
    }
  }
}

import { createHash } from 'node:crypto';
import { type BackoffOptions, fullJitterDelayMs } from '../../lib/backoff.ts';
import { Deadline } from '../../lib/deadline.ts';
import { type Deferred, deferred } from '../../lib/deferred.ts';
import { orAborted, pause } from '../../lib/waiting.ts';
import type { PageCutFrame } from '../../protocol/async-frames.ts';
import type { PageMemory, ResultPage } from '../../sql/page-writer.ts';
import type { LinkEvents } from '../events.ts';
import { QueryFailure } from '../execution/query-failure.ts';
import { ByteBudget } from './byte-budget.ts';
import type { GatewayLine, PageAnswer } from './gateway-line.ts';
import { type UploadClient, uploadUrl } from './upload-client.ts';

/** Pages of one query that are held at one time, whatever their size is; a larger page is held alone. */
const QUERY_BYTES = 4 * 1024 * 1024;

const UPLOADS_AT_ONCE = 2;

/** What the uploads of all queries share. */
export interface UploadTools {
  readonly line: GatewayLine;
  readonly client: UploadClient;
  /** Room for the pages of all queries. */
  readonly budget: ByteBudget;
  /** Where the bytes of pages go back to. */
  readonly buffers: PageMemory;
  /** Longest time without any page arriving. */
  readonly patienceMs: number;
  readonly retry: BackoffOptions;
  readonly random: () => number;
  readonly events: LinkEvents;
}

interface Page {
  readonly frame: PageCutFrame;
  readonly cutAt: number;
  readonly bytes: Uint8Array;
}

/** The gateway has no use for the pages any more. */
export class PagesUnwanted extends Error {
  override readonly name = 'PagesUnwanted';
}

/** Brings the pages of one attempt to where the gateway wants them, a few at a time, while more are being cut. */
export class PageUploads implements Disposable {
  readonly #attempt: Pick<PageCutFrame, 'queryId' | 'attempt'>;
  readonly #tools: UploadTools;
  readonly #stop = new AbortController();
  readonly #unwanted: AbortSignal;
  readonly #onFailure: (failure: QueryFailure | PagesUnwanted) => void;
  readonly #ownBudget = new ByteBudget(QUERY_BYTES);
  readonly #waiting: Page[] = [];
  #uploading = 0;
  #idle: Deferred<void> | undefined;
  #lastSuccessAt = 0;
  /** Of the last refusal. */
  #lastStatus: number | undefined;
  #pages = 0;
  #rows = 0;

  /**
   * @param unwanted aborts when the pages need not go anywhere: what is held is let go
   * @param onFailure called when the pages cannot be brought to the gateway, or are not wanted there
   */
  constructor(
    attempt: Pick<PageCutFrame, 'queryId' | 'attempt'>,
    tools: UploadTools,
    unwanted: AbortSignal,
    onFailure: (failure: QueryFailure | PagesUnwanted) => void,
  ) {
    this.#attempt = attempt;
    this.#tools = tools;
    this.#unwanted = unwanted;
    this.#onFailure = onFailure;
    if (unwanted.aborted) this.#stop.abort();
    else unwanted.addEventListener('abort', this.#abort, { once: true });
  }

  /** Pages cut so far. */
  get pages(): number {
    return this.#pages;
  }

  /** Takes a page over, once there is room to hold it. @throws the signal's reason */
  async add({ bytes, rows }: ResultPage): Promise<void> {
    await this.#ownBudget.take(bytes.length, this.#signal);
    try {
      await this.#tools.budget.take(bytes.length, this.#signal);
    } catch (error) {
      this.#ownBudget.give(bytes.length);
      throw error;
    }
    this.#pages += 1;
    const frame: PageCutFrame = {
      type: 'pageCut',
      ...this.#attempt,
      pageNumber: this.#pages,
      size: bytes.length,
      rows,
      rangeStart: this.#rows,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
    this.#rows += rows;
    this.#waiting.push({ frame, bytes, cutAt: performance.now() });
    this.#begin();
  }

  /** Settles when every page has arrived. @throws the signal's reason */
  async finish(): Promise<void> {
    while (this.#uploading > 0) {
      this.#idle ??= deferred();
      await orAborted(this.#idle.promise, this.#signal);
    }
    this.#signal.throwIfAborted();
  }

  /** Lets go what is held. */
  [Symbol.dispose](): void {
    this.#unwanted.removeEventListener('abort', this.#abort);
    this.#stop.abort();
  }

  readonly #abort = (): void => this.#stop.abort();

  get #signal(): AbortSignal {
    return this.#stop.signal;
  }

  #begin(): void {
    while (this.#uploading < UPLOADS_AT_ONCE) {
      const page = this.#waiting.shift();
      if (!page) break;
      this.#uploading += 1;
      void this.#carry(page);
    }
    if (this.#uploading > 0) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }

  async #carry(page: Page): Promise<void> {
    try {
      if (!this.#signal.aborted) await this.#upload(page);
    } catch (error) {
      if (!this.#signal.aborted) this.#onFailure(this.#toFailure(error));
    } finally {
      this.#ownBudget.give(page.bytes.length);
      this.#tools.budget.give(page.bytes.length);
      this.#tools.buffers.give(page.bytes);
      this.#uploading -= 1;
      this.#begin();
    }
  }

  #toFailure(error: unknown): QueryFailure | PagesUnwanted {
    if (error instanceof QueryFailure || error instanceof PagesUnwanted) return error;
    this.#tools.events.unexpected('upload', error, this.#attempt.queryId);
    return this.#givenUp();
  }

  async #upload(page: Page): Promise<void> {
    const { events, retry, random } = this.#tools;
    const { queryId, pageNumber } = page.frame;
    for (let tries = 0; this.#leftMs(page) > 0; tries += 1) {
      const answer = await this.#ask(page);
      if (!answer) continue;
      if (answer.frame.verdict === 'over') throw new PagesUnwanted();
      const startedAt = performance.now();
      const status = answer.frame.verdict === 'cached' ? 200 : await this.#put(page, answer);
      const durationMs = Math.round(performance.now() - startedAt);
      if (status !== undefined && status >= 200 && status < 300) {
        this.#lastSuccessAt = performance.now();
        return events.pageUploaded(queryId, pageNumber, page.bytes.length, durationMs);
      }
      this.#lastStatus = status ?? this.#lastStatus;
      const delayMs = Math.min(fullJitterDelayMs(tries, retry, random), this.#leftMs(page));
      events.uploadRetried(queryId, pageNumber, status, delayMs);
      await pause(delayMs, this.#signal);
      this.#signal.throwIfAborted();
    }
    throw this.#givenUp();
  }

  /** Nobody's answer is waited for longer than the patience lasts. */
  async #ask(page: Page): Promise<PageAnswer | undefined> {
    using deadline = new Deadline(this.#leftMs(page), this.#signal);
    const { signal } = deadline;
    try {
      return await orAborted(this.#tools.line.cutPage(page.frame, signal), signal);
    } catch (error) {
      if (this.#signal.aborted) throw error;
      return undefined;
    }
  }

  /** @returns the status of the answer, or nothing when there was none */
  async #put({ bytes }: Page, { frame, gatewayUrl }: PageAnswer): Promise<number | undefined> {
    const { upload } = frame;
    if (!upload) return undefined;
    try {
      const url = uploadUrl(gatewayUrl, upload.url);
      return await this.#tools.client.put(url, upload.headers, bytes, this.#signal);
    } catch {
      // The network, or an address that is none: either way the next try gets a new one.
      this.#signal.throwIfAborted();
      return undefined;
    }
  }

  /** What is left of the patience with this page. */
  #leftMs({ cutAt }: Page): number {
    const since = Math.max(cutAt, this.#lastSuccessAt);
    return Math.max(0, since + this.#tools.patienceMs - performance.now());
  }

  #givenUp(): QueryFailure {
    const status = this.#lastStatus;
    const why = status === undefined ? 'the transfer was cut' : `HTTP ${status}`;
    const seconds = this.#tools.patienceMs / 1000;
    return new QueryFailure('failed', {
      errorType: 'http',
      errorCode: status ?? 502,
      errorMessage: `No page could be uploaded for ${seconds} seconds (${why}).`,
    });
  }
}

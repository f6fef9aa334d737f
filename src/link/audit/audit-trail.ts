import { type Deferred, deferred } from '../../lib/deferred.ts';
import type { Signer } from './audit-head.ts';
import type { AuditRecord } from './audit-record.ts';
import { ChainFile } from './chain-file.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_BATCH = 1_000;

/** For so long an entry that nobody waits for waits for one that it can be written with. */
const COMPANY_MS = 25;

/** Before what could not be written is tried again without anybody asking. */
const RETRY_MS = 1_000;

/** Under load the head is at most so far behind the entries. */
const HEAD_INTERVAL_MS = 100;

export interface AuditTrailOptions {
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Called when entries could not be written, once until they can be again. */
  readonly onFailed: (error: unknown) => void;
  readonly onRecovered: () => void;
  readonly maxFileBytes?: number;
  readonly retryMs?: number;
}

interface Waiting {
  readonly record: AuditRecord;
  readonly written: Deferred<number>;
  /** Written in its turn however long that takes; otherwise a failure is told. */
  readonly isKept: boolean;
}

/**
 * The practice's own record of what was asked of its database. Entries that come while others are being written share
 * the next write; what has happened is written with what is to happen next.
 */
export class AuditTrail implements AsyncDisposable {
  readonly #options: AuditTrailOptions;
  #signer: Signer | undefined;
  #chain: ChainFile | undefined;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #company: NodeJS.Timeout | undefined;
  /** Whether what waits is written although nobody asks for it. */
  #isDue = false;
  #headAt = 0;
  #hasFailed = false;
  #isClosed = false;

  constructor(options: AuditTrailOptions) {
    this.#options = options;
  }

  /** Signs the end of the trail from now on with the site's identity. Before the first of it nothing is written. */
  signAs(signer: Signer): void {
    this.#signer = signer;
    this.#flushAll();
  }

  /** @returns the entry's number once it is durable. @throws when it is not */
  append(record: AuditRecord): Promise<number> {
    return this.#add(record, false);
  }

  /** Writes a record soon, or as soon as that can be done: what has happened must not be lost to a full disk. */
  keep(record: AuditRecord): void {
    this.#add(record, true).catch(() => {});
  }

  /** Waits for what is on its way; what cannot be written is given up. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#flushAll();
    while (this.#flushing) await this.#flushing;
    this.#isClosed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#company);
    this.#refuse(this.#waiting.splice(0), new Error('The audit trail is closed.'));
    await this.#chain?.close();
  }

  #add(record: AuditRecord, isKept: boolean): Promise<number> {
    if (this.#isClosed) return Promise.reject(new Error('The audit trail is closed.'));
    const waiting: Waiting = { record, written: deferred(), isKept };
    this.#waiting.push(waiting);
    if (isKept) this.#company ??= setTimeout(() => this.#flushAll(), COMPANY_MS).unref();
    else void this.#flush();
    return waiting.written.promise;
  }

  #flushAll(): void {
    this.#isDue = true;
    void this.#flush();
  }

  /** Never rejects. */
  #flush(): Promise<void> {
    if (!this.#signer) return Promise.resolve();
    this.#flushing ??= this.#writeWaiting();
    return this.#flushing;
  }

  async #writeWaiting(): Promise<void> {
    // Whatever is added in the same turn of the event loop goes with it.
    await Promise.resolve();
    await this.#writeBatches();
    // In the same turn in which nothing was left: what is added later begins anew.
    this.#flushing = undefined;
    this.#isDue &&= this.#waiting.length > 0;
    if (this.#hasWork && !this.#hasFailed) void this.#flush();
  }

  get #hasWork(): boolean {
    return this.#waiting.some(({ isKept }) => !isKept) || (this.#isDue && this.#waiting.length > 0);
  }

  async #writeBatches(): Promise<void> {
    while (this.#hasWork) {
      const batch = this.#takeBatch();
      try {
        this.#chain ??= await ChainFile.open({
          ...this.#options,
          maxFileBytes: this.#options.maxFileBytes ?? MAX_FILE_BYTES,
          signer: () => this.#signer as Signer,
          onHeadFailed: this.#options.onFailed,
        });
        const sequences = await this.#chain.write(batch.map(({ record }) => record));
        this.#succeeded(batch, sequences);
        await this.#writeHead(this.#chain);
      } catch (error) {
        return await this.#failed(batch, error);
      }
    }
  }

  #succeeded(batch: readonly Waiting[], sequences: readonly number[]): void {
    for (const [index, { written }] of batch.entries()) written.resolve(sequences[index] ?? 0);
    if (this.#hasFailed) this.#options.onRecovered();
    this.#hasFailed = false;
  }

  /** The head covers what is before it: where one batch follows another, not every one needs a signature. */
  async #writeHead(chain: ChainFile): Promise<void> {
    const now = performance.now();
    if (this.#hasWork && now - this.#headAt < HEAD_INTERVAL_MS) return;
    this.#headAt = now;
    await chain.writeHead();
  }

  #takeBatch(): Waiting[] {
    const batch = this.#waiting.splice(0, MAX_BATCH);
    if (this.#waiting.length === 0) {
      clearTimeout(this.#company);
      this.#company = undefined;
      this.#isDue = false;
    }
    return batch;
  }

  /** The files are opened anew with the next attempt, which looks at how they have been left. */
  async #failed(batch: readonly Waiting[], error: unknown): Promise<void> {
    const all = [...batch, ...this.#waiting];
    this.#waiting = all.filter(({ isKept }) => isKept);
    this.#refuse(
      all.filter(({ isKept }) => !isKept),
      error,
    );
    const chain = this.#chain;
    this.#chain = undefined;
    await chain?.close().catch(() => {});
    if (!this.#hasFailed) this.#options.onFailed(error);
    this.#hasFailed = true;
    clearTimeout(this.#retry);
    const { retryMs = RETRY_MS } = this.#options;
    this.#retry = setTimeout(() => this.#flushAll(), retryMs).unref();
  }

  #refuse(waiting: readonly Waiting[], error: unknown): void {
    for (const { written } of waiting) {
      written.promise.catch(() => {});
      written.reject(error);
    }
  }
}

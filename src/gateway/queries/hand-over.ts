import type { SiteSession } from '../sessions/index.ts';
import type { AsyncStore } from './async-store.ts';

/** Queries that a site has been sent and has not answered. More wait in the store. */
const MAX_UNANSWERED = 16;

/** A query that was sent and not answered for so long is sent again: the site may have failed to answer. */
const SEND_AGAIN_AFTER_MS = 15_000;

export interface HandOverOptions {
  readonly store: AsyncStore;
  readonly session: SiteSession;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly executionLimitMs: number;
  readonly pageBytes: number;
  readonly onFailed: (error: unknown) => void;
}

/** Hands the queries of one site to its session, oldest first, a few at a time. */
export class HandOver {
  readonly #options: HandOverOptions;
  readonly #sentAt = new Map<string, number>();
  #isRunning = false;
  #isWanted = false;

  constructor(options: HandOverOptions) {
    this.#options = options;
  }

  /** Looks for queries that wait. Never rejects; called while it runs, it looks once more afterwards. */
  async wake(): Promise<void> {
    this.#isWanted = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#isWanted && !this.#options.session.ended.aborted) {
        this.#isWanted = false;
        await this.#sendWaiting();
      }
    } catch (error) {
      this.#options.onFailed(error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** The site has answered. */
  answered(queryId: string): void {
    if (this.#sentAt.delete(queryId)) void this.wake();
  }

  /** Sends one query, also again. */
  async send(queryId: string): Promise<void> {
    const { store, session, executionLimitMs, pageBytes } = this.#options;
    const row = await store.findForHandOver(session.siteId, queryId);
    if (!row?.command || session.ended.aborted) return;
    this.#sentAt.set(queryId, performance.now());
    await session.sendCommand(
      {
        type: 'enqueue',
        queryId,
        integratorId: row.integrator_id,
        expiresInMs: Math.max(0, row.expires_at - this.#options.now()),
        executionLimitMs,
        pageBytes,
        ...(row.catalogue !== null && { catalogue: row.catalogue }),
      },
      row.command,
    );
  }

  async #sendWaiting(): Promise<void> {
    const { store, session } = this.#options;
    const waiting = await store.findWaiting(session.siteId, MAX_UNANSWERED);
    const isWaiting = new Set(waiting);
    for (const [queryId, sentAt] of this.#sentAt) {
      const isLate = performance.now() - sentAt > SEND_AGAIN_AFTER_MS;
      if (isLate || !isWaiting.has(queryId)) this.#sentAt.delete(queryId);
    }
    for (const queryId of waiting) {
      if (!this.#sentAt.has(queryId)) await this.send(queryId);
    }
  }
}

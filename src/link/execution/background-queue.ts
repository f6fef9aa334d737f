import { Deadline } from '../../lib/deadline.ts';
import { orAborted } from '../../lib/waiting.ts';

/** A piece of work that waits for its turn: an async query, or one run of a registered query. */
export interface BackgroundWork {
  /** Whose turn it takes. */
  readonly integratorId: string;
  /**
   * Takes the turn; the turn ends when the promise settles. The signal aborts when the link can wait no longer. What
   * is thrown goes to `onError` of the queue.
   */
  run(signal: AbortSignal): Promise<void>;
}

/** The place of a piece of work in the queue. */
export interface QueuePlace {
  /** Leaves the queue. @returns false when the turn has come already */
  leave(): boolean;
}

export interface BackgroundQueueOptions {
  /** Turns at one time: the database connections that background work may have. */
  readonly concurrency: number;
  readonly onError: (error: unknown) => void;
}

interface Lane {
  /** Work whose turn came and could not be used. */
  readonly returned: Set<BackgroundWork>;
  readonly fresh: Set<BackgroundWork>;
}

/**
 * All that runs behind immediate queries. Integrators take turns, one piece of work each, so that a thousand of one
 * never hold up a single one of another; within an integrator first come, first served.
 */
export class BackgroundQueue {
  readonly #concurrency: number;
  readonly #onError: (error: unknown) => void;
  /** Integrators with waiting work; whose turn it is next comes first. */
  readonly #lanes = new Map<string, Lane>();
  readonly #inHand = new Set<Promise<void>>();
  readonly #cut = new AbortController();
  #isStopping = false;

  constructor({ concurrency, onError }: BackgroundQueueOptions) {
    this.#concurrency = concurrency;
    this.#onError = onError;
  }

  /**
   * Puts work in the queue. `again` puts it before all fresh work of its integrator: its turn had come, and it could
   * not use it.
   */
  submit(work: BackgroundWork, again = false): QueuePlace {
    const lane = this.#lanes.get(work.integratorId) ?? { returned: new Set(), fresh: new Set() };
    const waiting = again ? lane.returned : lane.fresh;
    waiting.add(work);
    this.#lanes.set(work.integratorId, lane);
    this.#dispatch();
    return { leave: () => waiting.delete(work) };
  }

  /** Begins no more turns, waits for those in hand, and cuts them short at the deadline, which may take half as long again. */
  async stop(deadlineMs: number): Promise<void> {
    this.#isStopping = true;
    const done = Promise.all(this.#inHand);
    if (await endsWithin(done, deadlineMs)) return;
    this.#cut.abort();
    await endsWithin(done, deadlineMs / 2);
  }

  #dispatch(): void {
    while (!this.#isStopping && this.#inHand.size < this.#concurrency) {
      const work = this.#next();
      if (!work) return;
      const turn: Promise<void> = this.#take(work).finally(() => {
        this.#inHand.delete(turn);
        this.#dispatch();
      });
      this.#inHand.add(turn);
    }
  }

  async #take(work: BackgroundWork): Promise<void> {
    try {
      await work.run(this.#cut.signal);
    } catch (error) {
      this.#onError(error);
    }
  }

  #next(): BackgroundWork | undefined {
    for (const [integratorId, lane] of this.#lanes) {
      this.#lanes.delete(integratorId);
      const waiting = lane.returned.size > 0 ? lane.returned : lane.fresh;
      const [work] = waiting;
      if (!work) continue;
      waiting.delete(work);
      // Behind all others: everybody's turn comes before this one's next.
      if (lane.returned.size + lane.fresh.size > 0) this.#lanes.set(integratorId, lane);
      return work;
    }
    return undefined;
  }
}

async function endsWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  using deadline = new Deadline(ms);
  return await orAborted(work, deadline.signal).then(
    () => true,
    () => false,
  );
}

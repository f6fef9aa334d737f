import { Deadline } from '../../lib/deadline.ts';
import { deferred } from '../../lib/deferred.ts';
import { orAborted } from '../../lib/waiting.ts';

/** Longest pause of background work before one step, so that it goes on under a constant load of immediate queries. */
const LONGEST_PAUSE_MS = 100;

/** Knows whether an immediate query is in hand, and lets background work give way to it step by step. */
export class ImmediateActivity {
  #inHand = 0;
  #over = deferred<void>();

  /** An immediate query has arrived. */
  begin(): void {
    if (this.#inHand === 0) this.#over = deferred();
    this.#inHand += 1;
  }

  /** It has been answered. */
  end(): void {
    this.#inHand -= 1;
    if (this.#inHand === 0) this.#over.resolve();
  }

  /**
   * To be awaited before each step of background work: a batch of rows, a piece of an upload. Settles at once when no
   * immediate query is in hand, otherwise when the last is answered, the pause has been long enough, or the signal
   * aborts. Never rejects.
   */
  async giveWay(signal: AbortSignal): Promise<void> {
    if (this.#inHand === 0 || signal.aborted) return;
    using deadline = new Deadline(LONGEST_PAUSE_MS, signal);
    await orAborted(this.#over.promise, deadline.signal).catch(() => {});
  }
}

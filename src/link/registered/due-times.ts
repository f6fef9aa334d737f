import { MinHeap } from '../../lib/min-heap.ts';

/** Also bounds how long a step of the clock goes unnoticed. */
const LONGEST_SLEEP_MS = 60_000;
/** Runs handed over before other work of the process gets its turn. */
const MAX_AT_ONCE = 200;

interface Due<T> {
  readonly what: T;
  readonly at: number;
}

/** One timer for any number of things that are due at some time. */
export class DueTimes<T> implements Disposable {
  readonly #now: () => number;
  readonly #onDue: (what: T, at: number) => void;
  readonly #heap = new MinHeap<Due<T>>();
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #isDisposed = false;

  /** @param onDue gets also what was added for a time that no longer holds: it knows better */
  constructor(now: () => number, onDue: (what: T, at: number) => void) {
    this.#now = now;
    this.#onDue = onDue;
  }

  add(at: number, what: T): void {
    if (this.#isDisposed) return;
    this.#heap.add(at, { what, at });
    if (at < this.#timerAt) this.#sleep();
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    const at = this.#heap.firstKey;
    this.#timerAt = at ?? Number.POSITIVE_INFINITY;
    if (at === undefined || this.#isDisposed) return;
    // Rounded up: a timer that fires a moment too early would only sleep again.
    const sleepMs = Math.ceil(Math.min(Math.max(0, at - this.#now()), LONGEST_SLEEP_MS));
    this.#timer = setTimeout(() => this.#wake(), sleepMs);
  }

  #wake(): void {
    const now = this.#now();
    for (let count = 0; count < MAX_AT_ONCE; count += 1) {
      const at = this.#heap.firstKey;
      if (at === undefined || at > now) break;
      const due = this.#heap.take();
      if (due) this.#onDue(due.what, due.at);
    }
    this.#sleep();
  }
}

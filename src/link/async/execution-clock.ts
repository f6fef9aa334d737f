/** Counts the time in which the database is waited for; the pauses of its reader do not count. */
export class ExecutionClock {
  readonly #limitMs: number;
  readonly #onOver: () => void;
  #spentMs = 0;

  constructor(limitMs: number, onOver: () => void) {
    this.#limitMs = limitMs;
    this.#onOver = onOver;
  }

  get spentMs(): number {
    return Math.round(this.#spentMs);
  }

  async count<T>(wait: () => Promise<T>): Promise<T> {
    const timer = setTimeout(this.#onOver, Math.max(0, this.#limitMs - this.#spentMs));
    const startedAt = performance.now();
    try {
      return await wait();
    } finally {
      clearTimeout(timer);
      this.#spentMs += performance.now() - startedAt;
    }
  }
}

/** First come, first served; taking a free lock costs no turn of the event loop. */
export class WriterLock {
  #isHeld = false;
  readonly #waiting: (() => void)[] = [];

  /** Undefined when the lock is taken at once. */
  acquire(): Promise<void> | undefined {
    if (!this.#isHeld) {
      this.#isHeld = true;
      return undefined;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isHeld = false;
  }
}

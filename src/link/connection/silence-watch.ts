/** Calls back once nothing was heard for the limit. Re-arms lazily: a busy socket costs one timer, not one per byte. */
export class SilenceWatch implements Disposable {
  readonly #limitMs: number;
  readonly #onSilent: () => void;
  #heardAt = performance.now();
  #timer: NodeJS.Timeout;

  constructor(limitMs: number, onSilent: () => void) {
    this.#limitMs = limitMs;
    this.#onSilent = onSilent;
    this.#timer = setTimeout(() => this.#check(), limitMs);
  }

  /** Something came in. */
  heard(): void {
    this.#heardAt = performance.now();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const leftMs = this.#heardAt + this.#limitMs - performance.now();
    if (leftMs <= 0) this.#onSilent();
    else this.#timer = setTimeout(() => this.#check(), Math.ceil(leftMs));
  }
}

/**
 * A signal that aborts after a while, or as soon as one of other signals does. Dispose it when the wait is over.
 *
 * It takes the place of `AbortSignal.any` with `AbortSignal.timeout`: Node 20 may collect such a time-out as garbage
 * before it fires, and the wait then never ends.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #sources: readonly AbortSignal[];
  #hasPassed = false;

  constructor(ms: number, ...sources: readonly AbortSignal[]) {
    this.#sources = sources;
    this.#timer = setTimeout(() => {
      this.#hasPassed = true;
      this.#controller.abort(new DOMException('The deadline has passed.', 'TimeoutError'));
    }, ms).unref();
    for (const source of sources) {
      if (source.aborted) this.#controller.abort(source.reason);
      else source.addEventListener('abort', this.#follow);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time has run out, which is one reason for the signal to abort. */
  get hasPassed(): boolean {
    return this.#hasPassed;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    for (const source of this.#sources) source.removeEventListener('abort', this.#follow);
  }

  readonly #follow = (event: Event): void => {
    this.#controller.abort((event.target as AbortSignal).reason);
  };
}

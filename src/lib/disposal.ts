/**
 * Collects what must be undone and undoes it in reverse order (`AsyncDisposableStack`, which Node 20 lacks).
 * Every disposer runs even when an earlier one throws; the failures are thrown together as an `AggregateError`.
 */
export class DisposalStack implements AsyncDisposable {
  #disposers: (() => unknown)[] = [];

  /** Registers a resource and returns it. */
  use<T extends AsyncDisposable | Disposable>(resource: T): T {
    this.defer(() =>
      Symbol.asyncDispose in resource
        ? resource[Symbol.asyncDispose]()
        : resource[Symbol.dispose](),
    );
    return resource;
  }

  /** Registers a function to be called, and awaited, at disposal. */
  defer(dispose: () => unknown): void {
    this.#disposers.push(dispose);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (let dispose = this.#disposers.pop(); dispose; dispose = this.#disposers.pop()) {
      try {
        await dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Disposal failed');
  }
}

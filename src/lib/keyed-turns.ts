import { deferred } from './deferred.ts';

/** Runs tasks of one key one after the other, in the order of their arrival; tasks of different keys do not wait. */
export class KeyedTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** Settles as the task does. A failed task does not hold up the next one. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const turn = deferred<void>();
    this.#last.set(key, turn.promise);
    try {
      await before;
      return await task();
    } finally {
      turn.resolve();
      if (this.#last.get(key) === turn.promise) this.#last.delete(key);
    }
  }
}

import { ParhelionError } from '../../errors/parhelion-error.ts';

/** Turns many small durable writes into few commits. */
export interface GroupCommit<Item> extends AsyncDisposable {
  /** Resolves once the item is durable; rejects when this very item could not be stored. */
  add(item: Item): Promise<void>;
}

export interface GroupCommitOptions<Item> {
  /** Stores all items of a batch, or none. After a lost connection an item may be offered again. */
  readonly commit: (batch: readonly Item[]) => Promise<void>;
  readonly maxBatch?: number;
  /** Two items with one key never share a batch, and keep their order. */
  readonly keyOf?: (item: Item) => string;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What arrives while one commit runs is the next batch; no timer, so a lone item waits for nothing. */
class BatchingCommit<Item> implements GroupCommit<Item> {
  readonly #commit: GroupCommitOptions<Item>['commit'];
  readonly #maxBatch: number;
  readonly #keyOf: GroupCommitOptions<Item>['keyOf'];
  #waiting: Waiting<Item>[] = [];
  #draining: Promise<void> | undefined;
  #isDisposed = false;

  constructor({ commit, maxBatch = 1000, keyOf }: GroupCommitOptions<Item>) {
    this.#commit = commit;
    this.#maxBatch = maxBatch;
    this.#keyOf = keyOf;
  }

  add(item: Item): Promise<void> {
    if (this.#isDisposed) {
      return Promise.reject(new ParhelionError('storeUnavailable', 'The store is closing.'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // One turn of the event loop lets every request that is already readable join the batch.
      await new Promise((resolve) => setImmediate(resolve));
      await this.#commitBatch(this.#takeBatch());
    }
    this.#draining = undefined;
  }

  #takeBatch(): Waiting<Item>[] {
    const keys = new Set<string>();
    let size = 0;
    for (const { item } of this.#waiting) {
      const key = this.#keyOf?.(item);
      if (size === this.#maxBatch || (key !== undefined && keys.has(key))) break;
      if (key !== undefined) keys.add(key);
      size += 1;
    }
    return this.#waiting.splice(0, size);
  }

  async #commitBatch(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.#commit(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      const isStoreGone = error instanceof ParhelionError && error.code === 'storeUnavailable';
      if (batch.length === 1 || isStoreGone) for (const { reject } of batch) reject(error);
      else for (const waiting of batch) await this.#commitBatch([waiting]);
    }
  }
}

export function createGroupCommit<Item>(options: GroupCommitOptions<Item>): GroupCommit<Item> {
  return new BatchingCommit(options);
}

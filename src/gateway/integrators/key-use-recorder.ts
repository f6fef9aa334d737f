import type { Database } from '../store/index.ts';
import type { KeySlot } from './subscription-key.ts';

interface KeyUse {
  readonly integratorId: string;
  readonly slot: KeySlot;
  readonly usedAt: number;
}

const FLUSH_AFTER_MS = 30_000;

/** Keeps the last use of each key in memory and writes it now and then: a request never waits for it. */
export class KeyUseRecorder implements AsyncDisposable {
  readonly #database: Database;
  readonly #onFlushFailed: (error: unknown) => void;
  readonly #uses = new Map<string, KeyUse>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, onFlushFailed: (error: unknown) => void) {
    this.#database = database;
    this.#onFlushFailed = onFlushFailed;
  }

  record(integratorId: string, slot: KeySlot, usedAt: number): void {
    this.#uses.set(`${integratorId} ${slot}`, { integratorId, slot, usedAt });
    this.#timer ??= setTimeout(() => {
      this.flush().catch(this.#onFlushFailed);
    }, FLUSH_AFTER_MS).unref();
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const uses = [...this.#uses.values()];
    this.#uses.clear();
    for (const [index, use] of uses.entries()) {
      try {
        await this.#write(use);
      } catch (error) {
        for (const unwritten of uses.slice(index)) this.#keep(unwritten);
        throw error;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush().catch(this.#onFlushFailed);
    clearTimeout(this.#timer);
  }

  async #write({ integratorId, slot, usedAt }: KeyUse): Promise<void> {
    // A key made after this use is another key; a later use may have been written by another gateway.
    await this.#database.run(
      `UPDATE subscription_keys SET last_used_at = ?
       WHERE integrator_id = ? AND slot = ? AND created_at <= ?
         AND (last_used_at IS NULL OR last_used_at < ?)`,
      [usedAt, integratorId, slot, usedAt, usedAt],
    );
  }

  #keep(use: KeyUse): void {
    const key = `${use.integratorId} ${use.slot}`;
    if (!this.#uses.has(key)) this.#uses.set(key, use);
  }
}

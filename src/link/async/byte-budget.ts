import { type Deferred, deferred } from '../../lib/deferred.ts';
import { orAborted } from '../../lib/waiting.ts';

interface Waiter {
  readonly bytes: number;
  readonly admitted: Deferred<void>;
}

/** Bounds the bytes that are held at one time; first come, first served. What is larger than the budget has it alone. */
export class ByteBudget {
  readonly #limitBytes: number;
  readonly #waiting = new Set<Waiter>();
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Waits for room. @throws the signal's reason */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const waiter: Waiter = { bytes, admitted: deferred() };
    this.#waiting.add(waiter);
    this.#admit();
    try {
      await orAborted(waiter.admitted.promise, signal);
    } catch (error) {
      // Admitted at the very moment when it gave up: nobody else would give it back.
      if (!this.#waiting.delete(waiter)) this.give(bytes);
      else this.#admit();
      throw error;
    }
  }

  give(bytes: number): void {
    this.#heldBytes -= bytes;
    this.#admit();
  }

  #admit(): void {
    for (const waiter of this.#waiting) {
      const fits = this.#heldBytes + waiter.bytes <= this.#limitBytes;
      if (!fits && this.#heldBytes > 0) return;
      this.#heldBytes += waiter.bytes;
      this.#waiting.delete(waiter);
      waiter.admitted.resolve();
    }
  }
}

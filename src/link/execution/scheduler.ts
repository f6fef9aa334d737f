import { type Deferred, deferred } from '../../lib/deferred.ts';

/** A kind of work. Lanes are served in the order given: a later one waits while an earlier one has work. */
export interface Lane<Name extends string> {
  readonly name: Name;
  /** Most slots that this lane may hold at once; what is left over stays free for the lanes before it. */
  readonly maxSlots: number;
}

/** The right to use one database connection. Disposing gives it back. */
export type Slot = Disposable;

/** No slot became free in time. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
}

interface LaneState {
  readonly maxSlots: number;
  readonly waiting: Set<Deferred<Slot>>;
  held: number;
}

/** Hands out a fixed number of slots by lane, first come first served within a lane. */
export class Scheduler<Name extends string> {
  readonly #lanes: Map<Name, LaneState>;
  #freeSlots: number;

  constructor(slots: number, lanes: readonly Lane<Name>[]) {
    this.#freeSlots = slots;
    this.#lanes = new Map(
      lanes.map(({ name, maxSlots }) => [name, { maxSlots, waiting: new Set(), held: 0 }]),
    );
  }

  /**
   * Waits for a slot.
   *
   * @param maxWaitMs 0 means now or not at all
   * @throws NotStarted when the time is over; the signal's reason when it aborts
   */
  async acquire(lane: Name, maxWaitMs: number, signal: AbortSignal): Promise<Slot> {
    signal.throwIfAborted();
    const state = this.#lanes.get(lane) as LaneState;
    const wanted = deferred<Slot>();
    state.waiting.add(wanted);
    this.#serve();
    // Served at once or given up at once; whatever comes second changes nothing.
    const giveUp = (reason: unknown) => {
      if (state.waiting.delete(wanted)) wanted.reject(reason);
    };
    if (maxWaitMs === 0) giveUp(new NotStarted('No slot is free.'));
    const timer = setTimeout(() => giveUp(new NotStarted('No slot became free.')), maxWaitMs);
    const onAbort = () => giveUp(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await wanted.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  #serve(): void {
    for (const lane of this.#lanes.values()) {
      for (const wanted of lane.waiting) {
        if (this.#freeSlots === 0 || lane.held >= lane.maxSlots) break;
        lane.waiting.delete(wanted);
        wanted.resolve(this.#take(lane));
      }
    }
  }

  #take(lane: LaneState): Slot {
    this.#freeSlots -= 1;
    lane.held += 1;
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#freeSlots += 1;
        lane.held -= 1;
        this.#serve();
      },
    };
  }
}

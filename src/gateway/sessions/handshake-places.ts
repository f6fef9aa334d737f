/** How many links may connect at a time without having proved yet who they are. */
export interface HandshakeLimits {
  readonly maxHandshakes: number;
  readonly maxHandshakesPerAddress: number;
}

/** Counts handshakes under way, in all and by the address they come from. */
export class HandshakePlaces {
  readonly #limits: HandshakeLimits;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(limits: HandshakeLimits) {
    this.#limits = limits;
  }

  /** A place, given back when disposed of; undefined when there is none. */
  take(address: string): Disposable | undefined {
    const { maxHandshakes, maxHandshakesPerAddress } = this.#limits;
    const ofAddress = this.#byAddress.get(address) ?? 0;
    if (this.#total >= maxHandshakes || ofAddress >= maxHandshakesPerAddress) return undefined;
    this.#total += 1;
    this.#byAddress.set(address, ofAddress + 1);
    let isTaken = true;
    return {
      [Symbol.dispose]: () => {
        if (!isTaken) return;
        isTaken = false;
        this.#total -= 1;
        const left = (this.#byAddress.get(address) ?? 1) - 1;
        if (left > 0) this.#byAddress.set(address, left);
        else this.#byAddress.delete(address);
      },
    };
  }
}

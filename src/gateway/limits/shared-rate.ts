/** Below this share of the rate no node is pressed by what the others take: a caller may move to it. */
const LEAST_SHARE = 0.1;
/** What was known of other nodes is forgotten when the store has not been asked for so long. */
const FORGET_OTHERS_AFTER_MS = 2_000;
const EARLIEST_RETRY_MS = 1;
/** What sums of many small refills may be off. */
const ROUNDING = 1e-6;

/**
 * This node's view of the bucket of requests that all nodes share for one integrator: one second's requests deep,
 * refilled at the rate. Requests are taken from the view at once; `beginSettling` and `settled` bring it together with
 * the bucket in the store afterwards. What several nodes took too much at once is a debt there (a level below 0), and
 * no node takes more until it is made good.
 */
export class SharedRate {
  #perSecond: number;
  #level: number;
  /** The level if no other node took anything since the last settling. */
  #levelAlone: number;
  #at: number;
  #settledAt: number;
  #taken = 0;
  #settling = 0;
  #ownPerSecond = 0;
  #othersPerSecond = 0;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#level = this.capacity;
    this.#levelAlone = this.#level;
    this.#at = now;
    this.#settledAt = now;
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  /** The most requests that can be made at once. */
  get capacity(): number {
    return Math.max(1, this.#perSecond);
  }

  /** The level if no other node took anything: a bucket that the store does not have yet begins with it. */
  get levelAlone(): number {
    return this.#levelAlone;
  }

  /** Whether forgetting it would change nothing. */
  isIdle(now: number): boolean {
    this.#refill(now);
    return this.#taken + this.#settling === 0 && this.#levelAlone >= this.capacity;
  }

  setRate(perSecond: number): void {
    this.#perSecond = perSecond;
  }

  /** Takes one request. @returns undefined when it may be made, else the time until one may */
  take(now: number): number | undefined {
    this.#refill(now);
    if (this.#level < 1 - ROUNDING) {
      const waitMs = ((1 - this.#level) / this.#refillPerSecond(now)) * 1000;
      return Math.max(EARLIEST_RETRY_MS, Math.ceil(waitMs - ROUNDING));
    }
    this.#level -= 1;
    this.#levelAlone -= 1;
    this.#taken += 1;
    return undefined;
  }

  /** Requests taken that the store does not know of yet; `settled` or `notSettled` must follow. */
  beginSettling(): number {
    this.#settling = this.#taken;
    this.#taken = 0;
    return this.#settling;
  }

  /** @param level of the bucket in the store, with what all nodes have settled */
  settled(level: number, now: number): void {
    this.#refill(now);
    const known = Math.min(this.capacity, level) - this.#taken;
    const elapsedMs = Math.max(1, now - this.#settledAt);
    const isRecent = elapsedMs <= FORGET_OTHERS_AFTER_MS;
    const others = isRecent ? (Math.max(0, this.#levelAlone - known) / elapsedMs) * 1000 : 0;
    this.#othersPerSecond = (this.#othersPerSecond + others) / 2;
    this.#ownPerSecond = (this.#settling / elapsedMs) * 1000;
    this.#level = known;
    this.#levelAlone = known;
    this.#settledAt = now;
    this.#settling = 0;
  }

  /** The store did not take it. A long outage is not held against the caller afterwards. */
  notSettled(): void {
    this.#taken = Math.min(this.#taken + this.#settling, 2 * this.capacity);
    this.#settling = 0;
  }

  #refill(now: number): void {
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#level = Math.min(this.capacity, this.#level + seconds * this.#refillPerSecond(now));
    this.#levelAlone = Math.min(this.capacity, this.#levelAlone + seconds * this.#perSecond);
    this.#at = now;
  }

  /** What the others leave, or the share that this node has had, whichever is more. */
  #refillPerSecond(now: number): number {
    if (now - this.#settledAt > FORGET_OTHERS_AFTER_MS) this.#othersPerSecond = 0;
    if (this.#othersPerSecond === 0) return this.#perSecond;
    const share = this.#ownPerSecond / (this.#ownPerSecond + this.#othersPerSecond);
    const left = this.#perSecond - this.#othersPerSecond;
    return Math.max(left, this.#perSecond * Math.max(share, LEAST_SHARE));
  }
}

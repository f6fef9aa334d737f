/** A stream of random draws that is the same in every run for the same name (mulberry32). */
export class Random {
  #state: number;

  constructor(name: string) {
    let hash = 2166136261;
    for (const unit of Buffer.from(name)) hash = Math.imul(hash ^ unit, 16777619);
    this.#state = hash >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** Picks by weight; the weights need not add up to anything. */
  weighted<T>(choices: readonly (readonly [item: T, weight: number])[]): T {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of choices) {
      left -= weight;
      if (left < 0) return item;
    }
    return this.pick(choices)[0];
  }

  /** A code by its weight; `nullWeight` is that of having none. */
  code<K extends string>(weights: Readonly<Record<K, number>>): K;
  code<K extends string>(weights: Readonly<Record<K, number>>, nullWeight: number): K | null;
  code(weights: Readonly<Record<string, number>>, nullWeight = 0): string | null {
    return this.weighted<string | null>([...Object.entries(weights), [null, nullWeight]]);
  }

  /** Like {@link code}, for codes that are numbers. */
  number(weights: Readonly<Record<number, number>>): number;
  number(weights: Readonly<Record<number, number>>, nullWeight: number): number | null;
  number(weights: Readonly<Record<number, number>>, nullWeight = 0): number | null {
    const picked = this.code({ ...weights }, nullWeight);
    return picked === null ? null : Number(picked);
  }

  /** Near the middle more often than at the ends (sum of three draws). */
  around(mean: number, spread: number): number {
    return mean + ((this.next() + this.next() + this.next()) / 1.5 - 1) * spread;
  }

  digits(length: number): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += Math.floor(this.next() * 10);
    return text;
  }

  uuid(): string {
    const hex = (length: number) => {
      let text = '';
      for (let i = 0; i < length; i += 1) text += Math.floor(this.next() * 16).toString(16);
      return text;
    };
    return `${hex(8)}-${hex(4)}-4${hex(3)}-${this.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
  }
}

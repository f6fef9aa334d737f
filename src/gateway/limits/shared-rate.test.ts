import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { SharedRate } from './shared-rate.ts';

const SYNC_MS = 500;

/** The bucket in the store, as `settleRates` keeps it. */
class StoredBucket {
  #level: number | undefined;
  #settledAt = 0;

  settle(taken: number, rate: SharedRate, now: number): number {
    const refill = (Math.max(0, now - this.#settledAt) * rate.perSecond) / 1000;
    this.#level =
      this.#level === undefined
        ? rate.levelAlone
        : Math.min(rate.capacity, this.#level + refill - taken);
    this.#settledAt = Math.max(now, this.#settledAt);
    return this.#level;
  }
}

function settle(rate: SharedRate, bucket: StoredBucket, now: number): void {
  const taken = rate.beginSettling();
  if (taken > 0) rate.settled(bucket.settle(taken, rate, now), now);
}

describe('one gateway', () => {
  it('admits a burst of one second, then the rate, and says when to come again', () => {
    const rate = new SharedRate(10, 0);
    for (let taken = 0; taken < 10; taken += 1) expect(rate.take(0)).toBeUndefined();
    expect(rate.take(0)).toBe(100);
    expect(rate.take(99)).toBe(1);
    expect(rate.take(100)).toBeUndefined();
    expect(rate.take(100)).toBe(100);
  });

  it('admits a rate below one a second', () => {
    const rate = new SharedRate(0.5, 0);
    expect(rate.take(0)).toBeUndefined();
    expect(rate.take(0)).toBe(2000);
    expect(rate.take(2000)).toBeUndefined();
  });

  it('is not confused by a clock that is set back', () => {
    const rate = new SharedRate(1, 10_000);
    expect(rate.take(10_000)).toBeUndefined();
    expect(rate.take(0)).toBe(1000);
    expect(rate.take(1000)).toBeUndefined();
  });

  it('never refuses a caller that stays below its rate, whatever the store does', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), (isStoreThere) => {
        const rate = new SharedRate(10, 0);
        const bucket = new StoredBucket();
        let now = 0;
        for (const isThere of isStoreThere) {
          for (let sent = 0; sent < 4; sent += 1) {
            now += 125;
            expect(rate.take(now)).toBeUndefined();
          }
          if (isThere) settle(rate, bucket, now);
          else {
            rate.beginSettling();
            rate.notSettled();
          }
        }
      }),
    );
  });
});

test('several gateways keep to the rate in sum, whoever is asked how much', () => {
  const perSecond = 40;
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 4 }),
      // Attempts at each node in each tenth of a second.
      fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 }), {
        minLength: 20,
        maxLength: 200,
      }),
      (nodes, attempts) => {
        const bucket = new StoredBucket();
        const rates = Array.from({ length: nodes }, () => new SharedRate(perSecond, 0));
        let admitted = 0;
        for (const [tick, counts] of attempts.entries()) {
          const now = tick * 100;
          for (const [node, rate] of rates.entries()) {
            for (let n = 0; n < (counts[node] ?? 0); n += 1) {
              if (rate.take(now) === undefined) admitted += 1;
            }
            if (now % SYNC_MS === 0) settle(rate, bucket, now);
          }
          const burst = perSecond;
          const once = burst + (perSecond * SYNC_MS) / 1000;
          const bound = (perSecond * now) / 1000 + burst + (nodes - 1) * once;
          expect(admitted).toBeLessThanOrEqual(bound + 1);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('gateways that are both asked for more share the rate and reach it', () => {
  const bucket = new StoredBucket();
  const rates = [new SharedRate(100, 0), new SharedRate(100, 0)];
  const admitted = [0, 0];
  for (let now = 0; now < 60_000; now += 10) {
    for (const [node, rate] of rates.entries()) {
      for (let n = 0; n < 5; n += 1) {
        if (rate.take(now) === undefined) admitted[node] = (admitted[node] ?? 0) + 1;
      }
      if (now % SYNC_MS === node * 100) settle(rate, bucket, now);
    }
  }
  const [first = 0, second = 0] = admitted;
  expect(first + second).toBeGreaterThan(100 * 60 * 0.9);
  expect(first + second).toBeLessThan(100 * 60 * 1.1);
  expect(Math.min(first, second)).toBeGreaterThan(100 * 60 * 0.2);
});

test('a caller that moves to another gateway is not held back there', () => {
  const bucket = new StoredBucket();
  const rates = [new SharedRate(10, 0), new SharedRate(10, 0)] as const;
  let refused = 0;
  for (let now = 0; now < 60_000; now += 200) {
    // Five a second, at one gateway and then at the other.
    const rate = rates[Math.floor(now / 7000) % 2] ?? rates[0];
    if (rate.take(now) !== undefined) refused += 1;
    if (now % SYNC_MS === 0) for (const each of rates) settle(each, bucket, now);
  }
  expect(refused).toBe(0);
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decorrelatedJitterDelayMs, fullJitterDelayMs } from './backoff.ts';

const shape = { baseMs: 100, capMs: 5_000 };

it('never waits longer than the cap, nor than the doubled base', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const delayMs = fullJitterDelayMs(attempt, shape, () => random);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(Math.min(shape.capMs, shape.baseMs * 2 ** attempt));
      },
    ),
  );
});

it('spreads over the whole range at the cap too', () => {
  const delays = [0, 0.25, 0.5, 0.999].map((random) => fullJitterDelayMs(50, shape, () => random));
  expect(delays).toEqual([0, 1_250, 2_500, 4_995]);
});

const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const slow = { baseMs: 5_000, capMs: 90 * 60_000 };

function decorrelatedDelays(randoms: readonly number[]): number[] {
  const delays: number[] = [];
  for (const random of randoms) {
    delays.push(decorrelatedJitterDelayMs(delays.at(-1), slow, () => random));
  }
  return delays;
}

it('grows from about the base to about the cap, however the dice fall', () => {
  fc.assert(
    fc.property(fc.array(anyRandom, { minLength: 9, maxLength: 9 }), (randoms) => {
      const delays = decorrelatedDelays(randoms);
      expect(delays[0]).toBeGreaterThanOrEqual(5_000);
      expect(delays[0]).toBeLessThanOrEqual(7_000);
      expect(Math.min(...delays)).toBe(delays[0]);
      expect(delays[8]).toBeGreaterThan(50 * 60_000);
      expect(Math.max(...delays)).toBeLessThanOrEqual(slow.capMs);
      const total = delays.reduce((sum, delay) => sum + delay, 0);
      expect(total).toBeGreaterThan(1.5 * 60 * 60_000);
      expect(total).toBeLessThan(5 * 60 * 60_000);
    }),
  );
});

it('draws from what the delay before it spans, at the cap too', () => {
  const drawn = (previousMs: number) =>
    [0, 0.999].map((random) => decorrelatedJitterDelayMs(previousMs, slow, () => random));
  expect(drawn(10_000)).toEqual([22_500, 29_993]);
  expect(drawn(slow.capMs)).toEqual([4_050_000, 5_398_650]);
});

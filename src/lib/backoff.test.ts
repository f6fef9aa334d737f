import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fullJitterDelayMs } from './backoff.ts';

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

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueAt, indexAt, isPast, lastIndex, type RunGrid } from './run-grid.ts';

const start = 1_790_000_000_000;
const grid = (frequencyS: number, durationS: number): RunGrid => ({
  startAt: start,
  frequencyMs: frequencyS * 1000,
  durationMs: durationS * 1000,
});

test.each([
  [60, 120, 3],
  [60, 119, 2],
  [60, 60, 2],
  [60, 59, 1],
  [60, 86_400, 1_441],
  [86_400, 86_400, 2],
  [300, 43_200, 145],
])('each %i s for %i s makes %i runs', (frequencyS, durationS, runs) => {
  expect(lastIndex(grid(frequencyS, durationS)) + 1).toBe(runs);
});

test('a run that is due at the very end is made, and none after it', () => {
  const { startAt, durationMs } = grid(60, 120);
  expect(dueAt(grid(60, 120), 2)).toBe(startAt + durationMs);
  expect(isPast(grid(60, 120), startAt + durationMs)).toBe(false);
  expect(isPast(grid(60, 120), startAt + durationMs + 1)).toBe(true);
});

test('whenever it is looked at, the place on the grid is the latest that was due', () => {
  const grids = fc
    .tuple(fc.integer({ min: 1, max: 86_400 }), fc.integer({ min: 1, max: 86_400 }))
    .map(([frequencyS, durationS]) => grid(frequencyS, durationS));
  fc.assert(
    fc.property(grids, fc.integer({ min: -10_000, max: 200_000_000 }), (each, sinceStart) => {
      const time = each.startAt + sinceStart;
      const index = indexAt(each, time);
      expect(index < 0).toBe(sinceStart < 0);
      if (index < 0) return;
      expect(dueAt(each, index)).toBeLessThanOrEqual(time);
      expect(dueAt(each, index)).toBeLessThanOrEqual(each.startAt + each.durationMs);
      const isLast = index === lastIndex(each);
      expect(isLast || dueAt(each, index + 1) > time).toBe(true);
    }),
  );
});

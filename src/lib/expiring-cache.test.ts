import { expect, test } from 'vitest';
import { deferred } from './deferred.ts';
import { createExpiringCache } from './expiring-cache.ts';

function countingCache(options: { maxEntries?: number } = {}) {
  const clock = { time: 1000, now: () => clock.time };
  const loads: string[] = [];
  const load = async (key: string) => `${key}${loads.push(key)}`;
  return { clock, loads, cache: createExpiringCache({ load, maxAgeMs: 100, clock, ...options }) };
}

test('a value is loaded once until its age is reached', async () => {
  const { cache, clock } = countingCache();
  expect(await cache.get('a')).toBe('a1');
  clock.time += 99;
  expect(await cache.get('a')).toBe('a1');
  clock.time += 1;
  expect(await cache.get('a')).toBe('a2');
});

test('a clock set back does not make a value live longer', async () => {
  const { cache, clock } = countingCache();
  await cache.get('a');
  clock.time -= 3_600_000;
  expect(await cache.get('a')).toBe('a2');
});

test('a forgotten key is loaded anew, also when a load of it was under way', async () => {
  const answers = [deferred<string>(), deferred<string>()];
  let loads = 0;
  const cache = createExpiringCache({
    load: async () => (await answers[loads++]?.promise) ?? 'none',
    maxAgeMs: 1000,
    clock: { now: () => 0 },
  });
  const before = cache.get('a');
  cache.delete('a');
  const after = cache.get('a');
  answers[0]?.resolve('stale');
  answers[1]?.resolve('fresh');
  expect([await before, await after, await cache.get('a')]).toEqual(['stale', 'fresh', 'fresh']);
});

test('concurrent callers share one load', async () => {
  const { cache, loads } = countingCache();
  await Promise.all([cache.get('a'), cache.get('a'), cache.get('a')]);
  expect(loads).toEqual(['a']);
});

test('a failed load fails its callers and is not kept', async () => {
  let attempts = 0;
  const cache = createExpiringCache({
    load: async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('store away');
      return attempts;
    },
    maxAgeMs: 1000,
    clock: { now: () => 0 },
  });
  await expect(cache.get('a')).rejects.toThrow('store away');
  expect(await cache.get('a')).toBe(2);
});

test('only so many entries are kept, the newest ones', async () => {
  const { cache, loads } = countingCache({ maxEntries: 2 });
  for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await cache.get(key);
  expect(loads).toEqual(['a', 'b', 'c', 'a']);
});

test('clear forgets everything', async () => {
  const { cache, loads } = countingCache();
  await cache.get('a');
  cache.clear();
  await cache.get('a');
  expect(loads).toEqual(['a', 'a']);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DueTimes } from './due-times.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('one timer hands over whatever is due, in the order of its time, and holds no other', async () => {
  const seen: string[] = [];
  const start = Date.now();
  using due = new DueTimes<string>(Date.now, (what, at) => seen.push(`${what}@${at - start}`));
  due.add(start + 90_000_000, 'tomorrow');
  due.add(start + 500, 'second');
  due.add(start + 100, 'first');
  due.add(start - 5, 'late already');
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toEqual(['late already@-5', 'first@100']);
  await vi.advanceTimersByTimeAsync(89_999_900);
  expect(seen.slice(2)).toEqual(['second@500', 'tomorrow@90000000']);
  expect(vi.getTimerCount()).toBe(0);
});

test('thousands that are due at once come in portions, so that other work gets its turn', async () => {
  let seen = 0;
  using due = new DueTimes<number>(Date.now, () => {
    seen += 1;
  });
  for (let n = 0; n < 1_000; n += 1) due.add(Date.now(), n);
  vi.advanceTimersToNextTimer();
  expect(seen).toBe(200);
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toBe(1_000);
});

test('nothing comes after it was disposed of', async () => {
  let seen = 0;
  const due = new DueTimes<number>(Date.now, () => {
    seen += 1;
  });
  due.add(Date.now() + 10, 1);
  due[Symbol.dispose]();
  due.add(Date.now() + 10, 2);
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

import { expect, it } from 'vitest';
import { deferred } from './deferred.ts';
import { orAborted, pause } from './waiting.ts';

it('a pause that is cut short says so', async () => {
  const stop = new AbortController();
  const paused = pause(60_000, stop.signal);
  stop.abort();
  expect(await paused).toBe(false);
  expect(await pause(0, new AbortController().signal)).toBe(true);
});

it('settles as the promise does', async () => {
  const { signal } = new AbortController();
  expect(await orAborted(Promise.resolve(7), signal)).toBe(7);
  await expect(orAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
});

it('rejects with the reason of the signal, also of one that was aborted before', async () => {
  const stop = new AbortController();
  const never = deferred<void>();
  const waiting = orAborted(never.promise, stop.signal);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(orAborted(never.promise, stop.signal)).rejects.toThrow('enough');
});

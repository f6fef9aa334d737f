import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Deadline } from './deadline.ts';

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

it('passes, also when nothing but its signal is held', async () => {
  const { signal } = new Deadline(20, new AbortController().signal);
  collectGarbage();
  if (!signal.aborted) await once(signal, 'abort');
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

it('ends early with the reason of another signal', () => {
  const stop = new AbortController();
  using deadline = new Deadline(60_000, stop.signal);
  stop.abort(new Error('enough'));
  expect(deadline.signal.reason).toMatchObject({ message: 'enough' });
  expect(deadline.hasPassed).toBe(false);
});

it('is over at once when another signal was', () => {
  using deadline = new Deadline(60_000, AbortSignal.abort(new Error('before')));
  expect(deadline.signal.reason).toMatchObject({ message: 'before' });
});

it('does nothing any more once disposed of', () => {
  const stop = new AbortController();
  const deadline = new Deadline(60_000, stop.signal);
  deadline[Symbol.dispose]();
  stop.abort();
  expect(deadline.signal.aborted).toBe(false);
});

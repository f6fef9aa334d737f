import { describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { type Deferred, deferred } from '../../lib/deferred.ts';
import { BackgroundQueue, type QueuePlace } from './background-queue.ts';

function setUp(concurrency: number) {
  const errors: unknown[] = [];
  const queue = new BackgroundQueue({ concurrency, onError: (error) => errors.push(error) });
  const began: string[] = [];
  const turns = new Map<string, Deferred<void>>();
  let most = 0;
  const submit = (integratorId: string, name: string, again = false): QueuePlace =>
    queue.submit(
      {
        integratorId,
        run: async (signal) => {
          const turn = deferred<void>();
          signal.addEventListener('abort', () => turn.resolve());
          began.push(name);
          turns.set(name, turn);
          most = Math.max(most, turns.size);
          try {
            await turn.promise;
          } finally {
            turns.delete(name);
          }
        },
      },
      again,
    );
  /** Ends turns as they come until nothing waits. */
  const drain = async (): Promise<void> => {
    while (turns.size > 0) {
      for (const turn of turns.values()) turn.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { queue, submit, drain, began, turns, errors, most: () => most };
}

describe('the background queue', () => {
  it('gives each integrator its turn, however much another has waiting', async () => {
    const { submit, drain, began } = setUp(1);
    for (let n = 0; n < 1_000; n += 1) submit('large', `large ${n}`);
    submit('small', 'small 0');
    submit('other', 'other 0');
    submit('small', 'small 1');
    await drain();
    expect(began.slice(0, 7)).toEqual([
      'large 0',
      'large 1',
      'small 0',
      'other 0',
      'large 2',
      'small 1',
      'large 3',
    ]);
    expect(began).toHaveLength(1_003);
    expect(began.filter((name) => name.startsWith('large'))).toEqual(
      Array.from({ length: 1_000 }, (_, n) => `large ${n}`),
    );
  });

  it('has never more turns in hand than it may', async () => {
    const { submit, drain, most } = setUp(3);
    for (let n = 0; n < 50; n += 1) submit(`integrator ${n % 4}`, `${n}`);
    await drain();
    expect(most()).toBe(3);
  });

  it('puts first what could not use its turn, and lets what waits leave', async () => {
    const { submit, drain, began } = setUp(1);
    submit('a', 'first');
    submit('a', 'second');
    const leaving = submit('a', 'leaving');
    submit('a', 'returned', true);
    expect(leaving.leave()).toBe(true);
    expect(leaving.leave()).toBe(false);
    await drain();
    expect(began).toEqual(['first', 'returned', 'second']);
  });

  it('goes on after work that throws', async () => {
    const { queue, submit, drain, began, errors } = setUp(1);
    queue.submit({ integratorId: 'a', run: () => Promise.reject(new Error('broken')) });
    submit('a', 'next');
    await until('the next turn', () => began.length === 1);
    await drain();
    expect(errors).toMatchObject([{ message: 'broken' }]);
  });

  it('stops: waits for turns in hand, then cuts them, and begins no other', async () => {
    const { queue, submit, began, turns } = setUp(1);
    submit('a', 'in hand');
    submit('a', 'waiting');
    await queue.stop(20);
    expect(turns.size).toBe(0);
    submit('a', 'late');
    expect(began).toEqual(['in hand']);
  });
});

import { expect, test } from 'vitest';
import { deferred } from './deferred.ts';
import { KeyedTurns } from './keyed-turns.ts';

test('tasks of one key run in order, one at a time; those of another key do not wait', async () => {
  const turns = new KeyedTurns();
  const gate = deferred<void>();
  const log: string[] = [];
  const first = turns.run('a', async () => {
    log.push('a1 begins');
    await gate.promise;
    log.push('a1 ends');
  });
  const second = turns.run('a', async () => void log.push('a2'));
  await turns.run('b', async () => void log.push('b1'));
  expect(log).toEqual(['a1 begins', 'b1']);
  gate.resolve();
  await Promise.all([first, second]);
  expect(log).toEqual(['a1 begins', 'b1', 'a1 ends', 'a2']);
});

test('a failed task tells its caller only, and the next one runs', async () => {
  const turns = new KeyedTurns();
  const failing = turns.run('a', () => Promise.reject(new Error('no')));
  const next = turns.run('a', async () => 'fine');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('fine');
});

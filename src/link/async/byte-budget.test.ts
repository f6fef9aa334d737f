import { expect, it } from 'vitest';
import { ByteBudget } from './byte-budget.ts';

const never = new AbortController().signal;

it('admits what fits, in the order of arrival, and one that is too large alone', async () => {
  const budget = new ByteBudget(10);
  const admitted: number[] = [];
  const take = (bytes: number) => budget.take(bytes, never).then(() => void admitted.push(bytes));
  await take(6);
  void take(25);
  void take(3);
  const rest = take(4);
  await new Promise((resolve) => setImmediate(resolve));
  expect(admitted).toEqual([6]);
  budget.give(6);
  await new Promise((resolve) => setImmediate(resolve));
  expect(admitted).toEqual([6, 25]);
  budget.give(25);
  await rest;
  expect(admitted).toEqual([6, 25, 3, 4]);
});

it('forgets who gives up, and lets those behind go on', async () => {
  const budget = new ByteBudget(10);
  await budget.take(8, never);
  const giveUp = new AbortController();
  const large = budget.take(9, giveUp.signal);
  const small = budget.take(2, never);
  giveUp.abort(new Error('given up'));
  await expect(large).rejects.toThrow('given up');
  await small;
  await expect(budget.take(1, giveUp.signal)).rejects.toThrow('given up');
  budget.give(2);
  await budget.take(2, never);
});

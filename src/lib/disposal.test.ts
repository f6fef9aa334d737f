import { expect, it } from 'vitest';
import { DisposalStack } from './disposal.ts';

it('undoes in reverse order, and waits for each', async () => {
  const undone: string[] = [];
  {
    await using stack = new DisposalStack();
    stack.use({ [Symbol.dispose]: () => undone.push('first') });
    stack.use({
      [Symbol.asyncDispose]: async () => {
        await Promise.resolve();
        undone.push('second');
      },
    });
    stack.defer(() => undone.push('third'));
  }
  expect(undone).toEqual(['third', 'second', 'first']);
});

it('runs every disposer although one fails, and throws the failures together', async () => {
  const undone: string[] = [];
  const stack = new DisposalStack();
  stack.defer(() => undone.push('first'));
  stack.defer(() => {
    throw new Error('broken');
  });
  await expect(stack[Symbol.asyncDispose]()).rejects.toMatchObject({
    errors: [expect.objectContaining({ message: 'broken' })],
  });
  expect(undone).toEqual(['first']);
});

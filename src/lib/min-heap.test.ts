import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { MinHeap } from './min-heap.ts';

it('gives back what was added, smallest key first, whatever is added in between', () => {
  const step = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant('take' as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const heap = new MinHeap<number>();
      const model: number[] = [];
      for (const each of steps) {
        if (each === 'take') {
          expect(heap.take()).toBe(model.shift());
        } else {
          heap.add(each, each);
          model.push(each);
          model.sort((a, b) => a - b);
        }
        expect(heap.firstKey).toBe(model[0]);
      }
    }),
  );
});

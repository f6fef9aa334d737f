import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultEvent } from '../../driver.ts';
import { inBatches } from './result-batches.ts';

const rowsOf = (events: Iterable<ResultEvent>): unknown[] =>
  [...events].flatMap((event) => (event.kind === 'rows' ? event.rows : []));

const DONE: ResultEvent = { kind: 'done', rowsAffected: 0, outputParameters: [] };

describe('batches', () => {
  it('hold every row once and in order, none much over 64 KB', () => {
    const row = fc.integer({ min: 0, max: 40_000 }).map((length) => ['x'.repeat(length)]);
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 5 }), { maxLength: 8 }), (sets) => {
        const events: ResultEvent[] = [
          { kind: 'columns', columns: [{ name: 'c', type: 'text' }] },
          ...sets.map((rows): ResultEvent => ({ kind: 'rows', rows })),
          DONE,
        ];
        const batches = [...inBatches(events)];
        expect(rowsOf(batches.flat())).toEqual(sets.flat());
        expect(batches.at(-1)?.at(-1)).toEqual(DONE);
        for (const batch of batches) {
          const characters = rowsOf(batch).flat().join('').length;
          expect(characters).toBeLessThan(64 * 1024 + 40_000);
        }
      }),
    );
  });

  it('of a small result are one', () => {
    const rows: ResultEvent = { kind: 'rows', rows: [[1], [2]] };
    expect([...inBatches([rows, DONE])]).toEqual([[rows, DONE]]);
  });

  it('end the statement when nobody wants more of them', () => {
    let isEnded = false;
    function* endless(): Generator<ResultEvent> {
      try {
        for (;;) yield { kind: 'rows', rows: [['x'.repeat(70_000)]] };
      } finally {
        isEnded = true;
      }
    }
    for (const batch of inBatches(endless())) {
      expect(batch).toHaveLength(1);
      break;
    }
    expect(isEnded).toBe(true);
  });
});

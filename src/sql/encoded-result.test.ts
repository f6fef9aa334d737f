import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../protocol/values.ts';
import type { OutputParameter, ResultEvent } from './driver.ts';
import { EncodedResult } from './encoded-result.ts';

const COLUMNS = {
  kind: 'columns',
  columns: [
    { name: 'ID', type: 'integer' },
    { name: 'Name', type: 'text' },
  ],
} as const;

const rowsEvent = (rows: Value[][]): ResultEvent => ({ kind: 'rows', rows });
const done = (rowsAffected = 0, outputParameters: OutputParameter[] = []): ResultEvent => ({
  kind: 'done',
  rowsAffected,
  outputParameters,
});

async function* stream(...events: ResultEvent[]): AsyncGenerator<ResultEvent> {
  yield* events;
}

async function* failing(): AsyncGenerator<ResultEvent> {
  yield COLUMNS;
  throw new Error('lost');
}

async function textOf(result: EncodedResult): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of result.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('chunks', () => {
  it('are one JSON array, whatever the batches', async () => {
    const result = new EncodedResult(
      stream(COLUMNS, rowsEvent([[1, 'Ng']]), rowsEvent([]), rowsEvent([[2, 'é']]), done()),
    );
    const text = '[{"ID":1,"Name":"Ng"},{"ID":2,"Name":"é"}]';
    await expect(textOf(result)).resolves.toBe(text);
    expect(result).toMatchObject({ rows: 2, sizeBytes: Buffer.byteLength(text) });
  });

  it('of an empty result are []', async () => {
    for (const events of [[COLUMNS, done()], [done(3)]]) {
      const result = new EncodedResult(stream(...events));
      await expect(textOf(result)).resolves.toBe('[]');
      expect(result).toMatchObject({ rows: 0, sizeBytes: 2 });
    }
  });

  it('hold the first result set only, and the outcome of the whole batch', async () => {
    const parameter: OutputParameter = { name: '@x', type: 'integer', value: 5 };
    const other = { kind: 'columns', columns: [{ name: 'Other', type: 'text' }] } as const;
    const result = new EncodedResult(
      stream(COLUMNS, rowsEvent([[1, 'a']]), other, rowsEvent([['b']]), done(7, [parameter])),
    );
    await expect(textOf(result)).resolves.toBe('[{"ID":1,"Name":"a"}]');
    expect(result).toMatchObject({ rows: 1, rowsAffected: 7, outputParameters: [parameter] });
  });

  it('of a scalar hold one row with one column', async () => {
    const events = [
      COLUMNS,
      rowsEvent([
        [1, 'a'],
        [2, 'b'],
      ]),
      rowsEvent([[3, 'c']]),
      done(1),
    ];
    const result = new EncodedResult(stream(...events), 'scalar');
    await expect(textOf(result)).resolves.toBe('[{"ID":1}]');
    expect(result).toMatchObject({ rows: 1, rowsAffected: 1 });
    await expect(textOf(new EncodedResult(stream(COLUMNS, done()), 'scalar'))).resolves.toBe('[]');
  });

  it('of no wanted rows are empty, and everything is read', async () => {
    const result = new EncodedResult(stream(COLUMNS, rowsEvent([[1, 'a']]), done(4)), 'none');
    await expect(textOf(result)).resolves.toBe('[]');
    expect(result.rowsAffected).toBe(4);
  });

  it('come while rows still arrive, 32 KB or a little more each', async () => {
    let batchesRead = 0;
    async function* events(): AsyncGenerator<ResultEvent> {
      yield COLUMNS;
      for (; batchesRead < 1_000; batchesRead += 1) {
        yield rowsEvent(Array.from({ length: 20 }, (_, id) => [id, 'x'.repeat(50)]));
      }
      yield done();
    }
    const result = new EncodedResult(events());
    const sizes: number[] = [];
    const before: number[] = [];
    for await (const chunk of result.chunks()) {
      before.push(batchesRead);
      sizes.push(chunk.length);
    }
    expect(before[0]).toBeLessThan(40);
    for (const size of sizes.slice(0, -1)) {
      expect(size).toBeGreaterThanOrEqual(32 * 1024);
      expect(size).toBeLessThan(64 * 1024);
    }
    expect(result.rows).toBe(20_000);
  });

  it('pass on the failure of the statement', async () => {
    await expect(textOf(new EncodedResult(failing()))).rejects.toThrow('lost');
  });

  it('left early end the statement', async () => {
    let isEnded = false;
    async function* events(): AsyncGenerator<ResultEvent> {
      try {
        yield COLUMNS;
        for (;;) yield rowsEvent([[1, 'x'.repeat(40_000)]]);
      } finally {
        isEnded = true;
      }
    }
    for await (const _ of new EncodedResult(events()).chunks()) break;
    expect(isEnded).toBe(true);
  });
});

describe('pages', () => {
  it('are arrays within the limit that together hold every row once', async () => {
    const names = fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 30, max: 400 }), async (texts, maxBytes) => {
        const rows = texts.map((text, id) => [id, text]);
        const batches = [rowsEvent(rows.slice(0, 7)), rowsEvent(rows.slice(7))];
        const result = new EncodedResult(stream(COLUMNS, ...batches, done()));
        const read: unknown[] = [];
        let bytes = 0;
        let pages = 0;
        for await (const page of result.pages(maxBytes)) {
          const parsed = JSON.parse(Buffer.from(page.bytes).toString()) as unknown[];
          expect(parsed).toHaveLength(page.rows);
          expect(page.rows === 1 || page.bytes.length <= maxBytes).toBe(true);
          read.push(...parsed);
          bytes += page.bytes.length;
          pages += 1;
        }
        expect(read).toEqual(texts.map((text, id) => ({ ID: id, Name: text })));
        expect(result).toMatchObject({ rows: texts.length, sizeBytes: bytes });
        expect(pages).toBeGreaterThan(0);
      }),
    );
  });

  it('are filled to the last byte', async () => {
    const row = '{"ID":1,"Name":"a"}';
    const result = new EncodedResult(
      stream(
        COLUMNS,
        rowsEvent([
          [1, 'a'],
          [1, 'a'],
          [1, 'a'],
        ]),
        done(),
      ),
    );
    const counts: number[] = [];
    for await (const page of result.pages(`[${row},${row}]`.length)) counts.push(page.rows);
    expect(counts).toEqual([2, 1]);
  });
});

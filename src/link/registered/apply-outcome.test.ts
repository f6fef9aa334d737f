import { expect, test } from 'vitest';
import { afterCrash, applyOutcome, NO_PROGRESS } from './apply-outcome.ts';
import { hashResult } from './result-hash.ts';

const error = { errorType: 'mssql', errorCode: 208, errorMessage: 'x'.repeat(10_000) } as const;

test('counts add up, and the last error stays known after a success', () => {
  const failed = applyOutcome(NO_PROGRESS, 0, { kind: 'failed', executionMs: 7, error }, 100);
  const result = { hash: 'h', sha256: 's', size: 4, rows: 1, body: '[{}]' };
  const done = { kind: 'succeeded', executionMs: 5, result } as const;
  const progress = applyOutcome(applyOutcome(failed, 1, done, 200), 5, done, 300);
  expect(progress).toEqual({
    nextIndex: 6,
    runNumber: 3,
    succeededCount: 2,
    failedCount: 1,
    resultSizeSum: 8,
    lastExecutionMs: 5,
    lastSucceededAt: 300,
    lastFailedAt: 100,
    lastError: { ...error, errorMessage: 'x'.repeat(4_000) },
  });
});

test('a run that may have written when the link died is not repeated: its outcome is unknown', () => {
  expect(afterCrash(NO_PROGRESS, 1)).toBe(NO_PROGRESS);
  const progress = afterCrash({ ...NO_PROGRESS, nextIndex: 2, startedIndex: 4 }, 1);
  expect(progress).toMatchObject({
    nextIndex: 5,
    runNumber: 1,
    failedCount: 1,
    lastError: { errorType: 'haloLink', errorCode: 1001 },
  });
  expect(progress.startedIndex).toBeUndefined();
});

test('the hash is that of the rows, and of the output parameters behind them', () => {
  const rows = Buffer.from('[]');
  // printf '[]' | openssl dgst -sha256 -binary | base64
  const ofRows = 'T1PNoYwrqgwDVLtfmj7L5e0Sq02OEbqHPC8RFhICuUU=';
  expect(hashResult(rows, undefined)).toEqual({
    hash: ofRows,
    sha256: Buffer.from(ofRows, 'base64').toString('hex'),
  });
  const parameter = { name: '@n', direction: 'output', type: 'Int', value: '1' } as const;
  const one = hashResult(rows, [parameter]);
  expect(one.sha256).toBe(hashResult(rows, undefined).sha256);
  expect(one.hash).not.toBe(ofRows);
  expect(hashResult(rows, [{ ...parameter, value: '2' }]).hash).not.toBe(one.hash);
});

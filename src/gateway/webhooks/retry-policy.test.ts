import { describe, expect, it } from 'vitest';
import { nextStepAfter } from './retry-policy.ts';
import { type AttemptResult, DELIVERY_ERRORS } from './webhook.ts';

const backoff = { baseMs: 5000, capMs: 90 * 60_000 };
const after = (result: AttemptResult, attempts = 1, lastDelayMs?: number) =>
  nextStepAfter({ result, attempts, lastDelayMs }, backoff, () => 0.5);
const status = (statusCode: number) => ({ statusCode, error: 'httpStatus' }) as const;

it.each([500, 501, 502, 503, 504, 599, 408, 429])('%i is tried again', (statusCode) => {
  expect(after(status(statusCode)).step).toBe('retry');
});

it.each([400, 401, 403, 404, 405, 409, 410, 413, 422, 451])('%i is not', (statusCode) => {
  expect(after(status(statusCode)).step).toBe('failed');
});

it.each(DELIVERY_ERRORS.filter((error) => error !== 'httpStatus'))('%s', (error) => {
  expect(after({ error }).step).toBe(error === 'redirect' ? 'failed' : 'retry');
  expect(after({ error }, 10).step).toBe('failed');
});

it('no error is the end', () => {
  expect(after({ statusCode: 204 })).toEqual({ step: 'delivered' });
});

describe('the wait', () => {
  it('grows from the one before', () => {
    expect(after({ error: 'timeout' })).toMatchObject({ waitMs: 5833, delayMs: 5833 });
    expect(after({ error: 'timeout' }, 2, 20_000)).toMatchObject({ waitMs: 52_500 });
  });

  it('is what the receiver asks for when that is longer, and then grows no faster', () => {
    const asked = { ...status(429), retryAfterMs: 600_000 };
    expect(after(asked)).toEqual({ step: 'retry', waitMs: 600_000, delayMs: 5833 });
    expect(after({ ...asked, retryAfterMs: 1 })).toMatchObject({ waitMs: 5833 });
  });

  it('is none when the gateway itself ended the attempt', () => {
    expect(after({ error: 'interrupted' }, 3, 20_000)).toEqual({
      step: 'retry',
      waitMs: 0,
      delayMs: 20_000,
    });
  });
});

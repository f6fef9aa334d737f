import { type BackoffOptions, decorrelatedJitterDelayMs } from '../../lib/backoff.ts';
import type { AttemptResult } from './webhook.ts';

export const MAX_ATTEMPTS = 10;

/** What follows from an attempt. */
export type NextStep =
  | { readonly step: 'delivered' }
  | { readonly step: 'failed' }
  | { readonly step: 'retry'; readonly waitMs: number; readonly delayMs: number | undefined };

export interface AttemptFacts {
  readonly result: AttemptResult;
  /** Attempts made, this one included. */
  readonly attempts: number;
  /** The backoff before this attempt, undefined before the first. */
  readonly lastDelayMs: number | undefined;
}

/** Network errors, time-outs, 5xx, 408 and 429 may pass; other statuses, redirects among them, will not. */
function mayPass({ error, statusCode = 0 }: AttemptResult): boolean {
  if (error === 'redirect') return false;
  if (error !== 'httpStatus') return true;
  return statusCode >= 500 || statusCode === 408 || statusCode === 429;
}

/** Decides what follows from an attempt. The wait is the backoff, or longer when the receiver asked for that. */
export function nextStepAfter(
  { result, attempts, lastDelayMs }: AttemptFacts,
  backoff: BackoffOptions,
  random?: () => number,
): NextStep {
  if (result.error === undefined) return { step: 'delivered' };
  if (!mayPass(result) || attempts >= MAX_ATTEMPTS) return { step: 'failed' };
  // The receiver is not to blame for an attempt that ended with its gateway.
  if (result.error === 'interrupted') return { step: 'retry', waitMs: 0, delayMs: lastDelayMs };
  const delayMs = decorrelatedJitterDelayMs(lastDelayMs, backoff, random);
  return { step: 'retry', waitMs: Math.max(delayMs, result.retryAfterMs ?? 0), delayMs };
}

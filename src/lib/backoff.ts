/** Shape of an exponential backoff. */
export interface BackoffOptions {
  /** Upper bound of the first delay. */
  readonly baseMs: number;
  /** Upper bound that no delay exceeds. */
  readonly capMs: number;
}

/**
 * Full-jitter delay before the given retry: uniform between 0 and `min(capMs, baseMs · 2^attempt)`, so that a fleet
 * that lost its gateway at one moment does not redial in step, at the cap either.
 *
 * @param attempt retries made so far, from 0
 * @param random a number in [0, 1)
 */
export function fullJitterDelayMs(
  attempt: number,
  { baseMs, capMs }: BackoffOptions,
  random: () => number = Math.random,
): number {
  const ceilingMs = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.floor(random() * ceilingMs);
}

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

/** Each decorrelated delay is between this many times the one before … */
const LEAST_GROWTH = 2.25;
/** … and this many. */
const MOST_GROWTH = 3;

/**
 * Decorrelated-jitter delay: drawn from a range that the delay before it spans, so that the delays of things that failed
 * at one moment drift ever further apart. The range itself stays below the cap, so that there is jitter at the cap too.
 *
 * From 5 s to 90 min the first delay is 5 to 7 s, and nine delays take between one and a half and five hours.
 *
 * @param previousMs the delay before, undefined for the first
 * @param random a number in [0, 1)
 */
export function decorrelatedJitterDelayMs(
  previousMs: number | undefined,
  { baseMs, capMs }: BackoffOptions,
  random: () => number = Math.random,
): number {
  const before = previousMs ?? baseMs / LEAST_GROWTH;
  const highest = Math.min(capMs, before * MOST_GROWTH);
  const lowest = Math.min(before * LEAST_GROWTH, (highest * LEAST_GROWTH) / MOST_GROWTH);
  return Math.round(lowest + random() * (highest - lowest));
}

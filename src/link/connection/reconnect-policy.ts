import { fullJitterDelayMs } from '../../lib/backoff.ts';
import { isFinal, type SessionEnd } from './session-end.ts';

export interface ReconnectPolicy {
  readonly baseMs: number;
  readonly capMs: number;
  /** First pause after a displacement: two machines with one identity must not fight quickly. */
  readonly displacedMs: number;
  /** Pause where only a person can help. */
  readonly finalMs: number;
  /** A session that lived this long makes the next dial a first attempt again. */
  readonly steadyAfterMs: number;
}

export const DEFAULT_RECONNECT_POLICY: ReconnectPolicy = {
  baseMs: 500,
  capMs: 30_000,
  displacedMs: 10_000,
  finalMs: 60_000,
  steadyAfterMs: 5_000,
};

/**
 * How long to wait before the next dial.
 *
 * @param attempt dials in a row that gave no steady session, from 0
 * @param displacements displacements in a row, from 0
 */
export function reconnectDelayMs(
  end: SessionEnd,
  { attempt, displacements }: { attempt: number; displacements: number },
  policy: ReconnectPolicy,
  random: () => number,
): number {
  // Upper half only: full jitter would now and then dial at once, which these ends must never do.
  const upperHalf = (ms: number) => Math.floor(ms / 2 + (random() * ms) / 2);
  if (isFinal(end)) return upperHalf(policy.finalMs);
  if (end.kind === 'closed' && end.name === 'displaced') {
    const growing = policy.displacedMs * 2 ** Math.min(Math.max(displacements - 1, 0), 10);
    return upperHalf(Math.min(growing, Math.max(policy.finalMs, policy.displacedMs)));
  }
  return fullJitterDelayMs(attempt, policy, random);
}

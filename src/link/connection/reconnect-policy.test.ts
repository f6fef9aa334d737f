import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RECONNECT_POLICY as policy, reconnectDelayMs } from './reconnect-policy.ts';
import type { SessionEnd } from './session-end.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the pause before the next dial', () => {
  it('grows to a cap and is spread over the whole of it', () => {
    const cut: SessionEnd = { kind: 'cut', code: 1006 };
    const delay = (attempt: number, at: number) =>
      reconnectDelayMs(cut, { attempt, displacements: 0 }, policy, () => at);
    expect([0, 1, 2, 20].map((attempt) => delay(attempt, 0.999))).toEqual([499, 999, 1998, 29_970]);
    expect(delay(20, 0)).toBe(0);
  });

  it.each<SessionEnd>([
    { kind: 'closed', name: 'revoked' },
    { kind: 'closed', name: 'notAuthenticated' },
    { kind: 'closed', name: 'versionRefused' },
    { kind: 'misconfigured', message: 'link.json: …' },
  ])('is long at once where only a person can help: %o', (end) => {
    fc.assert(
      fc.property(random, (at) => {
        const delay = reconnectDelayMs(end, { attempt: 0, displacements: 0 }, policy, () => at);
        expect(delay).toBeGreaterThanOrEqual(policy.finalMs / 2);
        expect(delay).toBeLessThanOrEqual(policy.finalMs);
      }),
    );
  });

  it('is long after a displacement, and longer each time', () => {
    const end: SessionEnd = { kind: 'closed', name: 'displaced' };
    const delay = (displacements: number) =>
      reconnectDelayMs(end, { attempt: 0, displacements }, policy, () => 0);
    expect([1, 2, 3, 4, 50].map(delay)).toEqual([5_000, 10_000, 20_000, 30_000, 30_000]);
  });
});

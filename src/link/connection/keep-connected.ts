import { pause } from '../../lib/waiting.ts';
import type { LinkEvents } from '../events.ts';
import { type DialOptions, dialSession, type LinkIdentity } from './dial-session.ts';
import { type ReconnectPolicy, reconnectDelayMs } from './reconnect-policy.ts';
import { DialFailed, type SessionEnd } from './session-end.ts';

export interface KeepConnectedOptions extends Omit<DialOptions, 'identity'> {
  /** Asked before each dial, so that a changed address or key is used without a restart. */
  readonly resolveIdentity: () => Promise<LinkIdentity>;
  readonly policy: ReconnectPolicy;
  readonly random: () => number;
  readonly events: LinkEvents;
}

/** The one reconnect loop: holds a session with the gateway until the signal aborts. Never rejects. */
export async function keepConnected(options: KeepConnectedOptions): Promise<void> {
  const { policy, random, events, signal } = options;
  let attempt = 0;
  let displacements = 0;
  while (!signal.aborted) {
    events.connecting(attempt);
    const { end, livedMs } = await liveOnce(options);
    if (signal.aborted) break;
    const isSteady = livedMs >= policy.steadyAfterMs;
    const wasDisplaced = end.kind === 'closed' && end.name === 'displaced';
    displacements = wasDisplaced ? displacements + 1 : isSteady ? 0 : displacements;
    if (isSteady) attempt = 0;
    const delayMs = reconnectDelayMs(end, { attempt, displacements }, policy, random);
    events.lost(end, { delayMs, displacements });
    attempt += 1;
    await pause(delayMs, signal);
  }
}

/** Dials, and waits for the end of the session if there is one. */
async function liveOnce(
  options: KeepConnectedOptions,
): Promise<{ end: SessionEnd; livedMs: number }> {
  let identity: LinkIdentity;
  try {
    identity = await options.resolveIdentity();
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The configuration cannot be read.';
    return { end: { kind: 'misconfigured', message }, livedMs: 0 };
  }
  try {
    const session = await dialSession({ ...options, identity });
    const liveAt = performance.now();
    const end = await session.ended;
    return { end, livedMs: performance.now() - liveAt };
  } catch (error) {
    if (error instanceof DialFailed) return { end: error.end, livedMs: 0 };
    options.events.unexpected('dial', error);
    return { end: { kind: 'unreachable', detail: 'unexpected' }, livedMs: 0 };
  }
}

import { fullJitterDelayMs } from '../lib/backoff.ts';
import { interrupted, TransientFailure } from './failure.ts';
import type { CliIo } from './io.ts';

const BACKOFF = { baseMs: 1000, capMs: 15_000 };
const SHORTEST_WAIT_MS = 200;
const PATIENCE_MS = 5 * 60_000;

/**
 * Asks until there is an answer: failures that may pass are waited out for five minutes, no shorter than the gateway
 * asks for. Only for what may be asked twice.
 */
export async function retryTransient<T>(io: CliIo, ask: () => Promise<T>): Promise<T> {
  let spentMs = 0;
  for (let attempt = 0; ; attempt += 1) {
    const startedAt = performance.now();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TransientFailure)) throw error;
      const waitMs = Math.max(
        error.retryAfterMs,
        SHORTEST_WAIT_MS + fullJitterDelayMs(attempt, BACKOFF),
      );
      spentMs += performance.now() - startedAt + waitMs;
      if (spentMs > PATIENCE_MS) throw error;
      if (!(await io.pause(waitMs))) throw interrupted();
    }
  }
}

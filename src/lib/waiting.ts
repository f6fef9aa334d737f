import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits, or ends early when the signal aborts.
 *
 * @returns true when the whole time passed, false when the signal cut it short
 */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/**
 * Settles as the promise does, unless the signal aborts first: then it rejects with the signal's reason.
 * The promise itself goes on; its late rejection is swallowed.
 */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  promise.catch(() => {});
  signal.throwIfAborted();
  let onAbort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

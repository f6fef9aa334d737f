/** Longest time from a signal to the end of a process that does not say otherwise, even when something hangs. */
const FORCED_EXIT_MS = 2_700;

/**
 * A signal that aborts when the process is asked to end: by Ctrl-C, by SIGTERM, or by the death of the process that
 * supervises it. A process that hangs is ended by force.
 */
export function shutdownSignal(forcedExitMs = FORCED_EXIT_MS): AbortSignal {
  const stop = new AbortController();
  const ask = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    setTimeout(() => process.exit(1), forcedExitMs).unref();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  process.once('disconnect', ask);
  // Listening keeps the channel open for ever, also in a process whose start failed.
  process.channel?.unref();
  return stop.signal;
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

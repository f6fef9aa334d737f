import { pause } from '../lib/waiting.ts';

/** Repeats a task, each time a while after its last end, until disposed; a failure is told and does not stop it. */
export function every(
  intervalMs: number,
  task: () => Promise<unknown>,
  onFailed: (error: unknown) => void,
): AsyncDisposable {
  const stop = new AbortController();
  const run = async () => {
    while (await pause(intervalMs, stop.signal)) {
      try {
        await task();
      } catch (error) {
        onFailed(error);
      }
    }
  };
  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

import { fullJitterDelayMs } from '../../lib/backoff.ts';
import { pause } from '../../lib/waiting.ts';
import type { ChildProgram } from './child-program.ts';

const RESTART = { baseMs: 500, capMs: 10_000 };

export interface SuperviseOptions {
  readonly name: string;
  readonly first: ChildProgram;
  readonly start: () => ChildProgram;
}

/** Keeps a process running until disposed: one that dies is started again, sooner the longer it had lived. */
export function supervise({ name, first, start }: SuperviseOptions): AsyncDisposable {
  const stopping = new AbortController();
  let current = first;
  const run = async () => {
    for (let deaths = 0; ; deaths += 1) {
      const startedAt = Date.now();
      await current.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > RESTART.capMs) deaths = 0;
      const words = current.lastWords;
      process.stderr.write(`The ${name} ended unexpectedly and is started again. ${words}\n`);
      await pause(fullJitterDelayMs(deaths, RESTART), stopping.signal);
      if (stopping.signal.aborted) return;
      current = start();
    }
  };
  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await current.stop();
      await running;
    },
  };
}

import { fullJitterDelayMs } from '../../lib/backoff.ts';
import { pause } from '../../lib/waiting.ts';
import type { ChildProgram } from './child-program.ts';

const RESTART = { baseMs: 500, capMs: 10_000 };

export interface SuperviseOptions {
  readonly name: string;
  readonly first: ChildProgram;
  readonly start: () => ChildProgram;
  readonly say: (line: string) => void;
}

/** Keeps a process running: one that dies is started again, sooner the longer it had lived. */
export function supervise({ name, first, start, say }: SuperviseOptions): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  let current = first;
  const run = async () => {
    for (let deaths = 0; ; deaths += 1) {
      const startedAt = Date.now();
      await current.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > RESTART.capMs) deaths = 0;
      const words = current.lastWords;
      say(`The ${name} ended unexpectedly and is started again.${words && `\n${words}`}`);
      await pause(fullJitterDelayMs(deaths, RESTART), stopping.signal);
      if (stopping.signal.aborted) return;
      current = start();
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await current.stop();
      await running;
    },
  };
}

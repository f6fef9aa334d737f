/** Long enough for a machine that is busy with other work; a healthy system needs a fraction of it. */
export const PATIENCE_MS = 25_000;

const POLL_MS = 20;

export const pauseMs = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });

/**
 * Asks again and again until the answer is neither false nor undefined, and resolves to it.
 *
 * @throws Error that says what was waited for, once the deadline is over
 */
export async function until<T>(
  what: string,
  ask: () => T | false | undefined | Promise<T | false | undefined>,
  deadlineMs = PATIENCE_MS,
): Promise<T> {
  const endsAt = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer;
    if (Date.now() > endsAt) throw new Error(`Waited ${deadlineMs} ms in vain: ${what}`);
    await pauseMs(POLL_MS);
  }
}

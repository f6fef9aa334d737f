/** The clock as it is now, going on evenly from here: it takes no part in later steps of the wall clock. */
export function steadyClock(clock: () => number): () => number {
  const base = clock() - performance.now();
  return () => base + performance.now();
}

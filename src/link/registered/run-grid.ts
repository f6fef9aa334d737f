/** When the runs of a registered query are due: at its start, and from there each `frequencyMs` up to its very end. */
export interface RunGrid {
  /** Milliseconds since 1970. */
  readonly startAt: number;
  readonly frequencyMs: number;
  readonly durationMs: number;
}

/** Place of the last run that is due, from 0. */
export function lastIndex({ frequencyMs, durationMs }: RunGrid): number {
  return Math.floor(durationMs / frequencyMs);
}

/** When the run at a place of the grid is due. */
export function dueAt({ startAt, frequencyMs }: RunGrid, index: number): number {
  return startAt + index * frequencyMs;
}

/** Place of the latest run that was due at a time; -1 before the start. */
export function indexAt(grid: RunGrid, time: number): number {
  const index = Math.floor((time - grid.startAt) / grid.frequencyMs);
  return Math.max(-1, Math.min(index, lastIndex(grid)));
}

/** Whether the last run was due before this time. */
export function isPast(grid: RunGrid, time: number): boolean {
  return time > grid.startAt + grid.durationMs;
}

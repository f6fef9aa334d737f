import type { FreeTimeRequest } from './free-time-request.ts';

/** A free slot. Times are milliseconds since 1970. */
export interface FreeSlot {
  /** What tells schedules apart. */
  readonly schedule: string;
  readonly startMs: number;
  readonly endMs: number;
}

type Wanted = Pick<FreeTimeRequest, 'durationMs' | 'toMs'>;

/** By schedule and start, the latest end of a slot that begins there. */
function latestEnds(slots: readonly FreeSlot[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { schedule, startMs, endMs } of slots) {
    const key = `${startMs} ${schedule}`;
    ends.set(key, Math.max(ends.get(key) ?? endMs, endMs));
  }
  return ends;
}

/** Whether slots that follow each other without a gap reach from the start of this one to a time. */
function reaches(slot: FreeSlot, untilMs: number, ends: ReadonlyMap<string, number>): boolean {
  let reachedMs = slot.endMs;
  while (reachedMs < untilMs) {
    const next = ends.get(`${reachedMs} ${slot.schedule}`);
    if (next === undefined || next <= reachedMs) return false;
    reachedMs = next;
  }
  return true;
}

/**
 * The slots at which an appointment of the wanted duration can begin: those from which it fits into free slots of the
 * same schedule that follow each other without a gap.
 *
 * @param slots free ones within the window, by their start
 * @param readUntilMs all slots that begin before it are among them; what cannot be decided by these is left out
 */
export function runStarts<Slot extends FreeSlot>(
  slots: readonly Slot[],
  { durationMs, toMs }: Wanted,
  readUntilMs: number,
): Slot[] {
  const inWindow = slots.filter(({ endMs }) => endMs <= toMs);
  if (durationMs === undefined) return inWindow;
  const ends = latestEnds(inWindow);
  const decided = inWindow.filter(({ startMs }) => startMs + durationMs <= readUntilMs);
  return decided.filter((slot) => reaches(slot, slot.startMs + durationMs, ends));
}

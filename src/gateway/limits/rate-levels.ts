import type { Session, SqlValue } from '../store/index.ts';

/** Requests of one integrator that a node made since it last told the store. */
export interface RateTaking {
  readonly integratorId: string;
  readonly taken: number;
  /** What the bucket has left when the store does not have it yet. */
  readonly levelAlone: number;
  readonly perSecond: number;
  readonly capacity: number;
}

interface LevelRow {
  readonly integrator_id: string;
  readonly level: number;
}

const MAX_ROWS = 200;

/** What is left after the refill since the last settling; the gateway whose clock is ahead counts that, and no other counts it again. */
const LEFT = `rate_levels.level - excluded.taken + CASE
  WHEN excluded.settled_at > rate_levels.settled_at
  THEN (excluded.settled_at - rate_levels.settled_at) * excluded.per_second / 1000.0
  ELSE 0 END`;

const settleSql = (rows: number) => `
  INSERT INTO rate_levels (integrator_id, level, taken, per_second, capacity, settled_at)
  VALUES ${Array.from({ length: rows }, () => '(?, ?, ?, ?, ?, ?)').join(', ')}
  ON CONFLICT (integrator_id) DO UPDATE SET
    level = CASE WHEN ${LEFT} > excluded.capacity THEN excluded.capacity ELSE ${LEFT} END,
    taken = excluded.taken, per_second = excluded.per_second, capacity = excluded.capacity,
    settled_at = CASE WHEN excluded.settled_at > rate_levels.settled_at
      THEN excluded.settled_at ELSE rate_levels.settled_at END
  RETURNING integrator_id, level`;

/** Takes from the buckets that all nodes share. @returns their levels afterwards, by integrator */
export async function settleRates(
  session: Session,
  takings: readonly RateTaking[],
  now: number,
): Promise<Map<string, number>> {
  const levels = new Map<string, number>();
  // Every node locks rows in the same order.
  const sorted = takings.toSorted((a, b) => (a.integratorId < b.integratorId ? -1 : 1));
  for (let from = 0; from < sorted.length; from += MAX_ROWS) {
    const rows = sorted.slice(from, from + MAX_ROWS);
    const params = rows.flatMap(
      ({ integratorId, taken, levelAlone, perSecond, capacity }): SqlValue[] => [
        integratorId,
        levelAlone,
        taken,
        perSecond,
        capacity,
        now,
      ],
    );
    for (const row of await session.all<LevelRow>(settleSql(rows.length), params)) {
      levels.set(row.integrator_id, row.level);
    }
  }
  return levels;
}

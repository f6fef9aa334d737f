import type { Database, Session, SqlValue } from '../store/index.ts';

/** What was used of a day's quotas. */
export interface Amount {
  readonly queries: number;
  readonly bytes: number;
}

/** What one integrator used at one site on one day. */
export interface UsageRow extends Amount {
  readonly integratorId: string;
  readonly siteId: string;
  /** UTC, such as 2026-11-22. */
  readonly day: string;
}

/** Which days of an integrator, both ends included; one site or all. */
export interface UsageRange {
  readonly integratorId: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly siteId?: string | undefined;
}

const COLUMNS = 'integrator_id AS "integratorId", site_id AS "siteId", day, queries, bytes';
const MAX_ROWS = 200;

const addSql = (rows: number) => `
  INSERT INTO daily_usage (integrator_id, site_id, day, queries, bytes)
  VALUES ${Array.from({ length: rows }, () => '(?, ?, ?, ?, ?)').join(', ')}
  ON CONFLICT (integrator_id, day, site_id) DO UPDATE SET
    queries = daily_usage.queries + excluded.queries, bytes = daily_usage.bytes + excluded.bytes
  RETURNING ${COLUMNS}`;

const keyOf = ({ integratorId, day, siteId }: UsageRow) => `${integratorId} ${day} ${siteId}`;

/** Adds to what is stored. @returns the same rows with their totals of all nodes */
export async function addUsage(session: Session, added: readonly UsageRow[]): Promise<UsageRow[]> {
  const totals: UsageRow[] = [];
  // Every node locks rows in the same order.
  const sorted = added.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  for (let from = 0; from < sorted.length; from += MAX_ROWS) {
    const rows = sorted.slice(from, from + MAX_ROWS);
    const params = rows.flatMap(({ integratorId, siteId, day, queries, bytes }): SqlValue[] => [
      integratorId,
      siteId,
      day,
      queries,
      bytes,
    ]);
    totals.push(...(await session.all<UsageRow>(addSql(rows.length), params)));
  }
  return totals;
}

/** The stored rows of an integrator, newest day first. */
export async function readUsage(database: Database, range: UsageRange): Promise<UsageRow[]> {
  const { integratorId, fromDay, toDay, siteId } = range;
  return await database.all<UsageRow>(
    `SELECT ${COLUMNS} FROM daily_usage
     WHERE integrator_id = ? AND day >= ? AND day <= ? ${siteId === undefined ? '' : 'AND site_id = ?'}
     ORDER BY day DESC, site_id`,
    [integratorId, fromDay, toDay, ...(siteId === undefined ? [] : [siteId])],
  );
}

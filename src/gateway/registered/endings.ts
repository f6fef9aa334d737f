import type { Clock } from '../../lib/clock.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { Database } from '../store/index.ts';

export interface EndingsContext {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly executionLimitMs: number;
  readonly retentionMs: number;
}

/** For the last report to arrive. */
const REPORT_MARGIN_MS = 5_000;
const BATCH = 500;

/**
 * Completes what is over: at its end when the last run has been reported or the site is away, otherwise once the last
 * run must have ended. A site counts as away at once when it closed its session, or was silent for too long.
 */
export async function completeDue({
  database,
  clock,
  executionLimitMs,
  retentionMs,
}: EndingsContext): Promise<number> {
  const now = clock.now();
  return await database.run(
    `UPDATE registered_queries
     SET status = 'completed', completed_at = end_at, erase_at = end_at + ?
     WHERE status = 'enabled' AND end_at <= ? AND (runs_over = 1 OR end_at <= ? OR NOT EXISTS (
       SELECT 1 FROM site_presence
       WHERE site_presence.site_id = registered_queries.site_id AND site_presence.availability = 'online'
     ))`,
    [retentionMs, now, now - executionLimitMs - REPORT_MARGIN_MS],
  );
}

/**
 * Cancels the queries of integrators that are no longer paired with the site. SQLite joins in the order of a CROSS JOIN:
 * the few pairings that have ended come first.
 */
export async function cancelUnpaired({
  database,
  clock,
  retentionMs,
}: Pick<EndingsContext, 'database' | 'clock' | 'retentionMs'>): Promise<number> {
  const now = clock.now();
  return await database.run(
    `UPDATE registered_queries
     SET status = 'cancelled', completed_at = ?, erase_at = ?, is_pending = 1
     WHERE id IN (
       SELECT r.id FROM pairings p CROSS JOIN registered_queries r
       WHERE p.ended_at IS NOT NULL AND r.site_id = p.site_id AND r.integrator_id = p.integrator_id
         AND r.status = 'enabled' AND r.command IS NOT NULL
     ) AND status = 'enabled'`,
    [now, now + retentionMs],
  );
}

/** Erases the practice's data from queries whose time is over (contract §11). Ids, counts, codes and times stay. */
export async function eraseDue(context: EndingsContext): Promise<number> {
  let erased = 0;
  for (let batch = BATCH; batch === BATCH; erased += batch) batch = await eraseBatch(context);
  return erased;
}

/** The blobs go first: whoever is interrupted here erases them again. */
async function eraseBatch({ database, blobs, clock }: EndingsContext): Promise<number> {
  const rows = await database.all<{ id: string; result_key: string | null }>(
    'SELECT id, result_key FROM registered_queries WHERE erase_at <= ? ORDER BY erase_at LIMIT ?',
    [clock.now(), BATCH],
  );
  for (const { result_key: key } of rows) if (key !== null) await blobs.delete(key);
  if (rows.length === 0) return 0;
  await database.transaction(async (session) => {
    for (const { id } of rows) {
      await session.run(
        `UPDATE registered_queries SET name = NULL, command = NULL, error_message = NULL,
           last_hash = NULL, result_key = NULL, result_data = NULL, result_parameters = NULL, is_pending = 0,
           erase_at = NULL
         WHERE id = ?`,
        [id],
      );
      await session.run('DELETE FROM registered_uploads WHERE query_id = ?', [id]);
    }
  });
  return rows.length;
}

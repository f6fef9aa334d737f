import type { Clock } from '../../lib/clock.ts';
import type { RunReport, RunsSeenFrame } from '../../protocol/registered-frames.ts';
import type { Metrics } from '../metrics/index.ts';
import { storableText } from '../queries/index.ts';
import type { Database, Session } from '../store/index.ts';
import { idList } from './id-list.ts';

export interface ReportsContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly retentionMs: number;
}

type Seen = RunsSeenFrame['seen'];
interface Counts {
  readonly succeeded_count: number;
  readonly failed_count: number;
}

/**
 * Writes down what a site reports of its runs; durable when it resolves. Only a later run than the one that is known
 * changes anything. A query that has completed meanwhile still counts the runs that were due; a cancelled one does not.
 */
export async function applyReports(
  { database, clock, metrics, retentionMs }: ReportsContext,
  siteId: string,
  reports: readonly RunReport[],
): Promise<Seen> {
  if (reports.length === 0) return [];
  const now = clock.now();
  const outcome = await database.transaction(async (session) => {
    let [succeeded, failed] = [0, 0];
    for (const report of reports) {
      const before = await apply(session, siteId, report, now);
      if (report.isLast) await endRuns(session, siteId, report, { now, retentionMs });
      if (!before) continue;
      succeeded += report.succeededCount - before.succeeded_count;
      failed += report.failedCount - before.failed_count;
    }
    return { succeeded, failed, running: await findRunning(session, siteId, reports) };
  });
  metrics.registeredRuns(outcome.succeeded, outcome.failed);
  return reports.map(({ queryId, runNumber }) => ({
    queryId,
    runNumber,
    verdict: outcome.running.has(queryId) ? 'noted' : 'over',
  }));
}

/** Resolves to the counts before; undefined when the report changes nothing. */
async function apply(
  session: Session,
  siteId: string,
  report: RunReport,
  now: number,
): Promise<Counts | undefined> {
  const { queryId, runNumber, lastError } = report;
  const at = (agoMs: number | undefined) => (agoMs === undefined ? null : now - agoMs);
  const lastSucceededAt = at(report.lastSucceededAgoMs);
  const lastFailedAt = at(report.lastFailedAgoMs);
  const [before] = await session.all<Counts>(
    `SELECT succeeded_count, failed_count FROM registered_queries
     WHERE id = ? AND site_id = ? AND run_number < ? AND command IS NOT NULL
       AND status IN ('enabled', 'completed')`,
    [queryId, siteId, runNumber],
  );
  const changes = before
    ? await session.run(
        `UPDATE registered_queries SET run_number = ?, succeeded_count = ?, failed_count = ?,
           result_size_sum = ?, last_execution_ms = ?, last_succeeded_at = ?, last_failed_at = ?,
           error_type = ?, error_code = ?, error_message = ?
         WHERE id = ? AND site_id = ? AND run_number < ? AND command IS NOT NULL
           AND status IN ('enabled', 'completed')`,
        [
          runNumber,
          report.succeededCount,
          report.failedCount,
          report.resultSizeSum,
          report.lastExecutionMs,
          lastSucceededAt,
          lastFailedAt,
          lastError?.errorType ?? null,
          lastError?.errorCode ?? null,
          lastError ? storableText(lastError.errorMessage) : null,
          queryId,
          siteId,
          runNumber,
        ],
      )
    : 0;
  return changes > 0 ? before : undefined;
}

/** No run is due any more: the query completes now, or at its end when that is still to come. */
async function endRuns(
  session: Session,
  siteId: string,
  { queryId, runNumber, lastSucceededAgoMs, lastFailedAgoMs }: RunReport,
  { now, retentionMs }: { readonly now: number; readonly retentionMs: number },
): Promise<void> {
  const agoMs = Math.min(lastSucceededAgoMs ?? now, lastFailedAgoMs ?? now);
  const completedAt = agoMs === now ? now : now - agoMs;
  const isThis = "id = ? AND site_id = ? AND run_number <= ? AND status = 'enabled'";
  await session.run(`UPDATE registered_queries SET runs_over = 1 WHERE ${isThis}`, [
    queryId,
    siteId,
    runNumber,
  ]);
  await session.run(
    `UPDATE registered_queries SET status = 'completed', completed_at = ?, erase_at = ?
     WHERE ${isThis} AND end_at <= ?`,
    [completedAt, completedAt + retentionMs, queryId, siteId, runNumber, completedAt],
  );
}

async function findRunning(
  session: Session,
  siteId: string,
  reports: readonly RunReport[],
): Promise<Set<string>> {
  const { places, padded } = idList(reports.map(({ queryId }) => queryId));
  const rows = await session.all<{ id: string }>(
    `SELECT id FROM registered_queries
     WHERE site_id = ? AND status = 'enabled' AND runs_over = 0 AND id IN (${places})`,
    [siteId, ...padded],
  );
  return new Set(rows.map(({ id }) => id));
}

import type { Clock } from '../../lib/clock.ts';
import type { QueryLimits } from '../limits/index.ts';
import type { Announce } from '../queries/index.ts';
import type { Session, SqlValue } from '../store/index.ts';

/** A changed result whose rows are at hand. */
export interface ArrivedResult {
  readonly queryId: string;
  readonly runNumber: number;
  readonly hash: string;
  readonly size: number;
  readonly rows: number;
  /** As JSON; null for none. */
  readonly parameters: string | null;
  /** Where the rows are: in the blob store, or here as JSON text. */
  readonly place: { readonly key: string } | { readonly data: string };
}

interface Before {
  readonly site_id: string;
  readonly integrator_id: string;
  readonly last_hash: string | null;
  readonly result_key: string | null;
}

export interface StoreResultContext {
  readonly clock: Clock;
  readonly announce: Announce;
  readonly limits: Pick<QueryLimits, 'recordBytes'>;
}

/**
 * Makes a result the latest one of its query, and announces it when it differs. Resolves to the key of the blob that it
 * replaces, null for none; undefined, and nothing changes, when it is not wanted.
 */
export async function storeResult(
  session: Session,
  { clock, announce, limits }: StoreResultContext,
  { queryId, runNumber, place, ...result }: ArrivedResult,
): Promise<SqlValue | undefined> {
  const [before] = await session.all<Before>(
    `SELECT site_id, integrator_id, last_hash, result_key FROM registered_queries
     WHERE id = ? AND result_run < ? AND command IS NOT NULL
       AND status IN ('enabled', 'completed') FOR UPDATE`,
    [queryId, runNumber],
  );
  if (!before) return undefined;
  await session.run(
    `UPDATE registered_queries SET last_hash = ?, result_run = ?, result_key = ?, result_data = ?,
       result_size = ?, result_rows = ?, result_parameters = ? WHERE id = ?`,
    [
      result.hash,
      runNumber,
      'key' in place ? place.key : null,
      'data' in place ? place.data : null,
      result.size,
      result.rows,
      result.parameters,
      queryId,
    ],
  );
  const { integrator_id: integratorId, site_id: siteId } = before;
  limits.recordBytes({ integratorId, siteId, bytes: result.size });
  if (before.last_hash !== result.hash) {
    await announce(session, {
      integratorId,
      siteId,
      queryId,
      occurredAt: clock.now(),
    });
  }
  return before.result_key;
}

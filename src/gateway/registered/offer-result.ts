import type { ResultChangedFrame, ResultSeenFrame } from '../../protocol/registered-frames.ts';
import { newUploadPermission } from '../queries/index.ts';
import type { Database, SqlValue } from '../store/index.ts';

/** Where links put results, below the gateway's own address. */
const RESULT_PATH = '/link/registered-results';

interface Known {
  readonly status: string;
  readonly result_run: SqlValue;
  readonly last_hash: string | null;
}

/** Answers a link that has a changed result: where it may put it, once; a newer offer takes the place of an older. */
export async function offerResult(
  database: Database,
  maxResultBytes: number,
  siteId: string,
  offer: ResultChangedFrame,
): Promise<ResultSeenFrame> {
  const { queryId, runNumber } = offer;
  const { tokenHash, upload } = newUploadPermission(`${RESULT_PATH}/${queryId}`);
  const verdict = await database.transaction(async (session) => {
    // Locked, so that a query that is being erased just now leaves no output parameters behind.
    const [known] = await session.all<Known>(
      `SELECT status, result_run, last_hash FROM registered_queries
       WHERE id = ? AND site_id = ? AND command IS NOT NULL FOR UPDATE`,
      [queryId, siteId],
    );
    const isWanted = known?.status === 'enabled' || known?.status === 'completed';
    if (!known || !isWanted || offer.size > maxResultBytes) return 'over';
    if (known.last_hash === offer.hash || Number(known.result_run) >= runNumber) return 'cached';
    await session.run(
      `INSERT INTO registered_uploads
         (query_id, token_hash, run_number, hash, sha256, size, row_count, parameters)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (query_id) DO UPDATE SET
         token_hash = excluded.token_hash, run_number = excluded.run_number, hash = excluded.hash,
         sha256 = excluded.sha256, size = excluded.size, row_count = excluded.row_count,
         parameters = excluded.parameters`,
      [
        queryId,
        tokenHash,
        runNumber,
        offer.hash,
        offer.sha256,
        offer.size,
        offer.rows,
        offer.parameters ? JSON.stringify(offer.parameters) : null,
      ],
    );
    return 'upload';
  });
  const seen: ResultSeenFrame = { type: 'resultSeen', queryId, runNumber, verdict };
  return verdict === 'upload' ? { ...seen, upload } : seen;
}

import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { Metrics } from '../metrics/index.ts';
import { verified } from '../queries/index.ts';
import type { Database, Session, SqlValue } from '../store/index.ts';
import { uploadTokenHash } from './offer-result.ts';

/** Tells the integrator's webhook, in the transaction that stores what it announces. */
export type Announce = (
  session: Session,
  event: {
    readonly integratorId: string;
    readonly siteId: string;
    readonly queryId: string;
    readonly occurredAt: number;
  },
) => Promise<unknown>;

export interface ReceiveContext {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly announce: Announce;
}

interface ExpectedResult {
  readonly token_hash: string;
  readonly run_number: SqlValue;
  readonly hash: string;
  readonly sha256: string;
  readonly size: SqlValue;
  readonly row_count: SqlValue;
  readonly parameters: string | null;
}

interface Before {
  readonly site_id: string;
  readonly integrator_id: string;
  readonly last_hash: string | null;
  readonly result_key: string | null;
}

/**
 * Takes the bytes of a changed result that was offered. All or nothing, and durable once it resolves.
 *
 * @throws ParhelionError `uploadRefused` for a token that is unknown, used or replaced, `invalidRequest` for other bytes
 *   than those that were offered
 */
export async function receiveResult(
  context: ReceiveContext,
  queryId: string,
  token: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { database, blobs } = context;
  const [expected] = await database.all<ExpectedResult>(
    'SELECT * FROM registered_uploads WHERE query_id = ? AND token_hash = ?',
    [queryId, uploadTokenHash(token)],
  );
  if (!expected) throw new ParhelionError('uploadRefused');
  const sizeBytes = Number(expected.size);
  const key = `registered/${queryId}/${newId()}`;
  const bytes = verified(body, { sizeBytes, sha256: expected.sha256 });
  const { outcome } = await blobs.put(key, bytes, { maxBytes: sizeBytes });
  if (outcome === 'tooLarge') {
    throw new ParhelionError('invalidRequest', 'There are more bytes than were announced.');
  }
  let replaced: string | null | undefined;
  try {
    replaced = await commit(context, queryId, key, expected);
  } catch (error) {
    await blobs.delete(key).catch(() => {});
    throw error;
  }
  if (replaced === undefined) await blobs.delete(key);
  else if (replaced !== null) await blobs.delete(replaced);
}

/** Resolves to the key of the result that was replaced, null for none; undefined when this one is not wanted. */
async function commit(
  { database, clock, metrics, announce }: ReceiveContext,
  queryId: string,
  key: string,
  expected: ExpectedResult,
): Promise<string | null | undefined> {
  const before = await database.transaction(async (session) => {
    const used = await session.run(
      'DELETE FROM registered_uploads WHERE query_id = ? AND token_hash = ?',
      [queryId, expected.token_hash],
    );
    const [query] = await session.all<Before>(
      `SELECT site_id, integrator_id, last_hash, result_key FROM registered_queries
       WHERE id = ? AND result_run < ? AND command IS NOT NULL
         AND status IN ('enabled', 'completed') FOR UPDATE`,
      [queryId, Number(expected.run_number)],
    );
    if (used === 0 || !query) return undefined;
    await session.run(
      `UPDATE registered_queries SET last_hash = ?, result_run = ?, result_key = ?, result_size = ?,
         result_rows = ?, result_parameters = ? WHERE id = ?`,
      [
        expected.hash,
        Number(expected.run_number),
        key,
        Number(expected.size),
        Number(expected.row_count),
        expected.parameters,
        queryId,
      ],
    );
    if (query.last_hash !== expected.hash) {
      await announce(session, {
        integratorId: query.integrator_id,
        siteId: query.site_id,
        queryId,
        occurredAt: clock.now(),
      });
    }
    return query;
  });
  if (!before) return undefined;
  metrics.registeredResultStored(Number(expected.size));
  return before.result_key;
}

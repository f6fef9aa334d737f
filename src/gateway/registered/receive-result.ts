import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { QueryLimits } from '../limits/index.ts';
import type { Metrics } from '../metrics/index.ts';
import { type Announce, uploadTokenHash, verified } from '../queries/index.ts';
import type { Database, SqlValue } from '../store/index.ts';
import { storeResult } from './store-result.ts';

export interface ReceiveContext {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly announce: Announce;
  readonly limits: QueryLimits;
  readonly onAnnounced: () => void;
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
  let replaced: SqlValue | undefined;
  try {
    replaced = await commit(context, queryId, key, expected);
  } catch (error) {
    await blobs.delete(key).catch(() => {});
    throw error;
  }
  if (replaced === undefined) await blobs.delete(key);
  else if (replaced !== null) await blobs.delete(String(replaced));
}

/** Resolves to the key of the result that was replaced, null for none; undefined when this one is not wanted. */
async function commit(
  context: ReceiveContext,
  queryId: string,
  key: string,
  expected: ExpectedResult,
): Promise<SqlValue | undefined> {
  const { database, metrics, onAnnounced } = context;
  const size = Number(expected.size);
  const replaced = await database.transaction(async (session) => {
    const used = await session.run(
      'DELETE FROM registered_uploads WHERE query_id = ? AND token_hash = ?',
      [queryId, expected.token_hash],
    );
    if (used === 0) return undefined;
    return await storeResult(session, context, {
      queryId,
      runNumber: Number(expected.run_number),
      hash: expected.hash,
      size,
      rows: Number(expected.row_count),
      parameters: expected.parameters,
      place: { key },
    });
  });
  if (replaced !== undefined) {
    metrics.registeredResultStored(size);
    onAnnounced();
  }
  return replaced;
}

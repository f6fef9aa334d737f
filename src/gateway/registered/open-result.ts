import type { BlobStore } from '../blobs/index.ts';
import type { Database } from '../store/index.ts';
import type { RegisteredQuery } from './registered-query.ts';

/** The rows of a result as JSON bytes. */
export interface OpenedResult {
  readonly sizeBytes: number;
  /** To be read to its end. */
  readonly chunks: Iterable<Buffer> | AsyncIterable<Buffer>;
}

/** Opens the rows of a query's result; undefined when there is none, or a newer one has just taken its place. */
export async function openResult(
  { database, blobs }: { readonly database: Database; readonly blobs: BlobStore },
  { id, result }: RegisteredQuery,
): Promise<OpenedResult | undefined> {
  if (!result) return undefined;
  const [row] = await database.all<{ result_key: string | null; result_data: string | null }>(
    'SELECT result_key, result_data FROM registered_queries WHERE id = ? AND result_run = ?',
    [id, result.runNumber],
  );
  if (row?.result_data != null) {
    const bytes = Buffer.from(row.result_data);
    return { sizeBytes: bytes.length, chunks: [bytes] };
  }
  const blob = row?.result_key == null ? undefined : await blobs.get(row.result_key);
  return blob && { sizeBytes: blob.size, chunks: blob.body };
}

import type { Value } from '../../../protocol/values.ts';
import type { ResultEvent } from '../../driver.ts';

/** About how many bytes one batch holds; a single row may be larger. */
const BATCH_BYTES = 64 * 1024;

function approximateBytes(row: readonly Value[]): number {
  let bytes = 8;
  for (const value of row) {
    if (typeof value === 'string' || value instanceof Uint8Array) bytes += value.length;
    bytes += 8;
  }
  return bytes;
}

/** Cuts the events of a command into batches of bounded size, whatever the size of its rows. */
export function* inBatches(events: Iterable<ResultEvent>): Generator<ResultEvent[], void, void> {
  let batch: ResultEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    if (event.kind !== 'rows') {
      batch.push(event);
      continue;
    }
    let from = 0;
    for (const [index, row] of event.rows.entries()) {
      bytes += approximateBytes(row);
      if (bytes < BATCH_BYTES) continue;
      batch.push({ kind: 'rows', rows: event.rows.slice(from, index + 1) });
      yield batch;
      batch = [];
      bytes = 0;
      from = index + 1;
    }
    if (from < event.rows.length) batch.push({ kind: 'rows', rows: event.rows.slice(from) });
  }
  if (batch.length > 0) yield batch;
}

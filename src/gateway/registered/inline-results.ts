import type { Clock } from '../../lib/clock.ts';
import type { ResultChangedFrame, ResultSeenFrame } from '../../protocol/registered-frames.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { QueryLimits } from '../limits/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Announce } from '../queries/index.ts';
import { createGroupCommit, type Database, type GroupCommit } from '../store/index.ts';
import { storeResult } from './store-result.ts';

export interface InlineResultsOptions {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly announce: Announce;
  readonly limits: QueryLimits;
  readonly onAnnounced: () => void;
  readonly maxResultBytes: number;
}

/** A changed result whose rows came in its frame. */
export type InlineFrame = ResultChangedFrame & { readonly body: string };

interface Arrival {
  readonly siteId: string;
  readonly frame: InlineFrame;
  verdict: ResultSeenFrame['verdict'];
  replacedKey?: string;
}

/** Takes small results as they are, those of one moment in one commit. */
export class InlineResults implements AsyncDisposable {
  readonly #options: InlineResultsOptions;
  readonly #arrivals: GroupCommit<Arrival>;

  constructor(options: InlineResultsOptions) {
    this.#options = options;
    this.#arrivals = createGroupCommit({
      commit: (batch) => this.#store(batch),
      maxBatch: 200,
      keyOf: ({ frame }) => frame.queryId,
    });
  }

  /** Durable once it resolves. */
  async take(siteId: string, frame: InlineFrame): Promise<ResultSeenFrame> {
    const { queryId, runNumber, body, size } = frame;
    const isWhole = Buffer.byteLength(body) === size && size <= this.#options.maxResultBytes;
    const arrival: Arrival = { siteId, frame, verdict: 'over' };
    if (isWhole) await this.#arrivals.add(arrival);
    if (arrival.replacedKey !== undefined) await this.#options.blobs.delete(arrival.replacedKey);
    return { type: 'resultSeen', queryId, runNumber, verdict: arrival.verdict };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#arrivals[Symbol.asyncDispose]());
  }

  async #store(batch: readonly Arrival[]): Promise<void> {
    const { database, metrics, onAnnounced } = this.#options;
    const stored: number[] = [];
    await database.transaction(async (session) => {
      stored.length = 0;
      for (const arrival of batch) {
        const { frame, siteId } = arrival;
        const { queryId, parameters, body, ...result } = frame;
        const [known] = await session.all<{ last_hash: string | null }>(
          `SELECT last_hash FROM registered_queries
           WHERE id = ? AND site_id = ? AND command IS NOT NULL
             AND status IN ('enabled', 'completed')`,
          [queryId, siteId],
        );
        arrival.verdict = known ? 'cached' : 'over';
        if (!known || known.last_hash === frame.hash) continue;
        const replaced = await storeResult(session, this.#options, {
          ...result,
          queryId,
          parameters: parameters ? JSON.stringify(parameters) : null,
          place: { data: body },
        });
        if (replaced !== undefined) stored.push(frame.size);
        if (replaced) arrival.replacedKey = String(replaced);
      }
    });
    for (const size of stored) metrics.registeredResultStored(size);
    if (stored.length > 0) onAnnounced();
  }
}

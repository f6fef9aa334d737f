import type { Clock } from '../../lib/clock.ts';
import type { ErrorDetails } from '../../protocol/error-details.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { QueryLimits } from '../limits/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Announce } from '../queries/index.ts';
import type { SiteBus } from '../sessions/index.ts';
import type { Database } from '../store/index.ts';
import type { InlineResults } from './inline-results.ts';
import type { RegisteredEvents } from './registered-events.ts';
import type { RegisteredStore } from './registered-store.ts';

export interface RegisteredOptions {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly bus: Pick<SiteBus, 'publish' | 'subscribe'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly announce: Announce;
  /** What was announced is committed. */
  readonly onAnnounced: () => void;
  readonly limits: QueryLimits;
  /** Why the practice refuses at once; undefined when it does not, or cannot be asked now. */
  readonly askPractice: (
    siteId: string,
    queryId: string,
    integratorId: string,
  ) => Promise<ErrorDetails | undefined>;
  readonly executionLimitMs: number;
  readonly maxResultBytes: number;
  /** Ended queries are kept this long. */
  readonly retentionMs: number;
  /** Enabled queries that one integrator may have at one site. */
  readonly maxPerSite: number;
  readonly events: RegisteredEvents;
}

/** What the operations of registered queries share. */
export interface RegisteredContext extends RegisteredOptions {
  readonly store: RegisteredStore;
  readonly inline: InlineResults;
}

import type { Clock } from '../../lib/clock.ts';
import { createExpiringCache, type ExpiringCache } from '../../lib/expiring-cache.ts';
import type { Database } from '../store/index.ts';
import type { Site } from './site.ts';
import type { SiteReader } from './site-reader.ts';

/** Another gateway's changes to sites and pairings hold here after this time. */
const BELIEVED_MS = 1000;

/** The look-ups of every request, as they were at most a second ago; this gateway's own changes hold at once. */
export class SiteDirectory {
  readonly #sites: ExpiringCache<Site | undefined>;
  readonly #pairings: ExpiringCache<boolean>;

  constructor(database: Database, reader: SiteReader, clock: Clock) {
    const cached = { clock, maxAgeMs: BELIEVED_MS, maxEntries: 20_000 };
    this.#sites = createExpiringCache({ ...cached, load: (siteId) => reader.get(siteId) });
    this.#pairings = createExpiringCache({
      ...cached,
      load: async (key) => {
        const rows = await database.all(
          `SELECT site_id FROM pairings
           WHERE integrator_id = ? AND site_id = ? AND ended_at IS NULL`,
          key.split('\n'),
        );
        return rows.length > 0;
      },
    });
  }

  find(siteId: string): Promise<Site | undefined> {
    return this.#sites.get(siteId);
  }

  isPaired(integratorId: string, siteId: string): Promise<boolean> {
    return this.#pairings.get(`${integratorId}\n${siteId}`);
  }

  forgetSite(siteId: string): void {
    this.#sites.delete(siteId);
  }

  forgetPairing(integratorId: string, siteId: string): void {
    this.#pairings.delete(`${integratorId}\n${siteId}`);
  }
}

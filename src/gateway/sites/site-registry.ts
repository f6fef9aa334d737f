import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Alongside, Database, Session } from '../store/index.ts';
import type { PmsType, Site, SiteStatus } from './site.ts';
import type { SiteDirectory } from './site-directory.ts';
import type { SiteReader } from './site-reader.ts';

export interface NewSite {
  readonly pmsType: PmsType;
  readonly practiceManagementSiteId: string;
  readonly name: string;
}

const INSERT_SITE = `
  INSERT INTO sites (id, pms_type, pms_id, name, status, authoritative, catalogue, created_at, updated_at)
  VALUES (?, ?, ?, ?, 'initialising', ?, '[]', ?, ?)`;

const ONE_AUTHORITY = 'ON CONFLICT (pms_type, pms_id) WHERE authoritative = 1 DO NOTHING';

/** The sites there are, as the operator manages them. */
export class SiteRegistry {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #reader: SiteReader;
  readonly #directory: SiteDirectory;

  constructor(database: Database, clock: Clock, reader: SiteReader, directory: SiteDirectory) {
    this.#database = database;
    this.#clock = clock;
    this.#reader = reader;
    this.#directory = directory;
  }

  /** The first site of a PMS id has authority for it; a later one gets it by {@link makeAuthoritative}. */
  async create(
    { pmsType, practiceManagementSiteId, name }: NewSite,
    alongside?: Alongside<string>,
  ): Promise<Site> {
    const id = newId();
    const now = this.#clock.now();
    const insert = (session: Session, authoritative: 0 | 1): Promise<number> =>
      session.run(authoritative ? `${INSERT_SITE} ${ONE_AUTHORITY}` : INSERT_SITE, [
        id,
        pmsType,
        practiceManagementSiteId,
        name,
        authoritative,
        now,
        now,
      ]);
    await this.#database.transaction(async (session) => {
      if ((await insert(session, 1)) === 0) await insert(session, 0);
      await alongside?.(session, id);
    });
    this.#directory.forgetSite(id);
    const site = await this.#reader.get(id);
    if (!site) throw new Error('a site vanished while it was created');
    return site;
  }

  /** The site as it is now; {@link SiteDirectory.find} is the cheap look-up. */
  get(siteId: string): Promise<Site | undefined> {
    return this.#reader.get(siteId);
  }

  /** Sites in the order of their making, from after `afterId` on. */
  list({ afterId = '', limit = 1000 } = {}): Promise<Site[]> {
    return this.#reader.select('WHERE s.id > ? ORDER BY s.id LIMIT ?', [afterId, limit]);
  }

  /** A removed site gives up its authority, so that another one of the PMS id can take it. */
  async setStatus(siteId: string, status: SiteStatus): Promise<boolean> {
    const changes = await this.#database.run(
      `UPDATE sites SET status = ?, updated_at = ?,
         authoritative = CASE WHEN ? = 'removed' THEN 0 ELSE authoritative END
       WHERE id = ?`,
      [status, this.#clock.now(), status, siteId],
    );
    this.#directory.forgetSite(siteId);
    return changes > 0;
  }

  /** Moves the authority for a PMS id to this site. False for an unknown or removed one. */
  async makeAuthoritative(siteId: string): Promise<boolean> {
    const changed = await this.#database.transaction((session) =>
      this.#moveAuthority(session, siteId),
    );
    for (const id of changed) this.#directory.forgetSite(id);
    return changed.length > 0;
  }

  async #moveAuthority(session: Session, siteId: string): Promise<string[]> {
    const now = this.#clock.now();
    const [site] = await session.all<{ pms_type: string; pms_id: string }>(
      "SELECT pms_type, pms_id FROM sites WHERE id = ? AND status <> 'removed'",
      [siteId],
    );
    if (!site) return [];
    const earlier = await session.all<{ id: string }>(
      `UPDATE sites SET authoritative = 0, updated_at = ?
       WHERE pms_type = ? AND pms_id = ? AND authoritative = 1 RETURNING id`,
      [now, site.pms_type, site.pms_id],
    );
    await session.run('UPDATE sites SET authoritative = 1, updated_at = ? WHERE id = ?', [
      now,
      siteId,
    ]);
    return [siteId, ...earlier.map(({ id }) => id)];
  }
}

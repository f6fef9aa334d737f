import { createGroupCommit, type Database, type GroupCommit, type Insert } from '../store/index.ts';
import type { Catalogue, Site } from './site.ts';
import type { SiteDirectory } from './site-directory.ts';
import { type SilenceOptions, silenceLimit } from './site-reader.ts';

/** What a link says of itself when it connects. */
export interface Hello {
  readonly siteId: string;
  /** Which connection speaks; words of an older connection change nothing. */
  readonly sessionId: string;
  readonly linkVersion: string;
  readonly clientTime: number;
  readonly catalogues: readonly Catalogue[];
  readonly practiceName?: string;
  readonly pmsVersion?: string;
}

export interface Heartbeat {
  readonly siteId: string;
  readonly sessionId: string;
  readonly clientTime: number;
  /** Catalogues may be added while the link runs. */
  readonly catalogues?: readonly Catalogue[];
}

export interface PresenceOptions extends SilenceOptions {
  readonly database: Database;
  readonly directory: SiteDirectory;
  /** Called when heartbeats could not be written; the sites' next ones are tried again. */
  readonly onFlushFailed: (error: unknown) => void;
}

const FLUSH_HEARTBEATS_AFTER_MS = 5000;

const ARRIVED: Insert = {
  table: 'site_presence',
  columns: ['site_id', 'session_id', 'availability', 'heartbeat_at', 'client_time', 'enriched_at'],
  onConflict: `ON CONFLICT (site_id) DO UPDATE SET
    session_id = excluded.session_id, availability = excluded.availability,
    heartbeat_at = excluded.heartbeat_at, client_time = excluded.client_time,
    enriched_at = COALESCE(excluded.enriched_at, site_presence.enriched_at)`,
};

const STILL_HERE: Insert = {
  table: 'site_presence',
  columns: ['site_id', 'session_id', 'availability', 'heartbeat_at', 'client_time'],
  onConflict: `ON CONFLICT (site_id) DO UPDATE SET
    heartbeat_at = excluded.heartbeat_at, client_time = excluded.client_time,
    availability = CASE WHEN site_presence.availability = 'unreachable' THEN 'online'
      ELSE site_presence.availability END
    WHERE site_presence.session_id = excluded.session_id
      AND site_presence.heartbeat_at <= excluded.heartbeat_at`,
};

interface Arrival {
  readonly hello: Hello;
  readonly at: number;
}

/** Which sites are there. Thousands may arrive at once, hence the group commit; heartbeats are written lazily. */
export class Presence implements AsyncDisposable {
  readonly #options: PresenceOptions;
  readonly #arrivals: GroupCommit<Arrival>;
  readonly #heartbeats = new Map<string, Heartbeat & { readonly at: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#arrivals = createGroupCommit({
      commit: (batch) => options.database.insertMany(ARRIVED, batch.map(arrivedRow)),
      keyOf: ({ hello }) => hello.siteId,
    });
  }

  /** The site is online from now on. False, and nothing changes, for an unknown or removed site. */
  async recordHello(hello: Hello): Promise<boolean> {
    const { directory } = this.#options;
    directory.forgetSite(hello.siteId);
    const site = await directory.find(hello.siteId);
    if (!site || site.status === 'removed') return false;
    if (saysSomethingNew(site, hello) && !(await this.#updateSite(hello))) return false;
    this.#heartbeats.delete(hello.siteId);
    await this.#arrivals.add({ hello, at: this.#options.clock.now() });
    directory.forgetSite(hello.siteId);
    return true;
  }

  /** The site was heard; written within seconds. Resolves once new catalogues, if any, are durable. */
  async recordHeartbeat(heartbeat: Heartbeat): Promise<void> {
    const { siteId, catalogues } = heartbeat;
    this.#heartbeats.set(siteId, { ...heartbeat, at: this.#options.clock.now() });
    this.#timer ??= setTimeout(() => {
      this.flushHeartbeats().catch(this.#options.onFlushFailed);
    }, FLUSH_HEARTBEATS_AFTER_MS).unref();
    if (catalogues === undefined) return;
    const site = await this.#options.directory.find(siteId);
    const text = JSON.stringify(catalogues);
    if (!site || JSON.stringify(site.catalogues) === text) return;
    await this.#options.database.run(
      'UPDATE sites SET catalogue = ?, updated_at = ? WHERE id = ?',
      [text, this.#options.clock.now(), siteId],
    );
    this.#options.directory.forgetSite(siteId);
  }

  async flushHeartbeats(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const heartbeats = [...this.#heartbeats.values()];
    this.#heartbeats.clear();
    if (heartbeats.length === 0) return;
    await this.#options.database.insertMany(
      STILL_HERE,
      heartbeats.map(({ siteId, sessionId, at, clientTime }) => [
        siteId,
        sessionId,
        'online',
        at,
        clientTime,
      ]),
    );
  }

  /** The link closed its session on purpose. False when a newer session has taken over. */
  async recordOffline(siteId: string, sessionId: string): Promise<boolean> {
    const { database, directory, clock } = this.#options;
    if (this.#heartbeats.get(siteId)?.sessionId === sessionId) this.#heartbeats.delete(siteId);
    const changes = await database.run(
      `UPDATE site_presence SET availability = 'offline', heartbeat_at = ?
       WHERE site_id = ? AND session_id = ?`,
      [clock.now(), siteId, sessionId],
    );
    directory.forgetSite(siteId);
    return changes > 0;
  }

  /** Writes down which online sites have gone silent, and names them; of several gateways one gets each. */
  async markSilent(): Promise<string[]> {
    const { database, directory } = this.#options;
    await this.flushHeartbeats();
    const limit = silenceLimit(this.#options);
    if (limit === undefined) return [];
    const rows = await database.all<{ site_id: string }>(
      `UPDATE site_presence SET availability = 'unreachable'
       WHERE availability = 'online' AND heartbeat_at <= ? RETURNING site_id`,
      [limit],
    );
    for (const { site_id } of rows) directory.forgetSite(site_id);
    return rows.map(({ site_id }) => site_id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#arrivals[Symbol.asyncDispose]();
    await this.flushHeartbeats().catch(this.#options.onFlushFailed);
  }

  async #updateSite(hello: Hello): Promise<boolean> {
    const changes = await this.#options.database.run(
      `UPDATE sites SET status = 'active', link_version = ?, catalogue = ?,
         practice_name = COALESCE(?, practice_name), pms_version = COALESCE(?, pms_version),
         updated_at = ?
       WHERE id = ? AND status <> 'removed'`,
      [
        hello.linkVersion,
        JSON.stringify(hello.catalogues),
        hello.practiceName ?? null,
        hello.pmsVersion ?? null,
        this.#options.clock.now(),
        hello.siteId,
      ],
    );
    return changes > 0;
  }
}

function arrivedRow({ hello, at }: Arrival): (string | number | null)[] {
  const isEnriched = hello.practiceName !== undefined || hello.pmsVersion !== undefined;
  return [hello.siteId, hello.sessionId, 'online', at, hello.clientTime, isEnriched ? at : null];
}

/** Most reconnections repeat what is known: they cost one narrow row. */
function saysSomethingNew(site: Site, hello: Hello): boolean {
  return (
    site.status !== 'active' ||
    site.linkVersion !== hello.linkVersion ||
    JSON.stringify(site.catalogues) !== JSON.stringify(hello.catalogues) ||
    (hello.practiceName ?? site.practiceName) !== site.practiceName ||
    (hello.pmsVersion ?? site.pmsVersion) !== site.pmsVersion
  );
}

import type { Clock } from '../../lib/clock.ts';
import type { Database, SqlValue } from '../store/index.ts';
import type { Availability, Catalogue, PmsType, Site, SiteStatus } from './site.ts';

interface SiteRow {
  readonly id: string;
  readonly pms_type: PmsType;
  readonly pms_id: string;
  readonly name: string;
  readonly status: SiteStatus;
  readonly authoritative: number;
  readonly practice_name: string | null;
  readonly pms_version: string | null;
  readonly link_version: string | null;
  readonly catalogue: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly availability: Availability | null;
  readonly heartbeat_at: number | null;
  readonly client_time: number | null;
  readonly enriched_at: number | null;
}

const SELECT_SITES = `
  SELECT s.id, s.pms_type, s.pms_id, s.name, s.status, s.authoritative, s.practice_name,
    s.pms_version, s.link_version, s.catalogue, s.created_at, s.updated_at,
    p.availability, p.heartbeat_at, p.client_time, p.enriched_at
  FROM sites s LEFT JOIN site_presence p ON p.site_id = s.id`;

export interface SilenceOptions {
  readonly clock: Clock;
  /** A site that has not been heard for so long is unreachable. */
  readonly unreachableAfterMs: number;
  /** Silence before this time does not count: nobody was listening while the gateway was down. Default: it counts. */
  readonly silenceCountsFrom?: number;
}

/** Sites heard at this time or before are silent. Undefined while this gateway has not listened long enough. */
export function silenceLimit(options: SilenceOptions): number | undefined {
  const limit = options.clock.now() - options.unreachableAfterMs;
  return limit < (options.silenceCountsFrom ?? 0) ? undefined : limit;
}

/** Reads sites, uncached. */
export class SiteReader {
  readonly #database: Database;
  readonly #silence: SilenceOptions;

  constructor(database: Database, silence: SilenceOptions) {
    this.#database = database;
    this.#silence = silence;
  }

  /** Sites that the text after FROM selects; `s` is the site, `p` its presence. */
  async select(rest: string, params: readonly SqlValue[]): Promise<Site[]> {
    const rows = await this.#database.all<SiteRow>(`${SELECT_SITES} ${rest}`, params);
    return rows.map((row) => this.#toSite(row));
  }

  async get(siteId: string): Promise<Site | undefined> {
    const [site] = await this.select('WHERE s.id = ?', [siteId]);
    return site;
  }

  #toSite(row: SiteRow): Site {
    return {
      id: row.id,
      pmsType: row.pms_type,
      pmsId: row.pms_id,
      name: row.name,
      status: row.status,
      availability: this.#availability(row),
      isAuthoritative: row.authoritative === 1,
      practiceName: row.practice_name,
      pmsVersion: row.pms_version,
      linkVersion: row.link_version,
      catalogues: JSON.parse(row.catalogue) as readonly Catalogue[],
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      enrichedAt: row.enriched_at,
      clientTime: row.client_time,
      heartbeatAt: row.heartbeat_at,
    };
  }

  /** The gateway that wrote `online` may have died since: silence is judged by whoever reads. */
  #availability({ availability, heartbeat_at }: SiteRow): Availability {
    if (availability === null || heartbeat_at === null) return 'offline';
    const limit = silenceLimit(this.#silence);
    const isSilent = limit !== undefined && heartbeat_at <= limit;
    return availability === 'online' && isSilent ? 'unreachable' : availability;
  }
}

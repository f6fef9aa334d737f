import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import type { SiteZone } from '../values/site-zone.ts';

/** What reading a parameter of one resource type needs. */
export interface SearchContext {
  readonly mapping: ResourceMapping;
  readonly system: SystemMapping;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly zone: SiteZone;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many chains and `_has` this type was reached through. */
  readonly depth: number;
}

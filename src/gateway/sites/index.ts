export type { Enrolment, EnrolResult, LinkIdentity } from './enrolment.ts';
export type { Pairing, PairSiteRequest, PairSiteResult } from './pairing.ts';
export type { Heartbeat, Hello, Presence } from './presence.ts';
export {
  type Availability,
  type Catalogue,
  mayAnswer,
  type PmsName,
  type PmsType,
  pmsNameOf,
  pmsTypeOf,
  type Site,
  type SiteStatus,
} from './site.ts';
export type { SiteDirectory } from './site-directory.ts';
export { type SiteObject, toSiteObject } from './site-object.ts';
export type { NewSite, SiteRegistry } from './site-registry.ts';
export { createSites, type Sites, type SitesOptions } from './sites.ts';

export type { PairSiteResult } from './pairing.ts';
export { mayAnswer, type PmsType, pmsTypeOf, type Site } from './site.ts';
export { type SiteObject, toSiteObject } from './site-object.ts';
export { createSites, type Sites } from './sites.ts';

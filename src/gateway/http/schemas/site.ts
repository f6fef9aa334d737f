import { Type } from 'typebox';
import { Catalogue } from '../../../protocol/frames.ts';

const Instant = Type.String({ format: 'date-time' });

/** Path of everything below a site. Anything that is no known site's id is answered 404. */
export const SiteParams = Type.Object({
  siteId: Type.String({ description: 'Halo GUID of the site.' }),
});

/** `practiceManagementName` (contract §4: with a space). */
export const PmsName = Type.Enum(['Best Practice', 'Zedmed', 'D4w']);

const PmsType = Type.Enum(['BestPractice', 'Zedmed', 'D4w']);

/** The site object (contract §4). */
export const SiteBody = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'Halo GUID.' }),
    pmsType: PmsType,
    availability: Type.Enum(['online', 'offline', 'unreachable']),
    status: Type.Enum(['initialising', 'active', 'removed', 'uninstalled']),
    haloLinkVersion: Type.Optional(Type.String({ examples: ['26.407.1'] })),
    enrichedAt: Type.Optional(Instant),
    catalogue: Type.Array(Catalogue),
    practiceMetadata: Type.Object({
      pmsType: PmsType,
      practiceName: Type.Optional(Type.String()),
      practiceManagementSiteId: Type.String(),
      practiceManagementVersion: Type.Optional(Type.String()),
    }),
    name: Type.String({ deprecated: true }),
    practiceManagementSiteId: Type.String({ deprecated: true }),
    practiceManagementName: Type.Enum(['Best Practice', 'Zedmed', 'D4w'], { deprecated: true }),
    practiceManagementVersion: Type.Optional(Type.String({ deprecated: true })),
    createdAt: Type.String({ format: 'date-time', deprecated: true }),
    authoritative: Type.Boolean({ deprecated: true }),
    clientTimestampUTC: Type.Optional(Type.String({ format: 'date-time', deprecated: true })),
    heartbeatTimestampUTC: Type.Optional(Type.String({ format: 'date-time', deprecated: true })),
  },
  { title: 'Site' },
);

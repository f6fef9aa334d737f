import { type Catalogue, type PmsName, type PmsType, pmsNameOf, type Site } from './site.ts';

/** The site as the API shows it (contract §4). What has no value is left out. */
export interface SiteObject {
  readonly id: string;
  readonly pmsType: PmsType;
  readonly availability: Site['availability'];
  readonly status: Site['status'];
  readonly haloLinkVersion?: string;
  readonly enrichedAt?: string;
  readonly catalogue: Catalogue[];
  readonly practiceMetadata: {
    readonly pmsType: PmsType;
    readonly practiceName?: string;
    readonly practiceManagementSiteId: string;
    readonly practiceManagementVersion?: string;
  };
  /** From here on deprecated, and still returned. */
  readonly name: string;
  readonly practiceManagementSiteId: string;
  readonly practiceManagementName: PmsName;
  readonly practiceManagementVersion?: string;
  readonly createdAt: string;
  readonly authoritative: boolean;
  readonly clientTimestampUTC?: string;
  readonly heartbeatTimestampUTC?: string;
}

function time<Name extends string>(name: Name, value: number | null): { [key in Name]?: string } {
  return present(name, value === null ? null : new Date(value).toISOString());
}

function present<Name extends string>(
  name: Name,
  value: string | null,
): { [key in Name]?: string } {
  return value === null ? {} : ({ [name]: value } as { [key in Name]: string });
}

export function toSiteObject(site: Site): SiteObject {
  return {
    id: site.id,
    pmsType: site.pmsType,
    availability: site.availability,
    status: site.status,
    ...present('haloLinkVersion', site.linkVersion),
    ...time('enrichedAt', site.enrichedAt),
    catalogue: [...site.catalogues],
    practiceMetadata: {
      pmsType: site.pmsType,
      ...present('practiceName', site.practiceName),
      practiceManagementSiteId: site.pmsId,
      ...present('practiceManagementVersion', site.pmsVersion),
    },
    name: site.practiceName ?? site.name,
    practiceManagementSiteId: site.pmsId,
    practiceManagementName: pmsNameOf(site.pmsType),
    ...present('practiceManagementVersion', site.pmsVersion),
    createdAt: new Date(site.createdAt).toISOString(),
    authoritative: site.isAuthoritative,
    ...time('clientTimestampUTC', site.clientTime),
    ...time('heartbeatTimestampUTC', site.heartbeatAt),
  };
}

/** The practice systems, by the spelling of `pmsType`; the values are the deprecated spelling with a space. */
const PMS_NAMES = { BestPractice: 'Best Practice', Zedmed: 'Zedmed', D4w: 'D4w' } as const;

export type PmsType = keyof typeof PMS_NAMES;
export type PmsName = (typeof PMS_NAMES)[PmsType];
export type SiteStatus = 'initialising' | 'active' | 'removed' | 'uninstalled';
export type Availability = 'online' | 'offline' | 'unreachable';

export interface Catalogue {
  readonly name: string;
  readonly isDefault: boolean;
}

export interface Site {
  readonly id: string;
  readonly pmsType: PmsType;
  /** The vendor's id of the practice (`practiceManagementSiteId`). */
  readonly pmsId: string;
  /** What the operator calls it, until the link reports the practice's own name. */
  readonly name: string;
  readonly status: SiteStatus;
  readonly availability: Availability;
  /** Whether this site, of all with its PMS id, is the one that answers. */
  readonly isAuthoritative: boolean;
  readonly practiceName: string | null;
  readonly pmsVersion: string | null;
  readonly linkVersion: string | null;
  readonly catalogues: readonly Catalogue[];
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When the link last reported the practice's facts. */
  readonly enrichedAt: number | null;
  /** The link's clock at its last heartbeat. */
  readonly clientTime: number | null;
  readonly heartbeatAt: number | null;
}

export function pmsNameOf(type: PmsType): PmsName {
  return PMS_NAMES[type];
}

/** The practice system of a name with a space (`Best Practice`); undefined for any other text. */
export function pmsTypeOf(name: string): PmsType | undefined {
  return PMS_TYPES.get(name);
}

const PMS_TYPES: ReadonlyMap<string, PmsType> = new Map(
  (['BestPractice', 'Zedmed', 'D4w'] as const).map((type) => [PMS_NAMES[type], type]),
);

/** Whether queries may go to the site at all (contract §2: otherwise 403). */
export function mayAnswer(site: Site): boolean {
  return site.isAuthoritative && site.status !== 'removed' && site.status !== 'uninstalled';
}

import type { Logger } from '../lib/logger.ts';
import type { Catalogue } from '../protocol/frames.ts';
import type { Driver } from '../sql/driver.ts';
import type { Engine } from '../sql/engine.ts';
import type { LinkIdentity } from './connection/dial-session.ts';
import type { ReconnectPolicy } from './connection/reconnect-policy.ts';
import type { Transport } from './connection/transport.ts';
import type { FhirAnswerer } from './fhir/fhir-answerer.ts';
import type { LinkTimings } from './link-timings.ts';

export interface LinkOptions {
  /** CalVer without leading zeros. */
  readonly version: string;
  /** Asked before each dial: a changed address or key is used without a restart. */
  readonly resolveIdentity: () => Promise<LinkIdentity>;
  readonly catalogues: readonly Catalogue[];
  readonly driver: Driver;
  /** The login of an integrator that has its own credentials; left out, all share the default one. */
  readonly loginOf?: (integratorId: string) => string | undefined;
  /** What answers FHIR requests; left out, the site offers no FHIR. */
  readonly fhir?: FhirAnswerer | undefined;
  /** The engine's reading of a failure to connect. */
  readonly diagnose?: Engine['diagnose'];
  /** Commands that run at once, and connections at most; at least 2. */
  readonly maxConnections: number;
  /** File of the link's durable memory; made when it is missing. */
  readonly journalPath: string;
  /** File of what the practice allows; missing, it allows everything. */
  readonly policyPath: string;
  /** Folder of the audit trail; made when it is missing. */
  readonly auditFolder: string;
  readonly logger: Logger;
  readonly transport?: Transport;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly random?: () => number;
  readonly timings?: Partial<LinkTimings>;
  readonly reconnect?: Partial<ReconnectPolicy>;
}

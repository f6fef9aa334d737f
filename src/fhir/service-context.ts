import type { CursorBox } from './bundle/cursor.ts';
import type { SqlDialectName, SystemMapping } from './mapping/system-mapping.ts';

/** What a service is made of. */
export interface FhirServiceOptions {
  readonly mapping: SystemMapping;
  readonly dialect: SqlDialectName;
  /** IANA name of the zone of the practice's local times. */
  readonly timeZone: string;
  readonly siteId: string;
  readonly linkVersion: string;
  /** Encrypts what stands in `next` links. With another key, links given before are refused. */
  readonly cursorKey: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Name of the software in the CapabilityStatement. Default `Parhelion`. */
  readonly softwareName?: string;
  /**
   * Told of what ended as status 500, so that somebody learns of it: its caller is told nothing of it. The error may
   * hold values of the database: its class and code may be logged, its message not.
   */
  readonly onFault?: (cause: unknown) => void;
}

/** What every interaction and operation has at hand. */
export interface ServiceContext extends Omit<FhirServiceOptions, 'cursorKey' | 'onFault'> {
  /** When the service was made, milliseconds since 1970. */
  readonly startedAt: number;
  readonly cursors: CursorBox;
}

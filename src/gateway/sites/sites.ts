import type { Clock } from '../../lib/clock.ts';
import type { Database } from '../store/index.ts';
import { Enrolment } from './enrolment.ts';
import { Pairing } from './pairing.ts';
import { Presence } from './presence.ts';
import { SiteDirectory } from './site-directory.ts';
import { SiteReader } from './site-reader.ts';
import { SiteRegistry } from './site-registry.ts';

export interface SitesOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** A site that has not been heard for so long is unreachable. Default two minutes. */
  readonly unreachableAfterMs?: number;
  /** Usually when this gateway started: its own downtime is not a site's silence. Default: all silence counts. */
  readonly silenceCountsFrom?: number;
  /** Called when heartbeats could not be written. */
  readonly onFlushFailed: (error: unknown) => void;
}

export interface Sites extends AsyncDisposable {
  readonly registry: SiteRegistry;
  readonly directory: SiteDirectory;
  readonly enrolment: Enrolment;
  readonly presence: Presence;
  readonly pairing: Pairing;
}

export function createSites(options: SitesOptions): Sites {
  const { database, clock, unreachableAfterMs = 120_000, silenceCountsFrom = 0 } = options;
  const silence = { clock, unreachableAfterMs, silenceCountsFrom };
  const reader = new SiteReader(database, silence);
  const directory = new SiteDirectory(database, reader, clock);
  const presence = new Presence({
    ...silence,
    database,
    directory,
    onFlushFailed: options.onFlushFailed,
  });
  return {
    registry: new SiteRegistry(database, clock, reader, directory),
    directory,
    enrolment: new Enrolment(database, clock),
    presence,
    pairing: new Pairing({ database, clock, reader, directory }),
    [Symbol.asyncDispose]: () => presence[Symbol.asyncDispose](),
  };
}

import { dirname, resolve } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { LinkConfig } from '../config/link-config.ts';
import type { FhirSection } from '../fhir/fhir-section.ts';
import { openMapping } from '../fhir/open-fhir.ts';
import { isMappingPath } from '../fhir/read-mapping-files.ts';
import { isTimeZone } from '../policy/allowed-hours.ts';
import type { Questions } from './questions.ts';
import type { SystemFile } from './system-file.ts';

export interface CollectFhirOptions {
  readonly system: SystemFile | undefined;
  /** Path of the system file, from which that of a mapping counts. */
  readonly systemFile: string;
  readonly givenTimeZone: string | undefined;
  readonly questions: Questions | undefined;
  readonly systemsFolder: string;
  readonly database: LinkConfig['database'];
}

/**
 * The section `fhir` of a new link: the mapping of the system file, tried, with the zone of this practice. Undefined
 * when the file names none. @throws ParhelionError `configInvalid`
 */
export async function collectFhir(options: CollectFhirOptions): Promise<FhirSection | undefined> {
  const { system, systemFile, systemsFolder, database } = options;
  if (!system?.fhir) return undefined;
  const { mapping: named, settings } = system.fhir;
  const mapping = isMappingPath(named) ? resolve(dirname(systemFile), named) : named;
  const timeZone = await findTimeZone(options);
  const fhir = { mapping, timeZone, ...(settings && { settings }) };
  await openMapping({ fhir, database, systemsFolder, resolvePath: (path) => resolve(path) });
  return fhir;
}

async function findTimeZone({
  system,
  givenTimeZone,
  questions,
}: CollectFhirOptions): Promise<string> {
  const known = givenTimeZone ?? system?.fhir?.timeZone ?? system?.settings?.timeZone;
  const question = 'IANA name of the zone of the practice’s local times, for FHIR';
  const fallback = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const timeZone = known ?? (await questions?.ask(question, { default: fallback }));
  if (!timeZone) {
    const why = '--time-zone is missing: FHIR needs the zone of the practice’s local times.';
    throw new ParhelionError('configInvalid', why);
  }
  if (isTimeZone(timeZone)) return timeZone;
  const why = `${timeZone} is no IANA name of a time zone, such as Australia/Brisbane.`;
  throw new ParhelionError('configInvalid', why);
}

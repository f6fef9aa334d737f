import { loggableError } from '../../errors/loggable-error.ts';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { SystemMapping } from '../../fhir/mapping/system-mapping.ts';
import type { Logger } from '../../lib/logger.ts';
import { SqlError } from '../../sql/sql-error.ts';
import type { LinkConfig } from '../config/link-config.ts';
import type { FhirAnswerer } from './fhir-answerer.ts';
import type { FhirSection } from './fhir-section.ts';
import { findMapping, type MappingPlaces, readMappingFiles } from './read-mapping-files.ts';
import { sqlDialectOf } from './sql-dialect.ts';

export interface OpenFhirOptions extends MappingPlaces {
  readonly fhir: FhirSection;
  readonly database: LinkConfig['database'];
  readonly siteId: string;
  /** Signs the links to further pages. */
  readonly cursorKey: Uint8Array;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
}

/** Makes what answers FHIR requests. @throws ParhelionError `configInvalid` with all that is wrong with the mapping */
export async function openFhir(options: OpenFhirOptions): Promise<FhirAnswerer> {
  const { fhir, database, siteId, cursorKey, version, clock, logger } = options;
  const mapping = await openMapping(options);
  // A link without FHIR never loads its tables.
  const { FhirService } = await import('../../fhir/index.ts');
  const loggerOfFhir = logger.child({ module: 'fhir' });
  return new FhirService({
    mapping,
    dialect: sqlDialectOf({ database }),
    timeZone: fhir.timeZone,
    siteId,
    linkVersion: version,
    cursorKey,
    now: clock,
    onFault: (cause) => {
      // Where a statement fails, the link tells of it.
      if (!(cause instanceof SqlError))
        loggerOfFhir.error(loggableError(cause), 'unexpected error');
    },
  });
}

/** Reads and checks the mapping. @throws ParhelionError `configInvalid` */
export async function openMapping({
  fhir,
  database,
  ...places
}: Pick<OpenFhirOptions, 'fhir' | 'database'> & MappingPlaces): Promise<SystemMapping> {
  const files = await readMappingFiles(await findMapping(fhir.mapping, places));
  const { loadMapping } = await import('../../fhir/mapping/load-mapping.ts');
  const mapping = loadMapping(files, sqlDialectOf({ database }), fhir.settings);
  const names = database.catalogues.map(({ name }) => name);
  for (const { type, catalogue } of mapping.resources.values()) {
    if (catalogue === undefined || names.includes(catalogue)) continue;
    throw new ParhelionError(
      'configInvalid',
      `The FHIR mapping cannot be used: ${type} is in the catalogue ${catalogue}, and this site has ${names.join(', ')}.`,
    );
  }
  return mapping;
}

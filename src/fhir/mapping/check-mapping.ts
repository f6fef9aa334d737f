import type { Problem } from './problems.ts';
import { type MappingFiles, readMapping } from './read-mapping.ts';
import type { SqlDialectName } from './system-mapping.ts';

/** All that is wrong with a mapping, or worth a look; empty when it is fine. See {@link loadMapping} for `files`. */
export function checkMapping(files: MappingFiles, dialect: SqlDialectName): readonly Problem[] {
  return readMapping(files, dialect).problems;
}

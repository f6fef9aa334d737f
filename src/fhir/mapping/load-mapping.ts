import { ParhelionError } from '../../errors/parhelion-error.ts';
import { problemText } from './problems.ts';
import { type MappingFiles, readMapping } from './read-mapping.ts';
import type { SiteSettings } from './site-settings.ts';
import type { SqlDialectName, SystemMapping } from './system-mapping.ts';

/**
 * Makes a mapping ready for use.
 *
 * @param files parsed JSON by file name: `system.json`, `tables.json`, `codes.json`, `Patient.json` …
 * @param settings what the site chooses of what the mapping offers; left out, nothing
 * @throws ParhelionError `configInvalid` whose message has a line for each error, with file and place. Warnings do not
 * hinder; {@link checkMapping} tells them
 */
export function loadMapping(
  files: MappingFiles,
  dialect: SqlDialectName,
  settings: SiteSettings = {},
): SystemMapping {
  const { mapping, problems } = readMapping(files, dialect, settings);
  if (mapping) return mapping;
  const errors = problems.filter((problem) => problem.severity === 'error');
  const lines = ['The FHIR mapping cannot be used:', ...errors.map(problemText)];
  throw new ParhelionError('configInvalid', lines.join('\n'));
}

import { type Problem, problemText } from './problems.ts';
import { type MappingFiles, readMapping } from './read-mapping.ts';
import { settingsIn } from './site-settings.ts';
import type { SqlDialectName } from './system-mapping.ts';

/**
 * All that is wrong with a mapping, or worth a look, with the site's settings on and off; empty when it is fine. See
 * {@link loadMapping} for `files`.
 */
export function checkMapping(files: MappingFiles, dialect: SqlDialectName): readonly Problem[] {
  const names = settingsIn(files);
  const { problems } = readMapping(files, dialect, {});
  if (names.length === 0) return problems;
  const allOn = Object.fromEntries(names.map((name) => [name, true]));
  const known = new Set(problems.map(problemText));
  const others = readMapping(files, dialect, allOn).problems;
  return [...problems, ...others.filter((problem) => !known.has(problemText(problem)))];
}

import { compileElements } from '../render/compile-elements.ts';
import type { ResourceFile } from './mapping-schema.ts';
import type { Place } from './problems.ts';
import type { ResourceScope } from './resource-scope.ts';
import type { ResourceMapping } from './system-mapping.ts';

/** Reads the profiles of a resource type: those of all its rows, and those that hang on a row's local code. */
export function readProfiles(
  file: ResourceFile,
  scope: ResourceScope,
  place: Place,
): Pick<ResourceMapping, 'profiles' | 'rowProfiles'> {
  const entries = file.profile ?? [];
  const profiles = entries.flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    const table = scope.codes.get(entry.codes);
    const codings = [...(table?.codings.values() ?? [])].map(([first]) => first);
    const others = [table?.otherwise?.[0], table?.whenNull?.[0]];
    return [...codings, ...others].flatMap((coding) => coding?.code ?? []);
  });
  const distinct = [...new Set(profiles)];
  if (entries.every((entry) => typeof entry === 'string')) return { profiles: distinct };
  const [rowProfiles] = compileElements('Meta', { profile: entries }, scope, new Set(), place);
  return { profiles: distinct, ...(rowProfiles ? { rowProfiles } : {}) };
}

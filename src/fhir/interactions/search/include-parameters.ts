import type { ResourceMapping, SystemMapping } from '../../mapping/system-mapping.ts';
import type { Parameter } from '../../request/parameters.ts';

/** One reference parameter that is to be followed, forwards or backwards. */
export interface Include {
  /** Type whose resources hold the reference. */
  readonly source: string;
  /** Name of the reference parameter. */
  readonly parameter: string;
  /** Type that the reference is to; several targets are several includes. */
  readonly target: string;
  /** From the target to those that refer to it. */
  readonly isReverse: boolean;
  /** Also from what was included itself. */
  readonly isIterated: boolean;
}

/** Which way an include goes, and how far. */
export type IncludeManner = Pick<Include, 'isReverse' | 'isIterated'>;

/** The types that a reference parameter of a mapping can lead to within the same system. Empty: no reference. */
export function targetsOfParameter(
  mapping: ResourceMapping,
  parameter: string,
  system: SystemMapping,
): string[] {
  const binding = mapping.search.get(parameter);
  if (binding?.kind !== 'reference') return [];
  const targets = new Set(binding.places.map(({ target }) => target));
  return [...targets].filter((target) => system.resources.has(target));
}

function includesOf(
  source: string,
  parameter: string,
  target: string | undefined,
  system: SystemMapping,
  manner: IncludeManner,
): Include[] {
  const mapping = system.resources.get(source);
  if (!mapping) return [];
  const names = parameter === '*' ? [...mapping.search.keys()] : [parameter];
  return names.flatMap((name) =>
    targetsOfParameter(mapping, name, system)
      .filter((each) => target === undefined || each === target)
      .map((each) => ({ source, parameter: name, target: each, ...manner })),
  );
}

/**
 * Reads one `_include` or `_revinclude`: `Condition:patient`, `Appointment:actor:Patient`, `Condition:*` or `*`.
 *
 * @param type the type that is searched, whose references `_include=*` stands for; `_revinclude=*` is all that refers
 *   to it
 * @returns nothing when it names a reference that the mapping does not have
 */
export function readInclude(
  { value }: Parameter,
  system: SystemMapping,
  type: string,
  manner: IncludeManner,
): Include[] {
  const [source = '', parameter, target] = value.split(':').map((part) => part.trim());
  if (parameter !== undefined) return includesOf(source, parameter, target, system, manner);
  if (source !== '*') return [];
  if (!manner.isReverse) return includesOf(type, '*', undefined, system, manner);
  const sources = [...system.resources.keys()];
  return sources.flatMap((each) => includesOf(each, '*', type, system, manner));
}

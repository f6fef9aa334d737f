import fhirpath, { type Model } from 'fhirpath';
import r4Model from 'fhirpath/fhir-context/r4/index.js';
import type { Constraint, Json, StructureDefinition } from './definition-types.ts';

// Its declaration and that of `compile` differ in what may be undefined.
const r4 = r4Model as Model;

/** A rule in FHIRPath. */
export interface Invariant {
  readonly key: string;
  readonly human: string;
  /** @param resource what `%resource` means; left out, the value itself */
  holds(value: unknown, resource?: Json): boolean;
}

/** Rules of the profiles; those of R4 itself are checked with the structure. */
const OF_PROFILES = /^(au-|inv-|ips-|bdl-ips-|hasMember|hasComponent)/;

const isOfProfile = ({ key, severity, expression }: Constraint) =>
  OF_PROFILES.test(key) && severity === 'error' && expression !== undefined;

/**
 * The rules of a profile that must hold, each as a question about the whole resource: what an element has to fulfil,
 * all of its values have to. Those of slices are {@link sliceInvariants}.
 */
export function invariantsOf(profile: StructureDefinition): Invariant[] {
  const isResource = /^[A-Z]/.test(profile.type) && !dataTypes.has(profile.type);
  const elements = (profile.snapshot?.element ?? []).filter(({ id }) => !id.includes(':'));
  return elements.flatMap(({ path, constraint = [] }) =>
    constraint.filter(isOfProfile).map(({ key, human, expression = '' }) => {
      const at = path.includes('.') ? path.replaceAll('[x]', '') : undefined;
      const whole = at === undefined ? expression : `${at}.all(${expression})`;
      return compiled(key, human, whole, isResource ? undefined : profile.type);
    }),
  );
}

/** The rules that each value of a slice has to fulfil. @param path of the element, without slices */
export function sliceInvariants(path: string, constraints: readonly Constraint[]): Invariant[] {
  return constraints
    .filter(isOfProfile)
    .map(({ key, human, expression = '' }) => compiled(key, human, expression, path));
}

const dataTypes = new Set(['Identifier', 'Extension', 'Address', 'Dosage']);

function compiled(
  key: string,
  human: string,
  expression: string,
  base: string | undefined,
): Invariant {
  const ask =
    base === undefined
      ? fhirpath.compile(expression, r4)
      : fhirpath.compile({ base, expression }, r4);
  return {
    key,
    human,
    holds: (value, resource) => isTrue(resource ? ask(value, { resource }) : ask(value)),
  };
}

/** As validators read a rule: no answer is no failure. */
function isTrue(answer: unknown): boolean {
  return !Array.isArray(answer) || answer.every((value) => value !== false);
}

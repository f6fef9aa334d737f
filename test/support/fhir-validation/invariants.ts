import fhirpath, { type Model } from 'fhirpath';
import r4Model from 'fhirpath/fhir-context/r4/index.js';
import type { Json, StructureDefinition } from './definition-types.ts';

// Its declaration and that of `compile` differ in what may be undefined.
const r4 = r4Model as Model;

interface Invariant {
  readonly key: string;
  readonly human: string;
  holds(resource: Json): boolean;
}

/** Rules of the Australian profiles; those of R4 itself are checked with the structure. */
const australian = /^(au-|inv-)/;

/**
 * The rules of a profile that must hold, each as a question about the whole resource: what an element has to fulfil,
 * all of its values have to.
 */
export function invariantsOf(profile: StructureDefinition): Invariant[] {
  const isResource = /^[A-Z]/.test(profile.type) && !dataTypes.has(profile.type);
  return (profile.snapshot?.element ?? []).flatMap(({ path, constraint }) =>
    (constraint ?? [])
      .filter(({ key, severity }) => australian.test(key) && severity === 'error')
      .flatMap(({ key, human, expression }) => {
        if (expression === undefined) return [];
        const at = path.includes('.') ? path.replaceAll('[x]', '') : undefined;
        const whole = at === undefined ? expression : `${at}.all(${expression})`;
        const ask = isResource
          ? fhirpath.compile(whole, r4)
          : fhirpath.compile({ base: profile.type, expression: whole }, r4);
        return [{ key, human, holds: (resource: Json) => isTrue(ask(resource)) }];
      }),
  );
}

const dataTypes = new Set(['Identifier', 'Extension', 'Address', 'Dosage']);

/** As validators read a rule: no answer is no failure. */
function isTrue(answer: unknown): boolean {
  return !Array.isArray(answer) || answer.every((value) => value !== false);
}

import { searchParametersOf } from '../../../src/fhir/definitions/search-parameters.ts';
import chains from '../../fhir-conformance/chains.json' with { type: 'json' };
import forms from '../../fhir-conformance/forms.json' with { type: 'json' };
import periods from '../../fhir-conformance/periods.json' with { type: 'json' };
import searches from '../../fhir-conformance/searches.json' with { type: 'json' };
import systems from '../../fhir-conformance/systems.json' with { type: 'json' };
import words from '../../fhir-conformance/words.json' with { type: 'json' };

/** How values of a parameter are written: one entry of `forms.json`. */
export type ValueKind = keyof typeof forms;

/** What the table says of one resource type: one entry of `searches.json`. */
export interface TypeSearches {
  /** Parameters by who demands them: AU Core's SHALL, SHOULD and MAY, or R4 alone. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Parameters in one query, by AU Core's demand. */
  readonly together?: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly include?: readonly string[];
  /** Parameters that are mapped, and that nothing in the demo's data has a value for. */
  readonly noData?: readonly string[];
  /** Parameters of R4 that the demo practice has no data for, or that are not mapped, and why. */
  readonly notSupported?: Readonly<Record<string, string>>;
}

/** Searches by resource type. */
export const SEARCHES: Readonly<Record<string, TypeSearches>> = searches;

/** One chain that AU Core names. */
export interface ChainedIdentifier {
  readonly demand: string;
  readonly parameter: string;
  readonly target: string;
  readonly systems: Readonly<Record<string, string>>;
}

/** Chains by the reference parameter that they begin with. */
export const CHAINS: Readonly<Record<string, ChainedIdentifier>> = chains;

/** The kind of values of a parameter. @throws Error for one that has none here */
export function kindOf(type: string, parameter: string): ValueKind {
  if (parameter === '_id') return 'id';
  if (parameter === 'birthdate') return 'day';
  if (periods.includes(`${type}.${parameter}`)) return 'period';
  if (words.includes(`${type}.${parameter}`)) return 'words';
  const kind = searchParametersOf(type).get(parameter)?.type ?? '';
  if (kind in forms) return kind as ValueKind;
  throw new Error(`${type}.${parameter} is of the kind ${kind}`);
}

/** The system of codes that stand in resources without one; null where there is none, undefined where resources tell it. */
export function systemOf(type: string, parameter: string): string | null | undefined {
  const known: Readonly<Record<string, string | null>> = systems;
  return known[`${type}.${parameter}`];
}

/** The forms in which a parameter is tried. */
export function formsOf(type: string, parameter: string): readonly string[] {
  const all = forms[kindOf(type, parameter)].map(({ form }) => form);
  return systemOf(type, parameter) === null ? all.filter((form) => form !== 'systemCode') : all;
}

/** All parameters of a type that the table says are supported. */
export function supportedParameters({ parameters }: TypeSearches): string[] {
  return Object.values(parameters).flat();
}

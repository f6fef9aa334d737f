import { isPrimitive } from '../definitions/elements.ts';
import { didYouMean, type Place } from '../mapping/problems.ts';
import type { Node } from './node.ts';

const EXTENSION_URL = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const CODE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

/** Codes of the code system data-absent-reason (R4) with their displays. */
const REASONS: Readonly<Record<string, string>> = {
  unknown: 'Unknown',
  'asked-unknown': 'Asked But Unknown',
  'temp-unknown': 'Temporarily Unknown',
  'not-asked': 'Not Asked',
  'asked-declined': 'Asked But Declined',
  masked: 'Masked',
  'not-applicable': 'Not Applicable',
  unsupported: 'Unsupported',
  'as-text': 'As Text',
  error: 'Error',
  'not-a-number': 'Not a Number (NaN)',
  'negative-infinity': 'Negative Infinity (NINF)',
  'positive-infinity': 'Positive Infinity (PINF)',
  'not-performed': 'Not Performed',
  'not-permitted': 'Not Permitted',
};

/** A primitive without a value that says why: it stands as `_birthDate`. */
export class ExtendedPrimitive {
  readonly extension: readonly unknown[];

  constructor(extension: readonly unknown[]) {
    this.extension = extension;
  }
}

function absentValue(type: string, reason: string): unknown {
  const coding = { system: CODE_SYSTEM, code: reason, display: REASONS[reason] };
  if (type === 'CodeableConcept') return { coding: [coding] };
  if (type === 'Coding') return coding;
  const extension = [{ url: EXTENSION_URL, valueCode: reason }];
  return isPrimitive(type) ? new ExtendedPrimitive(extension) : { extension };
}

/**
 * What stands for a value of a type that the row does not have, as AU Core wants it: `unknown` of data-absent-reason
 * for coded elements, the extension for all others.
 */
export function readAbsent(reason: unknown, type: string, place: Place): unknown {
  if (typeof reason === 'string' && Object.hasOwn(REASONS, reason))
    return absentValue(type, reason);
  const hint = typeof reason === 'string' ? didYouMean(reason, Object.keys(REASONS)) : '';
  place.error(`must be a code of data-absent-reason such as "unknown"${hint}`);
  return undefined;
}

/** A part that says why there is no value when there is none. */
export function orAbsent(node: Node, absent: unknown): Node {
  if (absent === undefined) return node;
  const value = node.isMany ? [absent] : absent;
  return {
    ...node,
    level: 2,
    isAlways: true,
    render(rendering) {
      const own = node.render(rendering);
      if (own !== undefined) return own;
      rendering.filled += 1;
      return value;
    },
  };
}

import type { Place } from '../mapping/problems.ts';
import { isOfForm } from '../values/fhir-text.ts';
import { constantNode, type Expected, type Node } from './node.ts';

const GREATEST_INT = 2_147_483_647;

const NUMBERS: Readonly<Record<string, (value: number) => boolean>> = {
  decimal: Number.isFinite,
  integer: (value) => Number.isInteger(value) && Math.abs(value) <= GREATEST_INT,
  unsignedInt: (value) => Number.isInteger(value) && value >= 0 && value <= GREATEST_INT,
  positiveInt: (value) => Number.isInteger(value) && value >= 1 && value <= GREATEST_INT,
};

function isConstantOf(json: unknown, type: string): boolean {
  const isNumber = NUMBERS[type];
  if (isNumber) return typeof json === 'number' && isNumber(json);
  if (type === 'boolean') return typeof json === 'boolean';
  return typeof json === 'string' && json.trim() !== '' && isOfForm(json, type);
}

/** Notes codes that FHIR does not have where the part stands. */
export function checkCodes(
  given: readonly string[],
  { codes = [] }: Pick<Expected, 'codes'>,
  place: Place,
): void {
  if (codes.length === 0) return;
  for (const code of given.filter((each) => !codes.includes(each))) {
    place.error(`"${code}" is none of FHIR’s codes here: ${codes.join(', ')}`);
  }
}

/** A constant where a primitive stands; nothing comes back, and an error is noted, when it is none of the type. */
export function readConstant(json: unknown, expected: Expected, place: Place): Node | undefined {
  const { type } = expected;
  if (!isConstantOf(json, type)) {
    place.error(`${JSON.stringify(json)} is no ${type}`);
    return undefined;
  }
  if (typeof json === 'string') checkCodes([json], expected, place);
  return constantNode(json);
}

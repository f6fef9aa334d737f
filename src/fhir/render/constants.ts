import type { Place } from '../mapping/problems.ts';
import { isOfForm } from '../values/fhir-text.ts';
import { constantNode, type Node } from './node.ts';

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

/** A constant where a primitive stands; nothing comes back, and an error is noted, when it is none of the type. */
export function readConstant(json: unknown, type: string, place: Place): Node | undefined {
  if (isConstantOf(json, type)) return constantNode(json);
  place.error(`${JSON.stringify(json)} is no ${type}`);
  return undefined;
}

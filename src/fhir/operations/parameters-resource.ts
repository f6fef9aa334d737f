import { isLosslessNumber } from 'lossless-json';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import type { Parameter } from '../request/parameters.ts';
import type { ReceivedResource } from '../request/resource-body.ts';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const escaped = (text: string) => text.replaceAll(/[\\,$|]/g, '\\$&');

/** `system|value`, as tokens are written. */
function token(system: unknown, value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return typeof system === 'string' && system !== ''
    ? `${escaped(system)}|${escaped(value)}`
    : escaped(value);
}

function conceptText({ coding }: Json): string | undefined {
  const codings = Array.isArray(coding) ? coding.filter(isObject) : [];
  const tokens = codings.flatMap((each) => token(each['system'], each['code']) ?? []);
  return tokens.length === 0 ? undefined : tokens.join(',');
}

/** A number with all its digits. */
function numberText(value: unknown): string | undefined {
  return isLosslessNumber(value) ? value.toString() : undefined;
}

function quantityText({ value, code, unit }: Json): string | undefined {
  const shown = code ?? unit;
  const amount = numberText(value);
  return amount !== undefined && typeof shown === 'string' ? `${amount} ${shown}` : amount;
}

/** How values of the types that parameters may have are written in the grammar of search values. */
const COMPLEX: Readonly<Record<string, (value: Json) => string | undefined>> = {
  Identifier: ({ system, value }) => token(system, value),
  Coding: ({ system, code }) => token(system, code),
  CodeableConcept: conceptText,
  Reference: ({ reference }) => (typeof reference === 'string' ? escaped(reference) : undefined),
  Quantity: quantityText,
  Duration: quantityText,
};

/** Text of a `value[x]`; undefined when it cannot stand for a parameter. */
function valueText(type: string, value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (isLosslessNumber(value)) return value.toString();
  return isObject(value) ? COMPLEX[type]?.(value) : undefined;
}

function readParameter(each: unknown, index: number, names: ReadonlySet<string>): Parameter[] {
  const place = `Parameters.parameter[${index}]`;
  const name = isObject(each) ? each['name'] : undefined;
  if (!isObject(each) || typeof name !== 'string' || name === '') {
    throw fhirProblem('invalidBody', `${place} has no name`, `${place}.name`);
  }
  if (!names.has(name)) return [{ name, value: 'unknown' }];
  const member = Object.keys(each).find((key) => /^value[A-Z]/.test(key));
  const value = member === undefined ? undefined : valueText(member.slice(5), each[member]);
  if (value !== undefined) return [{ name, value }];
  throw fhirProblem(
    'invalidParameter',
    `${name} has no value that could be read`,
    `${place}.${member ?? 'value'}`,
  );
}

/**
 * The parameters in a `Parameters` resource. Values of those that the operation does not have are not looked at.
 *
 * @param names parameters of the operation
 * @throws FhirProblem `invalidBody` for another resource or one of another form, `invalidParameter` for a value of a
 *   type that says nothing here
 */
export function parametersOfResource(
  { resourceType, parameter }: ReceivedResource,
  names: ReadonlySet<string>,
): Parameter[] {
  if (resourceType !== 'Parameters') {
    throw fhirProblem('invalidBody', 'the body is not a Parameters resource', 'resourceType');
  }
  if (parameter === undefined) return [];
  if (!Array.isArray(parameter)) {
    throw fhirProblem('invalidBody', 'Parameters.parameter is not a list', 'Parameters.parameter');
  }
  return parameter.flatMap((each: unknown, index) => readParameter(each, index, names));
}

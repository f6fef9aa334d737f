import { refuseParameters } from '../interactions/unknown-parameters.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { type Parameter, readParameters } from '../request/parameters.ts';
import type { ReadRequest } from '../request/read-request.ts';
import { mediaTypeOf, readResourceBody } from '../request/resource-body.ts';
import type { OperationParameter } from './operation.ts';
import { parametersOfResource } from './parameters-resource.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Parameters about the form of the answer, which every request may have. */
export const PARAMETERS_OF_THE_FORM: ReadonlySet<string> = new Set(['_format', '_pretty']);

/** The parameters that an operation was called with, as texts in the grammar of search values. */
export interface OperationInput {
  /** Those that the operation has, in the order in which they were given, none twice. */
  readonly given: readonly Parameter[];
  /** The value of one; undefined when it was left out or empty. */
  value(name: string): string | undefined;
}

/** The names of an operation's parameters. */
export function namesOf(parameters: readonly OperationParameter[]): string[] {
  return parameters.map(({ name }) => name);
}

function bodyParameters({ method, body, headers }: ReadRequest, names: ReadonlySet<string>) {
  if (method !== 'POST' || body === undefined || body.trim() === '') return [];
  const contentType = headers['content-type'];
  if (mediaTypeOf(contentType) === FORM) return readParameters(body);
  return parametersOfResource(readResourceBody(body, contentType), names);
}

function refuseRepeated(parameters: readonly Parameter[]): Parameter[] {
  const byName = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const { name, value } = parameter;
    const known = byName.get(name);
    if (known && known.value !== value) {
      throw fhirProblem('invalidParameter', `${name} is given more than once`, `http.${name}`);
    }
    byName.set(name, parameter);
  }
  return [...byName.values()];
}

/**
 * Reads what an operation is called with: out of the URL, and with `POST` also out of a form or of a `Parameters`
 * resource. Parameters that the operation does not have are left out, empty ones too.
 *
 * @param names parameters of the operation
 * @param where the operation's name with its `$`, for messages
 * @throws FhirProblem for a body that cannot be read, a parameter with two values, and, where the caller is strict, for
 *   an unknown one
 */
export function readOperationInput(
  request: ReadRequest,
  names: readonly string[],
  where: string,
): OperationInput {
  const known = new Set(names);
  const all = [...request.parameters, ...bodyParameters(request, known)].filter(
    ({ value }) => value.trim() !== '',
  );
  if (request.preferences.handling === 'strict') {
    const unknown = all.map(({ name }) => name).filter((name) => !known.has(name));
    refuseParameters(
      [...new Set(unknown)].filter((name) => !PARAMETERS_OF_THE_FORM.has(name)),
      where,
    );
  }
  const given = refuseRepeated(all.filter(({ name }) => known.has(name)));
  return { given, value: (name) => given.find((each) => each.name === name)?.value };
}

const DEFAULT_RESULTS = 50;
const MAX_RESULTS = 1_000;

/** Reads `_count`: how many results are wanted. @throws FhirProblem `invalidParameter` */
export function readResultCount(input: OperationInput): number {
  const value = input.value('_count');
  if (value === undefined) return DEFAULT_RESULTS;
  if (/^0*[1-9]\d*$/.test(value)) return Math.min(Number(value), MAX_RESULTS);
  throw fhirProblem('invalidParameter', '_count is a number from 1', 'http._count');
}

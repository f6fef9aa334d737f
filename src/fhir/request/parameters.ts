import { fhirProblem } from '../outcome/fhir-problem.ts';

/** One parameter as it was sent: the name with its modifier and chain (`patient.name:exact`), decoded. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** More than any client's own search has; what is beyond only costs. */
const MAX_PARAMETERS = 500;

/** `+` is a space in queries and forms alike. */
function decoded(text: string, what: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw fhirProblem('malformedRequest', `${what} is not percent-encoded UTF-8`);
  }
}

/**
 * Reads a query or a form (`application/x-www-form-urlencoded`).
 *
 * @throws FhirProblem `malformedRequest` when it is not properly encoded or absurdly long
 */
export function readParameters(text: string): Parameter[] {
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > MAX_PARAMETERS) {
    throw fhirProblem('malformedRequest', `more than ${MAX_PARAMETERS} parameters`);
  }
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals), 'the name of a parameter');
    const value = equals < 0 ? '' : decoded(pair.slice(equals + 1), `the value of ${name}`);
    return { name, value };
  });
}

/** Writes parameters as a query, in their order; what is readable in a URL (`|`, `,`, `:`) stays so where it may. */
export function writeParameters(parameters: readonly Parameter[]): string {
  const encoded = (text: string) =>
    encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/');
  return parameters.map(({ name, value }) => `${encoded(name)}=${encoded(value)}`).join('&');
}

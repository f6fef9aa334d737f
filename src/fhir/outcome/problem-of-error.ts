import type { SqlError } from '../../sql/sql-error.ts';
import { SearchError, type SearchErrorCode } from '../search/index.ts';
import { FhirProblem, fhirProblem, type OutcomeKind } from './fhir-problem.ts';

const KINDS: Readonly<Record<SearchErrorCode, OutcomeKind>> = {
  invalid: 'invalidParameter',
  'not-supported': 'unsupportedParameter',
  'too-costly': 'tooCostly',
};

/** Tells a driver's error from others. By its name: the class itself is out of this module's reach. */
export function isSqlError(thrown: unknown): thrown is SqlError {
  return thrown instanceof Error && thrown.name === 'SqlError' && 'kind' in thrown;
}

/**
 * Turns what ended a course into the problem that its caller is told. A text or number of the database never gets
 * into it: the original is the `cause`.
 *
 * @param type resource type that was asked for, if any
 * @throws the error itself when the link must see it: a driver's error other than the database's refusal of a
 *   statement (connection lost, cancelled, not allowed here)
 */
export function problemOfError(thrown: unknown, type: string | undefined): FhirProblem {
  if (thrown instanceof FhirProblem) return thrown;
  if (thrown instanceof SearchError) {
    const { code, message, parameter } = thrown;
    return fhirProblem(KINDS[code], message, `http.${parameter}`);
  }
  if (isSqlError(thrown)) {
    if (thrown.kind !== 'statement') throw thrown;
    const diagnostics = `${type ?? 'The request'}: the mapping does not fit the database`;
    return new FhirProblem([{ kind: 'mappingMisfit', diagnostics }], {}, { cause: thrown });
  }
  const problem = fhirProblem('unexpected');
  return new FhirProblem(problem.issues, {}, { cause: thrown });
}

import { describe, expect, it } from 'vitest';
import { SqlError } from '../../sql/sql-error.ts';
import { SearchError } from '../search/index.ts';
import { FhirProblem, fhirProblem } from './fhir-problem.ts';
import { operationOutcome } from './operation-outcome.ts';
import OUTCOME_KINDS from './outcome-kinds.json' with { type: 'json' };
import { problemOfError } from './problem-of-error.ts';

/** http://hl7.org/fhir/R4/valueset-issue-type.html, as far as errors may use it. */
const ISSUE_TYPES = new Set(
  `invalid structure required value invariant security login unknown expired forbidden suppressed processing
   not-supported duplicate multiple-matches not-found deleted too-long code-invalid extension too-costly
   business-rule conflict transient lock-error no-store exception timeout incomplete throttled informational`.split(
    /\s+/,
  ),
);

describe('the table of outcomes', () => {
  it.each(Object.entries(OUTCOME_KINDS))('%s is in the words of FHIR', (_, row) => {
    expect(ISSUE_TYPES.has(row.code)).toBe(true);
    expect(['fatal', 'error', 'warning', 'information']).toContain(row.severity);
    const isError = row.severity === 'fatal' || row.severity === 'error';
    expect(row.status >= 400).toBe(isError);
  });
});

describe('operationOutcome', () => {
  it('tells all issues, with their place', () => {
    const issues = [
      { kind: 'invalidParameter', diagnostics: 'no date', expression: 'http.birthdate' },
      { kind: 'deleted' },
    ] as const;
    expect(operationOutcome(issues)).toEqual({
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'invalid',
          details: { text: 'A parameter has a value that cannot be read' },
          diagnostics: 'no date',
          expression: ['http.birthdate'],
        },
        { severity: 'error', code: 'deleted', details: { text: 'The resource was deleted' } },
      ],
    });
  });
});

describe('problemOfError', () => {
  it('keeps a problem', () => {
    const problem = fhirProblem('deleted');
    expect(problemOfError(problem, 'Patient')).toBe(problem);
    expect(problem).toBeInstanceOf(FhirProblem);
  });

  it('makes what the reference system says of anything unexpected, without its words', () => {
    const cause = new TypeError('cannot read Citizen');
    const problem = problemOfError(cause, 'Patient');
    expect(problem.status).toBe(500);
    expect(problem.cause).toBe(cause);
    const outcome = operationOutcome(problem.issues);
    expect(outcome.issue).toEqual([
      {
        severity: 'fatal',
        code: 'exception',
        details: {
          coding: [{ system: 'http://hl7.org/fhir/dotnet-api-operation-outcome', code: '5003' }],
          text: 'An unexpected error occurred',
        },
      },
    ]);
  });

  it('says of a statement that the database refused only which type does not fit', () => {
    const error = new SqlError('statement', 'mssql', 207, "Invalid column name 'Surnme'.");
    const problem = problemOfError(error, 'Patient');
    expect(problem.status).toBe(500);
    expect(JSON.stringify(operationOutcome(problem.issues))).not.toContain('Surnme');
    expect(problem.issues[0].diagnostics).toBe('Patient: the mapping does not fit the database');
  });

  it.each(['connection', 'cancelled', 'readOnly'] as const)('leaves %s to the link', (kind) => {
    const error = new SqlError(kind, 'haloLink', 1004, 'gone');
    expect(() => problemOfError(error, 'Patient')).toThrow(error);
  });

  it.each([
    ['invalid', 'invalid'],
    ['not-supported', 'not-supported'],
    ['too-costly', 'too-costly'],
  ] as const)('names the parameter of a search that is %s', (code, issueCode) => {
    const problem = problemOfError(new SearchError(code, 'name:foo', 'no such thing'), 'Patient');
    expect(problem.status).toBe(400);
    expect(operationOutcome(problem.issues).issue[0]).toMatchObject({
      code: issueCode,
      diagnostics: 'no such thing',
      expression: ['http.name:foo'],
    });
  });
});

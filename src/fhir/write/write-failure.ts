import type { SqlError } from '../../sql/sql-error.ts';
import { FhirProblem, type Issue } from '../outcome/fhir-problem.ts';
import { isSqlError } from '../outcome/problem-of-error.ts';

/** Errors by which a database ends one of two transactions that are in each other's way; nothing was stored. */
const IN_EACH_OTHERS_WAY: Readonly<Record<string, ReadonlySet<number>>> = {
  /** Deadlock victim, lock time-out, conflict of snapshots; SQLite's "busy" and "locked". */
  mssql: new Set([1205, 1222, 3960, 50_005, 50_006]),
  /** deadlock, lock conflict, lock time-out, update conflict. */
  fbsql: new Set([335544336, 335544345, 335544510, 335544451]),
};

/** What the caller of a write is told when the database refuses a statement; anything else stays as it is. */
export function writeFailure(thrown: unknown): unknown {
  if (!isSqlError(thrown) || thrown.kind !== 'statement') return thrown;
  const issue = issueOf(thrown);
  return issue ? new FhirProblem([issue], {}, { cause: thrown }) : thrown;
}

function issueOf({ constraint, errorType, errorCode }: SqlError): Issue | undefined {
  switch (constraint) {
    case 'unique':
      return {
        kind: 'conflict',
        diagnostics: 'something that may be there only once is there already',
      };
    case 'foreignKey':
      return { kind: 'invalidValue', diagnostics: 'it refers to something that does not exist' };
    case 'notNull':
      return {
        kind: 'missingElement',
        diagnostics: 'the practice system needs a value that is missing',
      };
    case 'check':
      return {
        kind: 'businessRule',
        diagnostics: 'a rule of the practice’s database forbids a value',
      };
    default:
      if (!IN_EACH_OTHERS_WAY[errorType]?.has(errorCode)) return undefined;
      return {
        kind: 'conflict',
        diagnostics:
          'somebody else was changing the same at this moment; nothing was stored, try again',
      };
  }
}

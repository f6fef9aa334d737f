import { ParhelionError } from '../../errors/parhelion-error.ts';
import type {
  FhirAnswer,
  FhirRequest,
  FhirStatement,
  FhirStep,
  StatementResult,
} from '../../fhir/course.ts';
import type { Driver } from '../../sql/driver.ts';
import { SqlError } from '../../sql/sql-error.ts';
import { collectRows, RowBudget } from './collect-rows.ts';
import type { FhirAnswerer } from './fhir-answerer.ts';

/** Memory that the rows of a tried request may take. */
const MAX_ROW_BYTES = 64 * 1024 * 1024;

/** A statement that was run for a request, and what it gave. */
export interface TriedStatement {
  readonly statement: FhirStatement;
  readonly rows: number;
  readonly milliseconds: number;
  /** The database's own words, when it refused it. */
  readonly error?: string;
}

export interface TriedRequest {
  readonly answer: FhirAnswer;
  readonly statements: readonly TriedStatement[];
}

/**
 * Answers a request that reads, directly at the database: no gateway, no policy, no audit trail.
 *
 * @throws ParhelionError when the request wants to change something; SqlError when the database cannot be reached
 */
export async function tryRequest(
  fhir: FhirAnswerer,
  driver: Driver,
  request: FhirRequest,
  signal: AbortSignal,
): Promise<TriedRequest> {
  const statements: TriedStatement[] = [];
  const budget = new RowBudget(MAX_ROW_BYTES);
  const course = fhir.answer(request);
  let next = course.next([]);
  while (!next.done) {
    try {
      const results: StatementResult[] = [];
      for (const statement of readsOf(next.value)) {
        results.push(await run(statement, { driver, budget, signal, statements }));
      }
      next = course.next(results);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      next = course.throw(error);
    }
  }
  return { answer: next.value, statements };
}

function readsOf(step: FhirStep): readonly FhirStatement[] {
  if (step.kind === 'read') return step.statements;
  throw new ParhelionError('invalidRequest', 'Only requests that read can be tried.');
}

async function run(
  statement: FhirStatement,
  tried: {
    readonly driver: Driver;
    readonly budget: RowBudget;
    readonly signal: AbortSignal;
    readonly statements: TriedStatement[];
  },
): Promise<StatementResult> {
  const { driver, budget, signal, statements } = tried;
  const { catalogue, text, type = 'text', parameters } = statement;
  const named = catalogue === undefined ? {} : { catalogue };
  await using connection = await driver.connect({ ...named, signal });
  const startedAt = performance.now();
  const note = (rows: number, error?: string) => {
    const milliseconds = Math.round(performance.now() - startedAt);
    statements.push({ statement, rows, milliseconds, ...(error !== undefined && { error }) });
  };
  try {
    const events = connection.execute({ text, type, parameters }, { signal, isReadOnly: true });
    const result = await collectRows(events, budget);
    note(result.rows.length);
    return result;
  } catch (error) {
    if (error instanceof SqlError) note(0, error.message);
    throw error;
  }
}

import type { StatementResult } from '../../fhir/course.ts';
import type { ResultEvent, Value } from '../../sql/driver.ts';
import { QueryFailure } from '../execution/query-failure.ts';

/** Bytes of rows that one request may still take into memory. */
export class RowBudget {
  readonly #maxBytes: number;
  #leftBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#leftBytes = maxBytes;
  }

  /** @throws QueryFailure when there is no room for the row */
  take(row: readonly Value[]): void {
    for (const value of row) this.#leftBytes -= sizeOf(value);
    if (this.#leftBytes >= 0) return;
    throw new QueryFailure('failed', {
      errorType: 'http',
      errorCode: 413,
      errorMessage: `The request reads more than ${this.#maxBytes} bytes of the database: ask for fewer resources or elements.`,
    });
  }
}

/** A slot of the row, and what the value has beside it. */
function sizeOf(value: Value): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return 8 + value.length;
  return 8;
}

/** Reads a statement to its end: the rows of its first result set that has columns. @throws SqlError, QueryFailure */
export async function collectRows(
  events: AsyncIterable<ResultEvent>,
  budget: RowBudget,
): Promise<StatementResult> {
  const rows: (readonly Value[])[] = [];
  let resultSets = 0;
  let rowsAffected = 0;
  let outputs: Readonly<Record<string, Value>> = {};
  for await (const event of events) {
    if (event.kind === 'columns') {
      resultSets += 1;
    } else if (event.kind === 'done') {
      ({ rowsAffected } = event);
      outputs = Object.fromEntries(event.outputParameters.map(({ name, value }) => [name, value]));
    } else if (resultSets === 1) {
      for (const row of event.rows) {
        budget.take(row);
        rows.push(row);
      }
    }
  }
  return { rows, rowsAffected, outputs };
}

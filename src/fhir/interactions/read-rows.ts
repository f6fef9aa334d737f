import type { FhirStatement, FhirStep, StatementResult } from '../course.ts';
import type { PageStatement, ResourceRow } from '../sql/index.ts';

/** A part of a course that gives something other than an answer. */
export type PartOfCourse<Result> = Generator<FhirStep, Result, readonly StatementResult[]>;

/** Rows with the statement that they came from. */
export interface ReadPage {
  readonly page: PageStatement;
  readonly rows: readonly ResourceRow[];
}

/** Runs statements in one step; none, no step. */
export function* runStatements(
  statements: readonly FhirStatement[],
): PartOfCourse<readonly StatementResult[]> {
  if (statements.length === 0) return [];
  const results: readonly StatementResult[] = yield { kind: 'read', statements };
  if (results.length !== statements.length) throw new Error('a step came back with other results');
  return results;
}

/** Lets others have their turn, in the middle of work that takes long and needs no database. */
export function* giveTurn(): PartOfCourse<void> {
  yield { kind: 'read', statements: [] };
}

/** Runs pages in one step and gives their rows, without those of children. */
export function* readPages(pages: readonly PageStatement[]): PartOfCourse<ReadPage[]> {
  const results = yield* runStatements(pages.map(({ statement }) => statement));
  return pages.map((page, index) => ({ page, rows: page.rows(results[index] as StatementResult) }));
}

/**
 * Reads the children of rows, all in one step.
 *
 * @param besides further statements for the same step
 * @returns the results of these
 */
export function* attachChildren(
  pages: readonly ReadPage[],
  besides: readonly FhirStatement[] = [],
): PartOfCourse<readonly StatementResult[]> {
  const children = pages.flatMap(({ page, rows }) => (rows.length > 0 ? page.children(rows) : []));
  const results = yield* runStatements([...children.map(({ statement }) => statement), ...besides]);
  for (const [index, child] of children.entries()) child.attach(results[index] as StatementResult);
  return results.slice(children.length);
}

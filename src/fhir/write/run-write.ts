import type { FhirStatement, StatementResult } from '../course.ts';
import type { PartOfCourse } from '../interactions/read-rows.ts';
import type {
  ColumnRef,
  Refusal,
  ResourceMapping,
  WriteMapping,
  WriteStep,
} from '../mapping/system-mapping.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { type ResourceKey, referenceKey } from '../search/index.ts';
import { keysStatements, type ResourceRow } from '../sql/index.ts';
import { type WriteTarget, writeStatement } from './write-statements.ts';
import type { WriteValues } from './write-values.ts';

/** Runs one statement in the open transaction. */
export function* runInTransaction(statement: FhirStatement): PartOfCourse<StatementResult> {
  const [result] = yield { kind: 'write', statement };
  if (!result) throw new Error('a step came back without its result');
  return result;
}

/** Reads one resource in the open transaction, with its children; undefined when there is none, or it is deleted. */
export function* readInTransaction(
  target: { readonly dialect: WriteTarget['dialect']; readonly mapping: ResourceMapping },
  key: ResourceKey,
  columns: readonly ColumnRef[],
  withDeleted = false,
): PartOfCourse<ResourceRow | undefined> {
  for (const page of keysStatements(target, { keys: [key], columns, withDeleted })) {
    const rows = page.rows(yield* runInTransaction(page.statement));
    for (const child of rows.length > 0 ? page.children(rows) : []) {
      child.attach(yield* runInTransaction(child.statement));
    }
    if (rows[0]) return rows[0];
  }
  return undefined;
}

/** Finds the rows of other resources that the steps need. @throws FhirProblem for one that does not exist */
function* lookUp(
  write: WriteMapping,
  values: WriteValues,
  target: WriteTarget,
): PartOfCourse<void> {
  for (const { name, resource, field, columns } of write.lookups.values()) {
    const mapping = target.system.resources.get(resource);
    if (!mapping || !values.find(field)) continue;
    const [column] = mapping.key;
    const value = column && values.valueFor({ kind: 'field', field }, column.column);
    values.throwIssues();
    const key = referenceKey(mapping.key, [value ?? null]);
    const row = key && (yield* readInTransaction({ ...target, mapping }, key, columns));
    const place = values.placeOf(field);
    if (!row) throw fhirProblem('invalidValue', `${place}: there is no such ${resource}`, place);
    values.keepLookup(name, row);
  }
}

/**
 * Makes the statements of a write, in the open transaction.
 *
 * @returns the key of the row that an insert has made; null when none has
 * @throws FhirProblem for values that cannot be stored, and for what a step refuses
 */
export function* runSteps(
  write: WriteMapping,
  steps: readonly WriteStep[],
  values: WriteValues,
  target: WriteTarget,
): PartOfCourse<void> {
  values.require(write.fields.values());
  values.throwIssues();
  yield* lookUp(write, values, target);
  for (const step of steps) {
    if (!step.when.every((test) => values.holds(test))) continue;
    if (step.kind === 'refuse') throw refused(step.refusal, values);
    const { statement, keyOf } = writeStatement(step, values, target);
    values.throwIssues();
    const result = yield* runInTransaction(statement);
    const changesNothing = result.rowsAffected === 0;
    if (changesNothing && (step.kind === 'update' || step.kind === 'delete')) {
      throw step.refusal
        ? refused(step.refusal, values)
        : fhirProblem('conflict', 'it was changed by somebody else at the same time');
    }
    if (keyOf) values.key = keyOf(result);
  }
}

function refused({ kind, text, field }: Refusal, values: WriteValues) {
  return fhirProblem(kind, text, field && values.placeOf(field));
}

import { fhirProblem } from '../outcome/fhir-problem.ts';
import { keyOfId } from '../search/index.ts';
import { deletedColumns, isDeleted, keysStatements } from '../sql/index.ts';
import type { InstanceCall } from './interaction.ts';
import { type PartOfCourse, type ReadPage, readPages } from './read-rows.ts';
import { joinColumns, type Selection } from './result-view.ts';

/**
 * Finds the row of an id, without its children: the page's only one.
 *
 * @throws FhirProblem `unknownResource`, `deleted`
 */
export function* readRow(
  { resource, context, id }: Pick<InstanceCall, 'resource' | 'context' | 'id'>,
  selection: Selection,
): PartOfCourse<ReadPage> {
  const key = keyOfId(resource, id);
  const unknown = fhirProblem('unknownResource', `there is no ${resource.type} with this id`);
  if (!key) throw unknown;
  const read = yield* readPages(
    keysStatements(
      { dialect: context.dialect, mapping: resource },
      {
        keys: [key],
        columns: joinColumns(selection.columns, deletedColumns(resource)),
        withDeleted: true,
      },
    ),
  );
  const page = read[0];
  // A database that folds case also finds a key that is written otherwise.
  const row = page?.rows.find((each) => each.id === id);
  if (!page || !row) throw unknown;
  if (isDeleted(resource, row)) throw fhirProblem('deleted', `this ${resource.type} was deleted`);
  return { page: page.page, rows: [row] };
}

import { fhirProblem } from '../outcome/fhir-problem.ts';
import { keyOfId } from '../search/index.ts';
import { deletedColumns, isDeleted, keysStatements, type ResourceRow } from '../sql/index.ts';
import type {
  InstanceCall,
  Interaction,
  InteractionAnswer,
  InteractionCourse,
} from './interaction.ts';
import { isNotModified, type Validators } from './preconditions.ts';
import { attachChildren, type PartOfCourse, type ReadPage, readPages } from './read-rows.ts';
import { resourceOfRow, stateOf } from './resource-of-row.ts';
import { joinColumns, readResultView, type Selection, selectElements } from './result-view.ts';
import { refuseUnknownParameters } from './unknown-parameters.ts';

/** Finds the row of an id. @throws FhirProblem `unknownResource`, `deleted` */
function* readRow(call: InstanceCall, selection: Selection): PartOfCourse<ReadPage> {
  const { resource, context, id } = call;
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

/** `ETag` and `Last-Modified`, as far as they are known. */
function validatorsOf(call: InstanceCall, row: ResourceRow, selection: Selection): Validators {
  const { versionId, lastUpdated } = stateOf(call.resource, row, selection, call.context.timeZone);
  return {
    ...(versionId === undefined ? {} : { etag: `W/"${versionId}"` }),
    ...(lastUpdated === undefined ? {} : { 'last-modified': new Date(lastUpdated).toUTCString() }),
  };
}

/** Reads one resource; with a version in the address, only if that is the current one. */
function* readInstance(call: InstanceCall): InteractionCourse {
  const { request, resource, context, versionId } = call;
  refuseUnknownParameters(request);
  const selection = selectElements(resource, readResultView(request.parameters), 'match');
  const page = yield* readRow(call, selection);
  const row = page.rows[0] as ResourceRow;
  const isVersionInRow = resource.version !== undefined;
  if (!isVersionInRow) yield* attachChildren([page]);
  const headers = validatorsOf(call, row, selection);
  if (versionId !== undefined && headers.etag !== `W/"${versionId}"`) {
    throw fhirProblem('unknownVersion', `${resource.type}/${row.id} has another version now`);
  }
  if (isNotModified(request.headers, headers)) return { status: 304, headers: { ...headers } };
  if (isVersionInRow) yield* attachChildren([page]);
  const scope = { timeZone: context.timeZone, baseUrl: request.baseUrl };
  const answer: InteractionAnswer = {
    status: 200,
    headers: { ...headers },
    resource: resourceOfRow(resource, row, selection, scope),
  };
  return answer;
}

/** `GET {type}/{id}`. */
export const readInteraction: Interaction = {
  code: 'read',
  route: 'instance',
  method: 'GET',
  isOffered: () => true,
  run: readInstance,
};

/** `GET {type}/{id}/_history/{version}`: nothing but the current version is kept. */
export const versionReadInteraction: Interaction = {
  code: 'vread',
  route: 'version',
  method: 'GET',
  isOffered: () => true,
  run: readInstance,
};

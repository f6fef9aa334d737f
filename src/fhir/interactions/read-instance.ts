import { fhirProblem } from '../outcome/fhir-problem.ts';
import type { ResourceRow } from '../sql/index.ts';
import type {
  InstanceCall,
  Interaction,
  InteractionAnswer,
  InteractionCourse,
} from './interaction.ts';
import { isNotModified, type Validators } from './preconditions.ts';
import { readRow } from './read-row.ts';
import { attachChildren } from './read-rows.ts';
import { resourceOfRow, stateOf } from './resource-of-row.ts';
import { readResultView, type Selection, selectElements } from './result-view.ts';
import { refuseUnknownParameters } from './unknown-parameters.ts';

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

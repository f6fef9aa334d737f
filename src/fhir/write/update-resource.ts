import type { InstanceCall, Interaction, InteractionCourse } from '../interactions/index.ts';
import { namesTag } from '../interactions/preconditions.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { readResourceBody } from '../request/resource-body.ts';
import { keyOfId } from '../search/index.ts';
import { runSteps } from './run-write.ts';
import { readStored, refuseLosses, type StoredResource, storedAnswer } from './stored-resource.ts';
import { submittedResource } from './submitted-resource.ts';
import { writeFailure } from './write-failure.ts';
import { WriteValues } from './write-values.ts';

/** Changes a resource in one transaction: all of it, or nothing. */
function* updateResource(call: InstanceCall): InteractionCourse {
  const { request, resource: mapping, context, id } = call;
  const { write } = mapping;
  const body = readResourceBody(request.body, request.headers['content-type']);
  const submitted = submittedResource(body, mapping.type, request.baseUrl);
  if (submitted['id'] !== id) {
    throw fhirProblem(
      'malformedRequest',
      `id of the body must be ${id}, as in the address`,
      `${mapping.type}.id`,
    );
  }
  const steps = write?.update;
  if (!steps) throw new Error(`${mapping.type} has no update`);
  const key = keyOfId(mapping, id);
  // New resources get their id from the practice system (R4 §3.1.0.7.1).
  if (!key) throw fhirProblem('unknownResource', `there is no ${mapping.type} with this id`);
  yield {
    kind: 'begin',
    ...(mapping.catalogue === undefined ? {} : { catalogue: mapping.catalogue }),
  };
  const before = yield* readStored(call, key, write);
  // A database that folds case also finds a key that is written otherwise.
  if (before?.row.id !== id)
    throw fhirProblem('unknownResource', `there is no ${mapping.type} with this id`);
  requireVersion(request.headers['if-match'], before);
  const values = new WriteValues({
    submitted,
    system: context.mapping,
    timeZone: context.timeZone,
    nowMs: context.now(),
    before,
  });
  try {
    yield* runSteps(write, steps, values, { dialect: context.dialect, system: context.mapping });
    const stored = yield* readStored(call, key, write);
    if (!stored) throw fhirProblem('businessRule', 'after this change the site would not show it');
    const compared = { stored: stored.resource, before: before.resource };
    refuseLosses(submitted, compared, { write, baseUrl: request.baseUrl });
    yield { kind: 'commit' };
    return storedAnswer(call, 200, stored);
  } catch (error) {
    throw writeFailure(error);
  }
}

/** @throws FhirProblem `versionMismatch` when the caller means another version than the current one */
function requireVersion(ifMatch: string | undefined, { etag }: StoredResource): void {
  if (ifMatch === undefined) return;
  if (etag !== undefined && namesTag(ifMatch, etag)) return;
  throw fhirProblem(
    'versionMismatch',
    `the current version is ${etag ?? 'not known'}`,
    'http.if-match',
  );
}

/** `PUT {type}/{id}`. */
export const updateInteraction: Interaction = {
  code: 'update',
  route: 'instance',
  method: 'PUT',
  isOffered: ({ write }) => write?.update !== undefined,
  run: updateResource,
};

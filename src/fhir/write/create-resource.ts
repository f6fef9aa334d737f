import type { Interaction, InteractionCourse, TypeCall } from '../interactions/index.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { readResourceBody } from '../request/resource-body.ts';
import { referenceKey } from '../search/index.ts';
import { existingResource } from './existing-resource.ts';
import { runSteps } from './run-write.ts';
import { readStored, refuseLosses, storedAnswer } from './stored-resource.ts';
import { submittedResource } from './submitted-resource.ts';
import { writeFailure } from './write-failure.ts';
import { WriteValues } from './write-values.ts';

/** Stores a new resource in one transaction: all of it, or nothing. */
function* createResource(call: TypeCall): InteractionCourse {
  const { request, resource: mapping, context } = call;
  const { write } = mapping;
  const body = readResourceBody(request.body, request.headers['content-type']);
  const submitted = submittedResource(body, mapping.type, request.baseUrl);
  const steps = write?.create;
  if (!steps) throw new Error(`${mapping.type} has no create`);
  yield {
    kind: 'begin',
    ...(mapping.catalogue === undefined ? {} : { catalogue: mapping.catalogue }),
  };
  const existing = yield* existingResource(call, write);
  if (existing) return storedAnswer(call, 200, existing);
  const values = new WriteValues({
    submitted,
    system: context.mapping,
    timeZone: context.timeZone,
    nowMs: context.now(),
  });
  try {
    yield* runSteps(write, steps, values, { dialect: context.dialect, system: context.mapping });
    const key = referenceKey(mapping.key, [values.key]);
    const stored = key && (yield* readStored(call, key, write));
    if (!stored) {
      throw fhirProblem('businessRule', 'what was stored is not a resource that this site shows');
    }
    refuseLosses(submitted, { stored: stored.resource }, { write, baseUrl: request.baseUrl });
    yield { kind: 'commit' };
    return storedAnswer(call, 201, stored);
  } catch (error) {
    throw writeFailure(error);
  }
}

/** `POST {type}`. */
export const createInteraction: Interaction = {
  code: 'create',
  route: 'type',
  method: 'POST',
  isConditional: true,
  isOffered: ({ write }) => write?.create !== undefined,
  run: createResource,
};

import { fhirProblem } from '../outcome/fhir-problem.ts';
import type { ReceivedResource } from '../request/resource-body.ts';

/**
 * A received resource of the right type, its references to this site relative (`Patient/12`).
 *
 * @throws FhirProblem `malformedRequest` for another type, `businessRule` for one of which elements were left out
 */
export function submittedResource(
  body: ReceivedResource,
  type: string,
  baseUrl: string,
): ReceivedResource {
  if (body.resourceType !== type) {
    throw fhirProblem(
      'malformedRequest',
      `resourceType must be ${type}, as in the address`,
      'resourceType',
    );
  }
  if (isSubset(body['meta'])) {
    throw fhirProblem(
      'businessRule',
      'it is a part of a resource (SUBSETTED): what was left out of it would be removed',
      `${type}.meta.tag`,
    );
  }
  return withRelativeReferences(body, `${baseUrl}/`) as ReceivedResource;
}

/** Whether a resource was read by `_elements` or `_summary` (R4 §3.1.1.5.8): nobody may store what is left of it. */
function isSubset(meta: unknown): boolean {
  const { tag } = Object(meta) as { tag?: unknown };
  return Array.isArray(tag) && tag.some((each) => Object(each).code === 'SUBSETTED');
}

function withRelativeReferences(value: unknown, base: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withRelativeReferences(item, base));
  if (typeof value !== 'object' || value === null || 'isLosslessNumber' in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isReference = name === 'reference' && typeof member === 'string';
      if (isReference && member.startsWith(base)) return [name, member.slice(base.length)];
      return [name, withRelativeReferences(member, base)];
    }),
  );
}

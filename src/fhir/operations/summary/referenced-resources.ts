import type { FhirResource } from '../../interactions/index.ts';
import type { PartOfCourse } from '../../interactions/read-rows.ts';
import { keyOfId, type ResourceKey } from '../../search/index.ts';
import { keysStatements } from '../../sql/index.ts';
import type { SearchScope } from '../operation-search.ts';
import { isInError } from './element-reading.ts';
import { type ResourceRequest, readResources, wholeColumns } from './read-resources.ts';
import { referencesIn, splitReference } from './references.ts';

/** How often what was just read is asked for what it refers to. It ends by itself, but for chains of organisations, say. */
const MAX_ROUNDS = 8;
/** Resources that come into a document because others refer to them. */
const MAX_REFERENCED = 500;

/**
 * What a patient summary may hold beside the patient (AU PS 1.0.0, its Bundle). Appointments and their slots are no part of
 * it, and no other patient is.
 */
const FOLLOWED: ReadonlySet<string> = new Set([
  'AllergyIntolerance',
  'CareTeam',
  'ClinicalImpression',
  'Condition',
  'Consent',
  'Device',
  'DeviceUseStatement',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Flag',
  'ImagingStudy',
  'Immunization',
  'ImmunizationRecommendation',
  'Location',
  'Medication',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'RelatedPerson',
  'Specimen',
]);

/** `Type/id` of a resource. */
export function addressOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${String(id)}`;
}

function requestsOf(scope: SearchScope, references: readonly string[]): ResourceRequest[] {
  const { mapping: system, dialect } = scope.context;
  const keys = new Map<string, ResourceKey[]>();
  for (const reference of references) {
    const { type, id } = splitReference(reference);
    const mapping = system.resources.get(type);
    const key = mapping && keyOfId(mapping, id);
    if (key) keys.set(type, [...(keys.get(type) ?? []), key]);
  }
  return [...keys].flatMap(([type, ofType]) => {
    const mapping = system.resources.get(type);
    if (!mapping) return [];
    const request = { keys: ofType, columns: wholeColumns(mapping) };
    return keysStatements({ dialect, mapping }, request).map((statement) => ({
      mapping,
      statement,
    }));
  });
}

/**
 * Reads what resources refer to, and what that refers to, for a bounded number of rounds: in each one statement for
 * each type, and one for each of its child relations. What was entered in error stays outside.
 *
 * @returns by `Type/id`
 */
export function* readReferenced(
  scope: SearchScope,
  resources: readonly FhirResource[],
): PartOfCourse<ReadonlyMap<string, FhirResource>> {
  const asked = new Set(resources.map(addressOf));
  const referenced = new Map<string, FhirResource>();
  let fresh = resources;
  for (let round = 0; round < MAX_ROUNDS && fresh.length > 0; round += 1) {
    const wanted = [...new Set(referencesIn(fresh, scope.baseUrl))].filter(
      (reference) => !asked.has(reference) && FOLLOWED.has(splitReference(reference).type),
    );
    const taken = wanted.slice(0, MAX_REFERENCED - referenced.size);
    for (const reference of taken) asked.add(reference);
    const read = yield* readResources(requestsOf(scope, taken), scope);
    fresh = read.flat().filter((resource) => !isInError(resource));
    for (const resource of fresh) referenced.set(addressOf(resource), resource);
  }
  return referenced;
}

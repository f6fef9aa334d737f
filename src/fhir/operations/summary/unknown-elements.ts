import type { FhirResource } from '../../interactions/index.ts';
import { codesOf, type Json, listOf } from './element-reading.ts';

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** What says that nobody knows (AU Core and AU PS, *Missing data*). */
const UNKNOWN = { extension: [{ url: ABSENT, valueCode: 'unknown' }] };

/** Choices of dates that IPS and AU PS want and R4 and AU Core do not. */
const DATES: Readonly<Record<string, string>> = {
  MedicationStatement: 'effective',
  Procedure: 'performed',
  Observation: 'effective',
  DiagnosticReport: 'effective',
};

function hasChoice(resource: Json, choice: string): boolean {
  return Object.keys(resource).some((name) => name.replace(/^_/, '').startsWith(choice));
}

/** IPS and AU PS want a part of each name. AU Core may say that the whole of it is unknown. */
function withNameParts(name: Json): Json {
  const hasPart = ['text', 'family', 'given'].some((part) => part in name || `_${part}` in name);
  if (hasPart) return name;
  const { extension, ...rest } = name;
  const others = listOf(extension).filter(({ url }) => url !== ABSENT);
  return { ...(others.length > 0 ? { extension: others } : {}), ...rest, _family: UNKNOWN };
}

function withNames(patient: FhirResource): FhirResource {
  const names = listOf(patient['name']);
  return { ...patient, name: (names.length > 0 ? names : [{}]).map(withNameParts) };
}

/** Says of what patient summaries want, and the practice has not recorded, that it is unknown. */
export function withUnknownElements(resource: FhirResource): FhirResource {
  const { resourceType } = resource;
  if (resourceType === 'Patient') return withNames(resource);
  const choice = DATES[resourceType];
  const lacksDate = choice !== undefined && !hasChoice(resource, choice);
  const isOfLaboratory =
    resourceType === 'Observation' && codesOf(resource['category']).includes('laboratory');
  return {
    ...resource,
    ...(lacksDate ? { [`_${choice}DateTime`]: UNKNOWN } : {}),
    ...(isOfLaboratory && !('performer' in resource) ? { performer: [UNKNOWN] } : {}),
  };
}

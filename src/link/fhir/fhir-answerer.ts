import type { FhirCourse, FhirRequest } from '../../fhir/course.ts';

/** What knows FHIR and the practice's mapping: it says what is to be asked of the database, and what the answer is. */
export interface FhirAnswerer {
  answer(request: FhirRequest): FhirCourse;
}

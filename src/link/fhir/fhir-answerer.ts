import type { FhirCourse, FhirRequest } from '../../fhir/course.ts';

/** What knows FHIR and the practice's mapping: it says what is to be asked of the database, and what the answer is. */
export interface FhirAnswerer {
  answer(request: FhirRequest): FhirCourse;
  /** The parameters of a request, as they were sent, in words that the practice can read. Left out: as they are. */
  readableQuery?(type: string, query: string): string;
}

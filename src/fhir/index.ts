export type {
  FhirAnswer,
  FhirCourse,
  FhirMethod,
  FhirRequest,
  FhirStatement,
  FhirStep,
  StatementResult,
} from './course.ts';
export { FhirService } from './fhir-service.ts';
export { loadMapping } from './mapping/load-mapping.ts';
export type { SqlDialectName, SystemMapping } from './mapping/system-mapping.ts';
export type { FhirServiceOptions } from './service-context.ts';

export type {
  FhirAnswer,
  FhirMethod,
  FhirRequest,
  FhirStatement,
  FhirStep,
  StatementResult,
} from './course.ts';
export { FhirService } from './fhir-service.ts';
export { loadMapping } from './mapping/load-mapping.ts';
export type { SqlDialectName } from './mapping/system-mapping.ts';
export type { FhirServiceOptions } from './service-context.ts';

export type { Announce } from './async-course.ts';
export { AsyncQueries } from './async-queries.ts';
export { checkParameters } from './check-parameters.ts';
export { createAsyncQuery } from './create-async-query.ts';
export { type Page, QUERY_STATUSES, type QueryOwner } from './query.ts';
export { toQueryObject } from './query-object.ts';
export { storableText } from './query-record.ts';
export { QueryStore } from './query-store.ts';
export { openResultPage, type ResultPage } from './result-page.ts';
export { type AnsweredFhir, runFhirRequest } from './run-fhir-request.ts';
export {
  type CompletedQuery,
  DEFAULT_MAX_TIME_IN_QUEUE_MS,
  type ImmediateQueries,
  runImmediateQuery,
} from './run-immediate-query.ts';
export { newUploadPermission, uploadTokenHash } from './upload-permission.ts';
export { verified } from './verified-bytes.ts';

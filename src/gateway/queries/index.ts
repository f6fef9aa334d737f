export { checkParameters } from './check-parameters.ts';
export { toQueryObject } from './query-object.ts';
export { QueryStore } from './query-store.ts';
export {
  type CompletedQuery,
  DEFAULT_MAX_TIME_IN_QUEUE_MS,
  type ImmediateQueries,
  runImmediateQuery,
} from './run-immediate-query.ts';

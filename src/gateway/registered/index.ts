export { RegisteredEvents } from './registered-events.ts';
export { toRegisteredObject } from './registered-object.ts';
export { RegisteredQueries } from './registered-queries.ts';

import { type Static, Type } from 'typebox';
import { Count, frame, Milliseconds, StreamId, Uuid } from './frame-parts.ts';

/*
 * The frames of FHIR requests. A link takes them when its capabilities name `fhir`. They go the way of immediate
 * queries: `cancel` stops one, `failure` tells that the site has no answer to it.
 */

/** The methods of FHIR's RESTful API, and `PATCH`, which the site refuses in FHIR's own words. */
export const FHIR_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Headers of a request that have a meaning in FHIR, by their lower-case names; all others stay at the gateway. */
export const FHIR_REQUEST_HEADERS = [
  'accept',
  'content-type',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-none-exist',
  'prefer',
] as const;

/** Headers of an answer that the gateway passes on, by their lower-case names. */
export const FHIR_ANSWER_HEADERS = [
  'content-type',
  'etag',
  'location',
  'content-location',
  'last-modified',
  'allow',
] as const;

/** What HTTP allows in a field's value, so that no answer can bring a header of its own making. */
const HeaderValue = Type.String({ pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$' });

/** An HTTP request below the FHIR base of one site, as it came. Nothing in it is trusted. */
export const FhirHttpRequest = Type.Object({
  method: Type.Enum([...FHIR_METHODS]),
  /** What follows the base, without query and leading slash, percent-encoded as it came. */
  path: Type.String(),
  /** What follows `?`, without it; empty when there is none. */
  query: Type.String(),
  headers: Type.Record(Type.String(), Type.String()),
  /** The body's text; left out when there is none. */
  body: Type.Optional(Type.String()),
  /** Absolute address of the base, without a slash at its end. */
  baseUrl: Type.String({ pattern: '^https?://\\S+[^/\\s]$' }),
});
export type FhirHttpRequest = Static<typeof FhirHttpRequest>;

/** gateway → link: answer this FHIR request ahead of everything else. */
export const FhirFrame = frame('fhir', {
  queryId: Uuid,
  integratorId: Uuid,
  streamId: StreamId,
  /** Time the request may still wait at the site; 0 means start now or not at all. */
  maxTimeInQueueMs: Milliseconds,
  executionLimitMs: Milliseconds,
  /** Of the answer's body. */
  maxResultBytes: Count,
  /** Left out when it is too large for a frame: then its JSON comes on the data stream. */
  request: Type.Optional(FhirHttpRequest),
});
export type FhirFrame = Static<typeof FhirFrame>;

/** link → gateway: the site has answered. The body's bytes are the frame's body, or came on the data stream. */
export const FhirAnswerFrame = frame('fhirAnswer', {
  queryId: Uuid,
  /** From the arrival at the site to the first statement; left out when the database was not needed. */
  queuedMs: Type.Optional(Milliseconds),
  /** From the first statement to the end of the last. */
  sqlExecutionMs: Type.Optional(Milliseconds),
  status: Type.Integer({ minimum: 200, maximum: 599 }),
  headers: Type.Record(Type.String({ pattern: "^[a-z0-9!#$%&'*+.^_`|~-]+$" }), HeaderValue),
  /** Bytes of the body. */
  size: Count,
  /** Rows that were read from the database. */
  rows: Type.Optional(Count),
  rowsAffected: Type.Optional(Count),
  isOnDataStream: Type.Boolean(),
});
export type FhirAnswerFrame = Static<typeof FhirAnswerFrame>;

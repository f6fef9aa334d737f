import { type Static, Type } from 'typebox';
import { Command, ResultParameter } from './command.ts';
import { ErrorDetails } from './error-details.ts';
import { Count, frame, Milliseconds, StreamId, Uuid } from './frame-parts.ts';

/*
 * The frames of async queries. Every frame may be sent again: a report tells all that the link knows of a query, and
 * the gateway answers it again without changing anything. What was not answered is repeated until it is.
 */

/** Counts the runs of a query, from 1; 0 before the first. A proven read may run again after a crash. */
const Attempt = Type.Integer({ minimum: 0, maximum: 1_000_000 });

/** gateway → link: keep this command and run it when its turn comes. Answered by a report. */
export const EnqueueFrame = frame('enqueue', {
  queryId: Uuid,
  integratorId: Uuid,
  /** Names the command's stream when it is too large for the frame. */
  streamId: StreamId,
  /** What is left of its time in the queue. */
  expiresInMs: Milliseconds,
  /** Counts the time that the database works; waiting for the reader of its rows is not counted. */
  executionLimitMs: Milliseconds,
  /** Size of a page at which the next row begins a new one. */
  pageBytes: Type.Integer({ minimum: 1024, maximum: 1024 * 1024 * 1024 }),
  catalogue: Type.Optional(Type.String()),
  /** Left out when it is too large for a frame: then its JSON comes on the data stream. */
  command: Type.Optional(Command),
});
export type EnqueueFrame = Static<typeof EnqueueFrame>;

/** gateway → link: report what you know of these; `unknown` for those that are not kept. */
export const EnquireFrame = frame('enquire', { queryIds: Type.Array(Uuid, { maxItems: 500 }) });

/** States of a query that a link reports. */
const REPORTED_STATES = [
  /** It is kept durably at the site. */
  'queued',
  /** It could not be kept; `errorDetails` says why. */
  'notQueued',
  /** Asks to go on: it runs only once this report has been answered with `noted`. */
  'executing',
  /** The database has finished; pages are still on their way. */
  'uploading',
  'successful',
  'executionFailed',
  'uploadFailed',
  'expiredInQueue',
  /** Asked for by `enquire`, and not kept here. */
  'unknown',
] as const;

/** link → gateway. */
export const ReportFrame = frame('report', {
  queryId: Uuid,
  state: Type.Enum(REPORTED_STATES),
  attempt: Attempt,
  /** With `executing`: whether the command may change something, so that it is never run twice. */
  mayWrite: Type.Optional(Type.Boolean()),
  /** From `uploading` on: time in which the link waited for the database; pauses of its own reading do not count. */
  sqlExecutionMs: Type.Optional(Milliseconds),
  /** From `uploading` on: rows of all pages; left out for a `nonQuery`. */
  rows: Type.Optional(Count),
  rowsAffected: Type.Optional(Count),
  /** Bytes of all pages. */
  size: Type.Optional(Count),
  /** From `uploading` on: how many pages there are. 0 for a `nonQuery`, which has nothing to upload. */
  pages: Type.Optional(Count),
  parameters: Type.Optional(Type.Array(ResultParameter)),
  errorDetails: Type.Optional(ErrorDetails),
});
export type ReportFrame = Static<typeof ReportFrame>;

/** gateway → link: the report is durable. */
export const ReportSeenFrame = frame('reportSeen', {
  queryId: Uuid,
  state: Type.Enum(REPORTED_STATES),
  attempt: Attempt,
  /** `over`: the query has ended otherwise, or is unknown: stop it if it only reads, and forget it. */
  verdict: Type.Enum(['noted', 'over']),
});
export type ReportSeenFrame = Static<typeof ReportSeenFrame>;

/** link → gateway: a page is cut and wants to be uploaded. */
export const PageCutFrame = frame('pageCut', {
  queryId: Uuid,
  attempt: Attempt,
  pageNumber: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  size: Count,
  rows: Count,
  /** Number of its first row, from 0. */
  rangeStart: Count,
  /** Of its bytes, lower-case hexadecimal. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});
export type PageCutFrame = Static<typeof PageCutFrame>;

/** Where a link puts bytes, once. */
export const Upload = Type.Object({
  /** A path of the gateway itself, or an absolute address of a blob store. Takes a PUT of exactly the bytes. */
  url: Type.String({ minLength: 1 }),
  headers: Type.Record(Type.String(), Type.String()),
});
export type Upload = Static<typeof Upload>;

/** gateway → link, for each `pageCut`. */
export const PageSeenFrame = frame('pageSeen', {
  queryId: Uuid,
  attempt: Attempt,
  pageNumber: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  /** `cached`: this very page is there already. `over`: as in `reportSeen`. */
  verdict: Type.Enum(['upload', 'cached', 'over']),
  upload: Type.Optional(Upload),
});
export type PageSeenFrame = Static<typeof PageSeenFrame>;

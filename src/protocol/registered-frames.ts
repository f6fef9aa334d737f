import { type Static, Type } from 'typebox';
import { Upload } from './async-frames.ts';
import { Command, ResultParameter } from './command.ts';
import { ErrorDetails } from './error-details.ts';
import { Count, frame, Milliseconds, StreamId, Uuid } from './frame-parts.ts';

/*
 * The frames of registered queries. Every frame may be sent again: what a link tells of a query is all that it knows,
 * counted since the query began, so that a report that is late, repeated or out of order changes nothing. Ages and
 * other spans are told instead of times: the clocks of the two sides need not agree.
 */

/** Most ids in one frame. */
export const MAX_IDS_IN_FRAME = 500;

const Ids = Type.Array(Uuid, { maxItems: MAX_IDS_IN_FRAME });

/** Counts the runs of a query that have ended, from 1; 0 before the first. */
const RunNumber = Type.Integer({ minimum: 0, maximum: 1_000_000 });

/** What the gateway knows of earlier runs, for a link that has lost its own memory of them. */
const EarlierRuns = Type.Object({
  runNumber: RunNumber,
  succeededCount: Count,
  failedCount: Count,
  resultSizeSum: Count,
  /** Since the end of the last run. */
  lastRunAgoMs: Milliseconds,
  lastHash: Type.Optional(Type.String()),
});

/** gateway → link: keep this query and run it by yourself. Answered by `registrations`. */
export const RegisterFrame = frame('register', {
  queryId: Uuid,
  integratorId: Uuid,
  /** Names the command's stream when it is too large for the frame. */
  streamId: StreamId,
  /** Runs are due at its creation and then each time this much later. */
  frequencyMs: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  /** Since its creation. A run that is due at the very end is made. */
  durationMs: Milliseconds,
  /** How long ago it was created. */
  ageMs: Milliseconds,
  executionLimitMs: Milliseconds,
  maxResultBytes: Count,
  catalogue: Type.Optional(Type.String()),
  earlier: Type.Optional(EarlierRuns),
  /** Left out when it is too large for a frame: then its JSON comes on the data stream. */
  command: Type.Optional(Command),
});
export type RegisterFrame = Static<typeof RegisterFrame>;

/**
 * gateway → link, at the start of a session: all queries that the link should have, in as many frames as it takes. It
 * answers with those it misses, and stops those that it had before the first frame and that are in none.
 */
export const RegisteredListFrame = frame('registeredList', {
  isFirst: Type.Boolean(),
  isLast: Type.Boolean(),
  queries: Type.Array(Type.Object({ queryId: Uuid, ageMs: Milliseconds }), {
    maxItems: MAX_IDS_IN_FRAME,
  }),
});
export type RegisteredListFrame = Static<typeof RegisteredListFrame>;

/** gateway → link: stop these and forget them. Answered by `registrations`. */
export const UnregisterFrame = frame('unregister', { queryIds: Ids });
export type UnregisterFrame = Static<typeof UnregisterFrame>;

/** link → gateway. */
export const RegistrationsFrame = frame('registrations', {
  /**
   * `kept`: durably at the site. `notKept`: they could not be kept and never will be. `dropped`: stopped, as was asked.
   * `missing`: listed, and not here.
   */
  outcome: Type.Enum(['kept', 'notKept', 'dropped', 'missing']),
  queryIds: Ids,
});
export type RegistrationsFrame = Static<typeof RegistrationsFrame>;

/** All that the link knows of the runs of one query. */
export const RunReport = Type.Object({
  queryId: Uuid,
  runNumber: RunNumber,
  succeededCount: Count,
  failedCount: Count,
  lastSucceededAgoMs: Type.Optional(Milliseconds),
  lastFailedAgoMs: Type.Optional(Milliseconds),
  /** Of the last run: between sending to the database and its last row, or its failure. */
  lastExecutionMs: Milliseconds,
  /** Decoded bytes of the results of all runs that succeeded. */
  resultSizeSum: Count,
  lastError: Type.Optional(ErrorDetails),
  /** No further run is due. */
  isLast: Type.Boolean(),
});
export type RunReport = Static<typeof RunReport>;

/** link → gateway: sent once the runs are kept at the site. */
export const RunReportsFrame = frame('runReports', {
  reports: Type.Array(RunReport, { maxItems: MAX_IDS_IN_FRAME }),
});
export type RunReportsFrame = Static<typeof RunReportsFrame>;

/** gateway → link: these reports are durable. */
export const RunsSeenFrame = frame('runsSeen', {
  seen: Type.Array(
    Type.Object({
      queryId: Uuid,
      runNumber: RunNumber,
      /** `over`: the query has ended or is unknown: run it no more, and forget it once its result is uploaded. */
      verdict: Type.Enum(['noted', 'over']),
    }),
    { maxItems: MAX_IDS_IN_FRAME },
  ),
});
export type RunsSeenFrame = Static<typeof RunsSeenFrame>;

/** link → gateway: a result differs from the last one that was uploaded, and wants to be. */
export const ResultChangedFrame = frame('resultChanged', {
  queryId: Uuid,
  /** The run that yielded it. */
  runNumber: RunNumber,
  /** The contract's `lastHash`: base64 of SHA-256 over rows and output parameters. */
  hash: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }),
  /** Of the rows' bytes, lower-case hexadecimal. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  size: Count,
  rows: Count,
  parameters: Type.Optional(Type.Array(ResultParameter)),
  /** The rows themselves as JSON text, when they fit the frame: then nothing is left to upload. */
  body: Type.Optional(Type.String()),
});
export type ResultChangedFrame = Static<typeof ResultChangedFrame>;

/** gateway → link, for each `resultChanged`. */
export const ResultSeenFrame = frame('resultSeen', {
  queryId: Uuid,
  runNumber: RunNumber,
  /** `cached`: this result, one with its hash, or a newer one is there. `over`: nobody wants it any more. */
  verdict: Type.Enum(['upload', 'cached', 'over']),
  upload: Type.Optional(Upload),
});
export type ResultSeenFrame = Static<typeof ResultSeenFrame>;

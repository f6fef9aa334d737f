import { type Static, Type } from 'typebox';
import {
  EnqueueFrame,
  EnquireFrame,
  PageCutFrame,
  PageSeenFrame,
  ReportFrame,
  ReportSeenFrame,
} from './async-frames.ts';
import { Command, ResultParameter } from './command.ts';
import { ErrorDetails } from './error-details.ts';
import { FhirAnswerFrame, FhirFrame } from './fhir-frames.ts';
import { Count, frame, Milliseconds, StreamId, Uuid } from './frame-parts.ts';
import {
  RegisteredListFrame,
  RegisterFrame,
  RegistrationsFrame,
  ResultChangedFrame,
  ResultSeenFrame,
  RunReportsFrame,
  RunsSeenFrame,
  UnregisterFrame,
} from './registered-frames.ts';

/*
 * The frames of the control socket. Unknown members are ignored, so that a newer side may add some; an unknown
 * `type`, or a member of the wrong shape, is answered with an `error` frame.
 */

/** A database of the site that commands may name. */
export const Catalogue = Type.Object({
  name: Type.String({ minLength: 1 }),
  isDefault: Type.Boolean(),
});
export type Catalogue = Static<typeof Catalogue>;

/** What the link knows of itself and its practice; sent at connect and with each heartbeat. */
const LinkFacts = {
  /** CalVer without leading zeros. */
  linkVersion: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
  /** The link's clock, ISO 8601 in UTC: what fits the pattern is a time, since the gateway stores it as one. */
  clientTime: Type.String({
    pattern:
      '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z$',
  }),
  catalogues: Type.Array(Catalogue),
};

/** gateway → link, first: the text to sign. */
const ChallengeFrame = frame('challenge', {
  nonce: Type.String({ minLength: 16 }),
  protocolVersions: Type.Array(Type.Integer()),
});

/** link → gateway: who it is, proved by the signature over the nonce. */
const AuthenticateFrame = frame('authenticate', {
  siteId: Uuid,
  signature: Type.String(),
  protocolVersion: Type.Integer(),
  capabilities: Type.Array(Type.String()),
  ...LinkFacts,
  practice: Type.Object({
    practiceName: Type.Optional(Type.String()),
    practiceManagementVersion: Type.Optional(Type.String()),
  }),
});

/** gateway → link: the session is live. */
const WelcomeFrame = frame('welcome', {
  sessionId: Uuid,
  /** Opens data sockets of this session, and only of this one. */
  dataToken: Type.String(),
  heartbeatIntervalMs: Type.Integer({ minimum: 1 }),
  /** Silence after which either side gives the socket up. */
  silenceLimitMs: Type.Integer({ minimum: 1 }),
});

/** link → gateway, every interval; answered with `heartbeatSeen`. */
const HeartbeatFrame = frame('heartbeat', LinkFacts);

/** gateway → link. */
const HeartbeatSeenFrame = frame('heartbeatSeen', {});

/** gateway → link: open a data socket now, a command is waiting for it. */
const OpenDataFrame = frame('openData', {});

/** gateway → link: run a command ahead of everything else. */
export const ExecuteFrame = frame('execute', {
  queryId: Uuid,
  integratorId: Uuid,
  streamId: StreamId,
  /** Time the command may still wait at the site; 0 means start now or not at all. */
  maxTimeInQueueMs: Milliseconds,
  executionLimitMs: Milliseconds,
  maxResultBytes: Count,
  catalogue: Type.Optional(Type.String()),
  /** Left out when it is too large for a frame: then its JSON comes on the data stream. */
  command: Type.Optional(Command),
});
export type ExecuteFrame = Static<typeof ExecuteFrame>;

/** gateway → link: nobody waits for the answer any more. */
const CancelFrame = frame('cancel', { queryId: Uuid });

/**
 * gateway → link, when the link's capabilities name it: the pairing of an integrator has ended. What it has waiting at
 * the site is refused.
 */
const UnpairedFrame = frame('unpaired', { integratorId: Uuid });

/**
 * gateway → link, when the link's capabilities name it: may this integrator register a query now? Answered by
 * `practiceAnswer`.
 */
const AskPracticeFrame = frame('askPractice', {
  /** The query's id, should it be registered. */
  queryId: Uuid,
  integratorId: Uuid,
});
export type AskPracticeFrame = Static<typeof AskPracticeFrame>;

/** link → gateway. */
const PracticeAnswerFrame = frame('practiceAnswer', {
  queryId: Uuid,
  /** Left out when the practice does not refuse. */
  refusal: Type.Optional(ErrorDetails),
});
export type PracticeAnswerFrame = Static<typeof PracticeAnswerFrame>;

const Timings = {
  queryId: Uuid,
  /** From the arrival at the site to the start; left out when it never started. */
  queuedMs: Type.Optional(Milliseconds),
  /** Between sending to the database and its last row. */
  sqlExecutionMs: Type.Optional(Milliseconds),
};

/** link → gateway: the command succeeded. Its rows are the frame's body, or came on the data stream. */
export const ResultFrame = frame('result', {
  ...Timings,
  /** Bytes of the JSON rows; 0 and no body for a `nonQuery`. */
  size: Count,
  rows: Type.Optional(Count),
  rowsAffected: Type.Optional(Count),
  isOnDataStream: Type.Boolean(),
  parameters: Type.Optional(Type.Array(ResultParameter)),
});
export type ResultFrame = Static<typeof ResultFrame>;

/** link → gateway: the command failed. */
export const FailureFrame = frame('failure', {
  ...Timings,
  /** `notStarted`: its time in the queue ran out. `limit`: stopped at the execution limit. */
  reason: Type.Enum(['notStarted', 'limit', 'cancelled', 'refused', 'failed']),
  errorDetails: ErrorDetails,
});
export type FailureFrame = Static<typeof FailureFrame>;

/** Either way: the other side sent something this side does not understand. Never answered. */
const ErrorFrame = frame('error', { message: Type.String() });

/** All frames that a gateway sends. */
export const GatewayFrame = Type.Union([
  ChallengeFrame,
  WelcomeFrame,
  HeartbeatSeenFrame,
  OpenDataFrame,
  ExecuteFrame,
  FhirFrame,
  CancelFrame,
  UnpairedFrame,
  AskPracticeFrame,
  EnqueueFrame,
  EnquireFrame,
  ReportSeenFrame,
  PageSeenFrame,
  RegisterFrame,
  RegisteredListFrame,
  UnregisterFrame,
  RunsSeenFrame,
  ResultSeenFrame,
  ErrorFrame,
]);
export type GatewayFrame = Static<typeof GatewayFrame>;

/** All frames that a link sends. */
export const LinkFrame = Type.Union([
  AuthenticateFrame,
  HeartbeatFrame,
  ResultFrame,
  FhirAnswerFrame,
  FailureFrame,
  PracticeAnswerFrame,
  ReportFrame,
  PageCutFrame,
  RegistrationsFrame,
  RunReportsFrame,
  ResultChangedFrame,
  ErrorFrame,
]);
export type LinkFrame = Static<typeof LinkFrame>;

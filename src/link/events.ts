import { loggableError } from '../errors/loggable-error.ts';
import type { ReportFrame } from '../protocol/async-frames.ts';
import type { ErrorDetails } from '../protocol/error-details.ts';
import type { FhirAnswerFrame } from '../protocol/fhir-frames.ts';
import type { FailureFrame, ResultFrame } from '../protocol/frames.ts';
import type { ConnectionProblemKind } from '../sql/connection-problem.ts';
import type { ConnectFailure } from '../sql/login-guard.ts';
import type { SqlError } from '../sql/sql-error.ts';
import { describeEnd, isFinal, type SessionEnd } from './connection/session-end.ts';
import type { LinkLoggers } from './logger.ts';
import type { PolicyState } from './policy/judge.ts';
import type { LinkStatus } from './status/link-status.ts';

/** What is said of the end of a run of a registered query. */
type EndedRun =
  | {
      readonly kind: 'succeeded';
      readonly executionMs: number;
      readonly result: { readonly size: number };
    }
  | { readonly kind: 'failed'; readonly executionMs: number; readonly error: ErrorDetails };

const NEEDS_A_PERSON: ReadonlySet<ConnectionProblemKind> = new Set([
  'loginFailed',
  'databaseMissing',
  'fileMissing',
  'certificateNotTrusted',
  'encryptionMismatch',
]);

/** One method for each thing that happens to a link: writes the log line and the status together. */
export class LinkEvents {
  readonly #loggers: LinkLoggers;
  readonly #status: LinkStatus;

  constructor(loggers: LinkLoggers, status: LinkStatus) {
    this.#loggers = loggers;
    this.#status = status;
  }

  connecting(attempt: number): void {
    this.#status.connecting();
    this.#loggers.connection.debug({ attempt }, 'connecting to the gateway');
  }

  live(gatewayUrl: string, sessionId: string): void {
    this.#status.live(gatewayUrl, sessionId);
    this.#loggers.connection.info({ sessionId }, 'connected to the gateway');
  }

  lost(end: SessionEnd, { delayMs, displacements }: { delayMs: number; displacements: number }) {
    const reason = describeEnd(end);
    this.#status.lost(reason);
    if (isFinal(end)) {
      this.#loggers.connection.error({ delayMs }, `${reason} Somebody has to act on this.`);
    } else if (displacements > 0 && end.kind === 'closed' && end.name === 'displaced') {
      this.#status.counters.displacements += 1;
      this.#loggers.connection.warn(
        { warning: 'identityShared', displacements, delayMs },
        `${reason} If this repeats, two machines share one identity: enrol one of them anew.`,
      );
    } else {
      this.#loggers.connection.warn({ delayMs }, reason);
    }
  }

  stopped(): void {
    this.#status.stopped();
    this.#loggers.connection.info('the link has stopped');
  }

  frameNotUnderstood(sessionId: string): void {
    this.#loggers.connection.warn({ sessionId }, 'a frame of the gateway was not understood');
  }

  gatewayReportedError(sessionId: string, message: string): void {
    this.#loggers.connection.warn({ sessionId, message }, 'the gateway did not understand a frame');
  }

  /** Only the codes go to the log: the database's text names logins and databases. */
  databaseRefused({ problem, error, pauseMs }: ConnectFailure): void {
    const { errorType, errorCode } = error;
    const facts = { problem, errorType, errorCode, pauseMs };
    const message = 'no connection to the database';
    if (NEEDS_A_PERSON.has(problem)) {
      this.#loggers.execution.error(facts, `${message}. Somebody has to act on this.`);
    } else {
      this.#loggers.execution.warn(facts, message);
    }
  }

  databaseReached(): void {
    this.#loggers.execution.info('the database can be reached again');
  }

  queryStarted(queryId: string): void {
    this.#status.counters.queriesRunning += 1;
    this.#loggers.execution.debug({ queryId }, 'query started');
  }

  queryEnded(outcome: ResultFrame | FhirAnswerFrame | FailureFrame, wasStarted: boolean): void {
    const { counters } = this.#status;
    if (wasStarted) counters.queriesRunning -= 1;
    const { queryId, queuedMs, sqlExecutionMs } = outcome;
    if (outcome.type === 'result') {
      counters.queriesSucceeded += 1;
      counters.resultBytes += outcome.size;
      const { size, rows, rowsAffected } = outcome;
      this.#loggers.execution.info(
        { queryId, queuedMs, sqlExecutionMs, size, rows, rowsAffected },
        'query succeeded',
      );
    } else if (outcome.type === 'fhirAnswer') {
      if (outcome.status < 400) counters.queriesSucceeded += 1;
      else counters.queriesFailed += 1;
      counters.resultBytes += outcome.size;
      const { status, size, rows, rowsAffected } = outcome;
      this.#loggers.execution.info(
        { queryId, queuedMs, sqlExecutionMs, status, size, rows, rowsAffected },
        'FHIR request answered',
      );
    } else {
      counters.queriesFailed += 1;
      const { reason, errorDetails } = outcome;
      const { errorType, errorCode } = errorDetails;
      this.#loggers.execution.info(
        { queryId, queuedMs, sqlExecutionMs, reason, errorType, errorCode },
        'query failed',
      );
    }
  }

  /** The codes only: the database's text quotes names and values. */
  fhirStatementFailed(queryId: string, { kind, errorType, errorCode }: SqlError): void {
    this.#loggers.execution.warn(
      { queryId, kind, errorType, errorCode },
      'a statement of a FHIR request failed',
    );
  }

  queryRepeated(queryId: string, sessionId: string): void {
    this.#loggers.execution.warn({ queryId, sessionId }, 'a running query was sent again');
  }

  outcomeDropped(queryId: string, sessionId: string): void {
    this.#loggers.execution.warn(
      { queryId, sessionId },
      'the session that asked is gone: its outcome was dropped',
    );
  }

  asyncQueryKept(queryId: string): void {
    this.#loggers.execution.debug({ queryId }, 'async query kept');
  }

  asyncQueryStarted(queryId: string, attempt: number): void {
    this.#status.counters.queriesRunning += 1;
    this.#loggers.execution.debug({ queryId, attempt }, 'async query started');
  }

  asyncQueryStopped(): void {
    this.#status.counters.queriesRunning -= 1;
  }

  asyncQueryEnded({ queryId, state, attempt, ...facts }: ReportFrame): void {
    const { counters } = this.#status;
    const { sqlExecutionMs, size, rows, rowsAffected, pages, errorDetails } = facts;
    if (state === 'successful') {
      counters.queriesSucceeded += 1;
      counters.resultBytes += size ?? 0;
    } else {
      counters.queriesFailed += 1;
    }
    const { errorType, errorCode } = errorDetails ?? {};
    this.#loggers.execution.info(
      {
        queryId,
        state,
        attempt,
        sqlExecutionMs,
        size,
        rows,
        rowsAffected,
        pages,
        errorType,
        errorCode,
      },
      'async query ended',
    );
  }

  asyncQueryGivenUp(queryId: string): void {
    this.#loggers.execution.info({ queryId }, 'the gateway wants no more of an async query');
  }

  queriesRestored(queries: number): void {
    this.#loggers.execution.info({ queries }, 'async queries of an earlier run were taken up');
  }

  pageUploaded(queryId: string, pageNumber: number, size: number, durationMs: number): void {
    this.#loggers.execution.debug({ queryId, pageNumber, size, durationMs }, 'page uploaded');
  }

  uploadRetried(
    queryId: string,
    pageNumber: number,
    status: number | undefined,
    delayMs: number,
  ): void {
    this.#loggers.execution.warn(
      { queryId, pageNumber, status, delayMs },
      'a page was not taken and is sent again',
    );
  }

  registeredQueriesAre(count: number): void {
    this.#status.counters.registeredQueries = count;
  }

  registeredForgotten(queryId: string): void {
    this.#loggers.execution.info({ queryId }, 'a registered query has ended');
  }

  registeredRestored(queries: number): void {
    this.#loggers.execution.info({ queries }, 'registered queries of an earlier run were taken up');
  }

  registeredRunEnded(queryId: string, runNumber: number, outcome: EndedRun): void {
    const { counters } = this.#status;
    const { executionMs } = outcome;
    if (outcome.kind === 'succeeded') {
      counters.registeredRunsSucceeded += 1;
      const { size } = outcome.result;
      this.#loggers.execution.debug(
        { queryId, runNumber, executionMs, size },
        'run of a registered query succeeded',
      );
    } else {
      counters.registeredRunsFailed += 1;
      const { errorType, errorCode } = outcome.error;
      this.#loggers.execution.debug(
        { queryId, runNumber, executionMs, errorType, errorCode },
        'run of a registered query failed',
      );
    }
  }

  registeredResultRetried(queryId: string, delayMs: number): void {
    this.#loggers.execution.warn(
      { queryId, delayMs },
      'a result of a registered query was not taken and is sent again',
    );
  }

  journalFailed(error: unknown, queryId?: string): void {
    this.#loggers.execution.error(
      { queryId, ...loggableError(error) },
      'the journal could not be written. Somebody has to act on this.',
    );
  }

  policyRead(state: PolicyState): void {
    if (state.kind === 'policy') {
      const hasFile = state.fileHash !== undefined;
      this.#loggers.execution.info({ hasFile }, "the practice's policy was read");
    } else {
      this.#loggers.execution.error(
        { reason: state.message },
        "the practice's policy cannot be read: every query is refused. Somebody has to act on this.",
      );
    }
  }

  integratorUnpaired(integratorId: string): void {
    this.#loggers.execution.info({ integratorId }, 'a pairing has ended: what waits is refused');
  }

  auditFailed(error: unknown): void {
    this.#loggers.execution.error(
      loggableError(error),
      'the audit trail could not be written: queries are refused. Somebody has to act on this.',
    );
  }

  auditRecovered(): void {
    this.#loggers.execution.info('the audit trail can be written again');
  }

  unexpected(during: string, error: unknown, queryId?: string): void {
    this.#loggers.execution.error({ queryId, during, ...loggableError(error) }, 'unexpected error');
  }
}

import type { Command } from '../../protocol/command.ts';
import type { FhirAnswerFrame } from '../../protocol/fhir-frames.ts';
import type { Catalogue, ExecuteFrame, FailureFrame, ResultFrame } from '../../protocol/frames.ts';
import type { Connection, ResultEvent, SqlCommand } from '../../sql/driver.ts';
import { EncodedResult } from '../../sql/encoded-result.ts';
import { SqlError } from '../../sql/sql-error.ts';
import type { LinkEvents } from '../events.ts';
import { successfulEnd } from '../policy/audited-end.ts';
import type { ControlledQuery, PracticeControl } from '../policy/practice-control.ts';
import { acquireConnection, type ConnectionSource } from './acquire-connection.ts';
import { admit, noteFailure } from './audited-query.ts';
import { chooseCatalogue } from './choose-catalogue.ts';
import { deliverResult, settleBody } from './deliver-result.ts';
import { mayWrite } from './may-write.ts';
import type { Query, QueryFrame } from './query.ts';
import {
  knownFailure,
  lostInWrite,
  overLimit,
  QueryFailure,
  unexpectedFailure,
} from './query-failure.ts';
import { receiveCommand, toSqlCommand } from './read-command.ts';
import { outputParameters, resultShape } from './result-form.ts';

/** What goes back for one query. */
export interface Outcome {
  readonly frame: ResultFrame | FhirAnswerFrame | FailureFrame;
  readonly body?: readonly Uint8Array[];
}

/** Runs a query to its outcome. Never rejects. */
export type QueryRunner<Frame extends QueryFrame = ExecuteFrame> = (
  query: Query<Frame>,
) => Promise<Outcome>;

export interface QueryRunnerOptions extends ConnectionSource {
  readonly catalogues: readonly Catalogue[];
  /** Longest wait for a command that comes on the data stream. */
  readonly commandTransferMs: number;
  readonly control: PracticeControl;
  readonly events: LinkEvents;
}

export function createQueryRunner(options: QueryRunnerOptions): QueryRunner {
  return async (query) => {
    const outcome = await runToOutcome(query, options);
    noteEnd(query, outcome, options.control);
    return outcome;
  };
}

async function runToOutcome(query: Query, options: QueryRunnerOptions): Promise<Outcome> {
  try {
    return await runQuery(query, options);
  } catch (error) {
    return failureOutcome(query, toFailure(query, error, options.events));
  }
}

function noteEnd(query: Query, { frame }: Outcome, control: PracticeControl): void {
  if (frame.type === 'failure') return noteFailure(query, frame, control, controlled(query));
  const { size: bytes, rows, rowsAffected, sqlExecutionMs: durationMs } = frame;
  query.permit?.end(successfulEnd({ bytes, rows, rowsAffected, durationMs }));
}

function controlled({ id, frame }: Query, command = frame.command): ControlledQuery {
  const { integratorId, catalogue } = frame;
  return {
    queryId: id,
    integratorId,
    mode: 'immediate',
    ...(catalogue !== undefined && { catalogue }),
    ...(command && { text: command.text }),
  };
}

export function failureOutcome(
  query: Query<QueryFrame>,
  { reason, errorDetails }: QueryFailure,
): Outcome {
  return { frame: { type: 'failure', ...query.timings(), reason, errorDetails } };
}

async function runQuery(query: Query, options: QueryRunnerOptions): Promise<Outcome> {
  const catalogue = chooseCatalogue(query.frame.catalogue, options.catalogues);
  const command = query.frame.command ?? (await receive(query, options.commandTransferMs));
  const sqlCommand = toSqlCommand(command);
  const admitted = admit(query, controlled(query, command), options.control);
  const lease = await acquireConnection(query, catalogue, options).catch(async (error: unknown) => {
    await admitted;
    throw error;
  });
  try {
    // The entry is written while the command waits for its connection.
    await admitted;
    query.signal.throwIfAborted();
    return await execute(query, command, sqlCommand, lease.connection, options.events);
  } finally {
    await lease[Symbol.asyncDispose]();
  }
}

function receive({ caller, frame, signal }: Query, transferMs: number): Promise<Command> {
  return receiveCommand((wait) => caller.readStream(frame.streamId, wait), transferMs, signal);
}

async function execute(
  query: Query,
  command: Command,
  sqlCommand: SqlCommand,
  connection: Connection,
  events: LinkEvents,
): Promise<Outcome> {
  query.signal.throwIfAborted();
  const { executionLimitMs } = query.frame;
  const provesReads = !mayWrite(command);
  const { isReadOnly } = query.permit?.confirm() ?? { isReadOnly: true };
  query.begin(provesReads ? 'reading' : 'writing');
  events.queryStarted(query.id);
  const limit = setTimeout(() => query.stop(overLimit(executionLimitMs)), executionLimitMs);
  const onDone = () => {
    clearTimeout(limit);
    query.end();
  };
  const answer = connection.execute(sqlCommand, { signal: query.signal, isReadOnly });
  const result = new EncodedResult(untilDone(answer, onDone), resultShape(command));
  const source = result.chunks();
  try {
    return await deliver(query, command, result, source);
  } catch (error) {
    await bringToEnd(query, source, provesReads, error);
    throw error;
  } finally {
    clearTimeout(limit);
  }
}

async function* untilDone(
  events: AsyncIterable<ResultEvent>,
  onDone: () => void,
): AsyncGenerator<ResultEvent, void, void> {
  for await (const event of events) {
    if (event.kind === 'done') onDone();
    yield event;
  }
}

/** After a failed delivery a read is stopped in the database, and a write is read on so that it finishes. */
async function bringToEnd(
  query: Query,
  source: AsyncGenerator<Uint8Array, void, void>,
  provesReads: boolean,
  error: unknown,
): Promise<void> {
  if (provesReads) {
    query.stop(knownFailure(error) ?? unexpectedFailure());
    await source.return().catch(() => {});
  } else {
    // A failure of the command itself has ended the source already; one that comes now is the truer outcome.
    while (!(await source.next()).done);
  }
}

async function deliver(
  query: Query,
  command: Command,
  result: EncodedResult,
  source: AsyncGenerator<Uint8Array, void, void>,
): Promise<Outcome> {
  const { streamId, maxResultBytes } = query.frame;
  if (command.executionMode === 'nonQuery') {
    while (!(await source.next()).done);
    const { rowsAffected } = result;
    return { frame: resultFrame(query, command, result, { size: 0, rowsAffected }) };
  }
  const delivery = await deliverResult(source, {
    maxBytes: maxResultBytes,
    streamId,
    dataChannel: () => query.caller.dataChannel(),
    unwanted: query.unwanted,
    signal: query.signal,
  });
  const facts = { size: delivery.sizeBytes, rows: result.rows };
  const frame = resultFrame(query, command, result, facts);
  return await settleBody(query, frame, delivery);
}

function resultFrame(
  query: Query,
  command: Command,
  result: EncodedResult,
  facts: Pick<ResultFrame, 'size' | 'rows' | 'rowsAffected'>,
): ResultFrame {
  return {
    type: 'result',
    ...query.timings(),
    ...facts,
    isOnDataStream: false,
    ...outputParameters(command, result),
  };
}

function toFailure(query: Query, error: unknown, events: LinkEvents): QueryFailure {
  const stopped: unknown = query.signal.reason;
  const isByStop = error === stopped || (error instanceof SqlError && error.kind === 'cancelled');
  if (isByStop && stopped instanceof QueryFailure) return stopped;
  const isLost = error instanceof SqlError && error.kind === 'connection';
  if (isLost && query.isWriting) return lostInWrite(error);
  const failure = knownFailure(error);
  if (!failure) events.unexpected('query', error, query.id);
  return failure ?? unexpectedFailure();
}

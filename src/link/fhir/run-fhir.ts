import { setImmediate as nextTurn } from 'node:timers/promises';
import { Compile } from 'typebox/compile';
import type { FhirAnswer, FhirCourse, FhirRequest } from '../../fhir/course.ts';
import { FhirAnswerFrame, type FhirFrame, FhirHttpRequest } from '../../protocol/fhir-frames.ts';
import type { Catalogue } from '../../protocol/frames.ts';
import { SqlError } from '../../sql/sql-error.ts';
import type { LinkEvents } from '../events.ts';
import type { ConnectionSource } from '../execution/acquire-connection.ts';
import { admit, noteFailure } from '../execution/audited-query.ts';
import { deliverResult, settleBody } from '../execution/deliver-result.ts';
import type { Query } from '../execution/query.ts';
import { knownFailure, QueryFailure, unexpectedFailure } from '../execution/query-failure.ts';
import { receiveJson } from '../execution/receive-json.ts';
import { failureOutcome, type Outcome, type QueryRunner } from '../execution/run-query.ts';
import { failedEnd, successfulEnd } from '../policy/audited-end.ts';
import type { ControlledQuery, PracticeControl } from '../policy/practice-control.ts';
import { CourseDatabase } from './course-database.ts';
import type { FhirAnswerer } from './fhir-answerer.ts';
import { answerLost, commitUnknown, notARead } from './fhir-failure.ts';

export interface FhirRunnerOptions extends ConnectionSource {
  readonly fhir: FhirAnswerer;
  readonly catalogues: readonly Catalogue[];
  /** Longest wait for a request that comes on the data stream. */
  readonly commandTransferMs: number;
  readonly control: PracticeControl;
  readonly events: LinkEvents;
}

const schema = Compile(FhirHttpRequest);
const answerSchema = Compile(FhirAnswerFrame);

/** Answers a FHIR request once; it is never begun again. */
export function createFhirRunner(options: FhirRunnerOptions): QueryRunner<FhirFrame> {
  return async (query) => {
    let request = query.frame.request;
    let outcome: Outcome;
    try {
      request ??= await receive(query, options);
      outcome = await answerRequest(query, request, options);
    } catch (error) {
      outcome = failureOutcome(query, toFailure(query, error, options));
    }
    noteEnd(query, request, outcome, options);
    return outcome;
  };
}

function receive(
  { caller, frame, signal }: Query<FhirFrame>,
  { commandTransferMs: transferMs }: FhirRunnerOptions,
): Promise<FhirHttpRequest> {
  const readStream = (wait: AbortSignal) => caller.readStream(frame.streamId, wait);
  return receiveJson({ readStream, transferMs, signal, schema, what: 'FHIR request' });
}

async function answerRequest(
  query: Query<FhirFrame>,
  request: FhirHttpRequest,
  options: FhirRunnerOptions,
): Promise<Outcome> {
  const { events, control, fhir } = options;
  const admitted = admit(query, controlled(query, fhir, request), control);
  const onStarted = () => events.queryStarted(query.id);
  await using database = new CourseDatabase(query, { ...options, admitted, onStarted });
  try {
    const onRefused = (error: SqlError) => events.fhirStatementFailed(query.id, error);
    const course = fhir.answer(toFhirRequest(request));
    const answer = await carryOut(course, database, query.signal, onRefused);
    await admitted;
    query.signal.throwIfAborted();
    await database.close();
    if (query.isStarted && database.changes !== 'committed') query.end();
    return await deliver(query, answer, database);
  } catch (error) {
    await admitted;
    throw certainly(database.changes, error);
  }
}

function toFhirRequest({ headers, ...request }: FhirHttpRequest): FhirRequest {
  return { ...request, headers };
}

/**
 * Leads a course from step to step. Rendering is work of one piece between two steps: others get their turn in between,
 * and a course that renders much asks for a turn by a `read` of nothing.
 */
async function carryOut(
  course: FhirCourse,
  database: CourseDatabase,
  signal: AbortSignal,
  onRefused: (error: SqlError) => void,
): Promise<FhirAnswer> {
  let next = course.next([]);
  while (!next.done) {
    let results: Awaited<ReturnType<CourseDatabase['perform']>>;
    try {
      signal.throwIfAborted();
      results = await database.perform(next.value);
    } catch (error) {
      const endsCourse = signal.aborted || database.changes === 'committing';
      if (!(error instanceof SqlError) || endsCourse) throw error;
      if (error.kind === 'statement') onRefused(error);
      next = course.throw(error);
      continue;
    }
    await nextTurn();
    next = course.next(results);
  }
  return next.value;
}

async function deliver(
  query: Query<FhirFrame>,
  { status, headers, body = '' }: FhirAnswer,
  database: CourseDatabase,
): Promise<Outcome> {
  const { streamId, maxResultBytes } = query.frame;
  const delivery = await deliverResult(wholeBody(body), {
    maxBytes: maxResultBytes,
    streamId,
    dataChannel: () => query.caller.dataChannel(),
    unwanted: query.unwanted,
    signal: query.signal,
  });
  const frame: FhirAnswerFrame = {
    type: 'fhirAnswer',
    ...query.timings(),
    status,
    headers,
    size: delivery.sizeBytes,
    ...database.counts,
    isOnDataStream: false,
  };
  if (!answerSchema.Check(frame)) throw new TypeError('The answer is none that HTTP can carry.');
  return await settleBody(query, frame, delivery);
}

async function* wholeBody(body: string | Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  if (body.length > 0) yield typeof body === 'string' ? Buffer.from(body) : body;
}

/** What is known of the changes is told in place of a failure that leaves it open, or that comes too late to matter. */
function certainly(changes: CourseDatabase['changes'], error: unknown): unknown {
  if (changes === 'committed') return answerLost(error);
  if (changes === 'committing') return commitUnknown(error);
  return error;
}

function toFailure(
  query: Query<FhirFrame>,
  error: unknown,
  { events }: FhirRunnerOptions,
): QueryFailure {
  if (error instanceof QueryFailure) return error;
  const stopped: unknown = query.signal.reason;
  const isByStop = error === stopped || (error instanceof SqlError && error.kind === 'cancelled');
  if (isByStop && stopped instanceof QueryFailure) return stopped;
  if (error instanceof SqlError && error.kind === 'readOnly') return notARead(error);
  const failure = knownFailure(error);
  if (!failure) events.unexpected('FHIR request', error, query.id);
  return failure ?? unexpectedFailure();
}

/** What the audit trail tells: the request as it was put, the parameters of a form behind those of the address. */
function controlled(
  { id, frame }: Query<FhirFrame>,
  fhir: FhirAnswerer,
  request?: FhirHttpRequest,
): ControlledQuery {
  const facts = { queryId: id, integratorId: frame.integratorId, mode: 'fhir' } as const;
  if (!request) return facts;
  const { method, path, query, headers, body } = request;
  const isForm = headers['content-type']?.toLowerCase().includes('form-urlencoded') === true;
  const sent = [query, ...(isForm && body !== undefined ? [body] : [])].filter(Boolean).join('&');
  const parameters = fhir.readableQuery?.(path.split('/')[0] ?? '', sent) ?? sent;
  const asked = parameters === '' ? path : `${path}?${parameters}`;
  return { ...facts, text: `${method} ${asked}` };
}

function noteEnd(
  query: Query<FhirFrame>,
  request: FhirHttpRequest | undefined,
  { frame }: Outcome,
  { control, fhir }: FhirRunnerOptions,
): void {
  if (frame.type === 'failure') {
    return noteFailure(query, frame, control, controlled(query, fhir, request));
  }
  const { size: bytes, rows, rowsAffected, sqlExecutionMs: durationMs } = frame;
  if (frame.type === 'fhirAnswer' && frame.status >= 400) {
    const errorMessage = `HTTP ${frame.status}`;
    const details = { errorType: 'http', errorCode: frame.status, errorMessage } as const;
    query.permit?.end(failedEnd(details, durationMs));
  } else {
    query.permit?.end(successfulEnd({ bytes, rows, rowsAffected, durationMs }));
  }
}

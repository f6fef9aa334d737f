import { STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_CODES, type ErrorCode } from '../../errors/codes.ts';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { isBelowFhir } from './fhir/fhir-address.ts';
import { FHIR_JSON, operationOutcome } from './fhir/operation-outcome.ts';
import type { HttpEvents } from './http-events.ts';

/** The one error envelope of the HTTP API (contract §3). */
export function errorEnvelope(status: number, message: string): object {
  return { error: { status, statusText: STATUS_CODES[status] ?? 'Error', message } };
}

/** Errors of the HTTP framework that have a code of ours; any other of its 4xx errors is `invalidRequest`. */
const FRAMEWORK_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'bodyTooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupportedMediaType',
};

function fromFramework(error: FastifyError): ParhelionError {
  const code = FRAMEWORK_CODES[error.code];
  if (code) return new ParhelionError(code, undefined, { cause: error });
  if (error.validation !== undefined || (error.statusCode ?? 500) < 500) {
    return new ParhelionError('invalidRequest', error.message, { cause: error });
  }
  return ParhelionError.from(error);
}

const BEARER_CODES: ReadonlySet<ErrorCode> = new Set(['adminKeyRequired', 'invalidToken']);

function schemeOf(code: ErrorCode): string {
  return BEARER_CODES.has(code) ? 'Bearer' : 'SubscriptionKey';
}

/** Turns anything thrown by a route into the envelope, or into FHIR's own form of an error below a FHIR base. What is unexpected is logged and answered blandly. */
export function createErrorHandler(
  events: HttpEvents,
  fixedHeaders: Readonly<Record<string, string>>,
) {
  return (
    thrown: FastifyError | ParhelionError,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void => {
    const error = thrown instanceof ParhelionError ? thrown : fromFramework(thrown);
    if (error.code === 'internal') events.unexpectedError(request.id, error.cause);
    const { status } = ERROR_CODES[error.code];
    // An address that cannot be decoded gets here past every hook.
    reply.headers({ ...fixedHeaders, 'x-request-id': request.id });
    if (status === 401) reply.header('www-authenticate', schemeOf(error.code));
    if (error.retryAfterMs !== undefined) {
      reply.header('retry-after', Math.max(1, Math.ceil(error.retryAfterMs / 1000)));
    }
    const isFhir = isBelowFhir(request.raw);
    reply.code(status).type(isFhir ? FHIR_JSON : 'application/json; charset=utf-8');
    const body = isFhir ? operationOutcome(error) : errorEnvelope(status, error.message);
    const send = () => void reply.send(JSON.stringify(body));
    if (error.code === 'bodyTooLarge') discardBody(request.raw, send);
    else send();
  };
}

const DISCARD_LIMIT_MS = 1_000;
const DISCARD_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Reads on and throws away, for a while: the connection closes with the answer, and that would reset it under a caller
 * that is still sending and so never reads why.
 */
function discardBody(body: Readable, done: () => void): void {
  let bytes = 0;
  const finish = () => {
    clearTimeout(timer);
    body.off('data', count).off('end', finish).off('close', finish);
    done();
  };
  const timer = setTimeout(finish, DISCARD_LIMIT_MS);
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DISCARD_LIMIT_BYTES) finish();
  };
  body.on('data', count).once('end', finish).once('close', finish);
}

/** Says which member of the request is wrong, in the words of a path: `body.command.parameters[0].type`. */
export function describeValidation(
  errors: readonly {
    readonly instancePath: string;
    readonly keyword: string;
    readonly params: Record<string, unknown>;
    readonly message?: string;
  }[],
  part: string,
): Error {
  const [first] = errors;
  if (!first) return new Error(`${part} is invalid`);
  const { keyword, params } = first;
  const steps = first.instancePath.split('/').slice(1);
  const path = [part, ...steps]
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((left, step) => (/^\d+$/.test(step) ? `${left}[${step}]` : `${left}.${step}`));
  if (keyword === 'required')
    return new Error(`${path}.${String(params['missingProperty'])} is required`);
  if (keyword === 'enum' && Array.isArray(params['allowedValues'])) {
    return new Error(`${path} must be one of ${params['allowedValues'].join(', ')}`);
  }
  if (keyword === 'additionalProperties')
    return new Error(`${path}.${String(params['additionalProperty'])} is unknown`);
  if (keyword === 'pattern' && path.endsWith('.text'))
    return new Error(`${path} must not be empty`);
  return new Error(`${path} ${first.message ?? 'is invalid'}`);
}

import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import {
  FHIR_ANSWER_HEADERS,
  FHIR_METHODS,
  FHIR_REQUEST_HEADERS,
  type FhirHttpRequest,
} from '../../../protocol/fhir-frames.ts';
import type { GatewayContext } from '../../context.ts';
import { type AnsweredFhir, runFhirRequest } from '../../queries/index.ts';
import type { Site } from '../../sites/index.ts';
import { callerOf } from '../caller.ts';
import { signalOfCaller } from '../signal-of-caller.ts';
import { siteOf } from '../site-gate.ts';
import { readFhirAddress } from './fhir-address.ts';
import { readFhirBody } from './fhir-body.ts';
import { FHIR_JSON } from './operation-outcome.ts';

/** Any request below the FHIR base of a site: passed on to the site, whose answer is passed back. */
export function answerFhirRequest(context: GatewayContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const site = siteOf(request);
    const { text, bytes } = readFhirBody(request);
    const answered = await runFhirRequest(context.queries, {
      owner: callerOf(request),
      siteId: site.id,
      isOnline: site.availability === 'online',
      request: toHttpRequest(request, text, baseUrlOf(request, site, context)),
      requestSize: bytes,
      signal: signalOfCaller(reply),
    });
    return request.method === 'HEAD' ? sendHead(reply, answered) : send(reply, answered);
  };
}

/** The mount is the caller's own, so that links lead where the caller may go. */
function baseUrlOf(request: FastifyRequest, { id }: Site, { publicUrl }: GatewayContext): string {
  const mount = callerOf(request).deviceHash === undefined ? 'integrator' : 'desktop';
  return `${publicUrl().replace(/\/$/, '')}/${mount}/sites/${id}/fhir/R4`;
}

function toHttpRequest(
  request: FastifyRequest,
  body: string | undefined,
  baseUrl: string,
): FhirHttpRequest {
  const method = FHIR_METHODS.find((known) => known === request.method);
  if (!method) throw new ParhelionError('notFound');
  const headers = FHIR_REQUEST_HEADERS.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return {
    method,
    ...readFhirAddress(request),
    headers: Object.fromEntries(headers),
    ...(body !== undefined && { body }),
    baseUrl,
  };
}

const JSON_TYPE = /^application\/(?:fhir\+)?json\b/i;

/** Status and header fields; of a document, that a browser is to treat it as a file. */
function writeHead(reply: FastifyReply, { queryId, status, headers }: AnsweredFhir): void {
  reply.code(status).header('x-query-id', queryId);
  for (const name of FHIR_ANSWER_HEADERS) {
    const value = headers[name];
    if (value !== undefined) reply.header(name, value);
  }
  const contentType = headers['content-type'];
  if (contentType !== undefined && !JSON_TYPE.test(contentType)) {
    // A document of the practice is nothing that a browser may run as a page of this gateway.
    reply.header('content-security-policy', 'sandbox').header('content-disposition', 'attachment');
  }
}

/** What GET answers, without the body: how long that is nobody has counted, so no length is told (RFC 9110 §8.6). */
function sendHead(reply: FastifyReply, answered: AnsweredFhir): FastifyReply {
  writeHead(reply, answered);
  if (answered.headers['content-type'] === undefined) return reply.send();
  // Of a text, an empty one too, Fastify tells the length.
  return reply.send(Readable.from([]));
}

function send(reply: FastifyReply, answered: AnsweredFhir): FastifyReply {
  writeHead(reply, answered);
  const { headers, body } = answered;
  if (body.length === 0) return reply.removeHeader('content-type').send();
  if (headers['content-type'] === undefined) reply.type(FHIR_JSON);
  return reply.send(body.length === 1 ? body[0] : Buffer.concat(body));
}

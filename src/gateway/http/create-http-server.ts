import type { Socket } from 'node:net';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { type FastifyInstance, fastify } from 'fastify';
import { newId } from '../../lib/ids.ts';
import type { GatewayContext } from '../context.ts';
import { adminRoutes } from './admin/index.ts';
import { addApiReference } from './api-reference.ts';
import { desktopRoutes } from './desktop/index.ts';
import { createErrorHandler, describeValidation, errorEnvelope } from './error-answers.ts';
import { HttpEvents } from './http-events.ts';
import { integratorRoutes } from './integrator/index.ts';
import { acceptJsonBodies } from './json-body.ts';
import { linkRoutes } from './link/index.ts';
import { requestIdOf } from './request-id.ts';
import { systemRoutes } from './system/index.ts';

const HEADERS_LIMIT_MS = 20_000;
const REQUEST_LIMIT_MS = 120_000;

function createApp({ config, logger, metrics }: GatewayContext) {
  const events = new HttpEvents(logger.child({ module: 'http' }), metrics);
  const handleError = createErrorHandler(events);
  const app = fastify({
    logger: false,
    bodyLimit: config.maxBodyBytes,
    requestTimeout: REQUEST_LIMIT_MS,
    http: { headersTimeout: HEADERS_LIMIT_MS },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: requestIdOf,
    schemaErrorFormatter: describeValidation,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    frameworkErrors: handleError,
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { maxParamLength: 500 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request, reply) => {
    const message = 'The server cannot find the requested resource.';
    reply.header('x-request-id', request.id);
    return reply.code(404).send(errorEnvelope(404, message));
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-request-id': request.id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    events.answered({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? '(unknown)',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      integratorId: request.caller?.integratorId,
    });
    done();
  });
  return app;
}

/** The whole HTTP surface of a gateway. */
export async function createHttpServer(context: GatewayContext): Promise<FastifyInstance> {
  const app = createApp(context);
  app.decorateRequest('caller', undefined);
  acceptJsonBodies(app);
  await addApiReference(app, context);
  await app.register(integratorRoutes(context), { prefix: '/integrator' });
  await app.register(desktopRoutes(context), { prefix: '/desktop' });
  await app.register(linkRoutes(context), { prefix: '/link' });
  await app.register(adminRoutes(context), { prefix: '/admin' });
  await app.register(systemRoutes(context));
  return app;
}

/** What cannot be parsed as HTTP at all still gets the envelope. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, text] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request'];
  const body = JSON.stringify(errorEnvelope(status, 'The request is not valid HTTP.'));
  socket.end(
    [
      `HTTP/1.1 ${status} ${text}`,
      `X-Request-Id: ${newId()}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

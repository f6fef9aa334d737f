import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { type FastifyInstance, fastify } from 'fastify';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { GatewayContext } from '../context.ts';
import { adminRoutes } from './admin/index.ts';
import { addApiReference } from './api-reference.ts';
import { watchBody } from './body-watch.ts';
import { answerBrokenRequest } from './broken-requests.ts';
import { createServer } from './create-server.ts';
import { desktopRoutes } from './desktop/index.ts';
import { createErrorHandler, describeValidation } from './error-answers.ts';
import { HttpEvents } from './http-events.ts';
import { integratorRoutes } from './integrator/index.ts';
import { acceptJsonBodies } from './json-body.ts';
import { linkRoutes } from './link/index.ts';
import { requestIdOf } from './request-id.ts';
import { systemRoutes } from './system/index.ts';

/** How long a browser remembers to come by HTTPS only. */
const HSTS_SECONDS = 365 * 24 * 60 * 60;

function createApp({ config, logger, metrics, certificate }: GatewayContext) {
  const events = new HttpEvents(logger.child({ module: 'http' }), metrics);
  const fixedHeaders = securityHeaders(config);
  const handleError = createErrorHandler(events, fixedHeaders);
  const app = fastify({
    logger: false,
    bodyLimit: config.maxBodyBytes,
    serverFactory: (listener) => createServer(listener, config, certificate?.pair),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: requestIdOf,
    schemaErrorFormatter: describeValidation,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    frameworkErrors: handleError,
    clientErrorHandler: answerBrokenRequest(fixedHeaders),
    routerOptions: { maxParamLength: 500 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(() => {
    throw new ParhelionError('notFound');
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({ ...fixedHeaders, 'x-request-id': request.id });
    const isTooMany = request.raw.rawHeaders.length / 2 > config.maxHeaders;
    done(isTooMany ? new ParhelionError('tooManyHeaders') : undefined);
  });
  app.addHook('onRequest', watchBody(app.server, config.bodyStallMs));
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

/** Every answer has them, errors included. */
function securityHeaders({
  tls,
  publicUrl,
}: GatewayContext['config']): Readonly<Record<string, string>> {
  const isSecure = tls !== undefined || publicUrl?.startsWith('https:') === true;
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(isSecure && { 'strict-transport-security': `max-age=${HSTS_SECONDS}` }),
  };
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

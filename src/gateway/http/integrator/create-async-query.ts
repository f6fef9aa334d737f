import type { GatewayContext } from '../../context.ts';
import { createAsyncQuery as acceptAsyncQuery, toQueryObject } from '../../queries/index.ts';
import { callerOf } from '../caller.ts';
import { bodySize } from '../json-body.ts';
import { checkCatalogue } from '../known-catalogue.ts';
import { requireQuota } from '../limits-gate.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { AsyncQueryBody, QueryObject } from '../schemas/query.ts';
import { SiteParams } from '../schemas/site.ts';
import { requireUsableSite, siteOf } from '../site-gate.ts';

const schema = {
  operationId: 'createAsyncQuery',
  tags: ['Queries'],
  summary: 'Queue an async query',
  description:
    'Queues a query of any result size. Poll its status, and fetch its result page by page; pages can be fetched while later ones are still on their way.',
  security: [{ subscriptionKey: [] }],
  params: SiteParams,
  body: AsyncQueryBody,
  response: {
    201: QueryObject,
    ...errorResponses('invalidRequest', 'missingKey', 'notPaired', 'quotaExceeded', 'notFound'),
    ...errorResponses('bodyTooLarge'),
    ...errorResponses('tooManyRequests', 'unsupportedMediaType', 'siteOffline', 'internal'),
  },
};

/** createAsyncQuery (contract §8). */
export const createAsyncQuery = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post(
      '/sites/:siteId/queries/async',
      { schema, onRequest: [requireUsableSite(context), requireQuota(context)] },
      async (request, reply) => {
        const { command, catalogue, maxTimeInQueue } = request.body;
        const site = siteOf(request);
        const owner = callerOf(request);
        checkCatalogue(site, catalogue, 'body.catalogue');
        const integrator = await context.integrators.get(owner.integratorId);
        const query = await acceptAsyncQuery(context, {
          owner,
          siteId: site.id,
          isOnline: site.availability === 'online',
          queueWhileOffline: integrator?.settings.queueWhileOffline ?? false,
          command,
          catalogue,
          maxTimeInQueueMs: maxTimeInQueue,
          requestSize: bodySize(request),
        });
        return reply
          .code(201)
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(toQueryObject(query)) as never);
      },
    );
  });

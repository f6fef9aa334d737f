import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { PageParams, pageHeaders } from '../schemas/query.ts';
import { requireUsableSite } from '../site-gate.ts';
import { openRequestedPage } from './page-request.ts';

const schema = {
  operationId: 'streamResultPage',
  tags: ['Queries'],
  summary: 'Stream a result page of an async query',
  description: 'The JSON array of the page itself: one object per row.',
  security: [{ subscriptionKey: [] }],
  params: PageParams,
  response: {
    200: {
      ...Type.Array(Type.Record(Type.String(), Type.Unknown())),
      description: 'The rows.',
      headers: pageHeaders,
    },
    ...errorResponses('invalidRequest', 'missingKey', 'notPaired', 'notFound', 'resultExpired'),
  },
};

/** streamResultPage (contract §8). */
export const streamResultPage = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get(
      '/sites/:siteId/queries/:queryId/results/:pageNumber/stream',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const page = await openRequestedPage(context, request, reply);
        reply.type('application/json; charset=utf-8');
        if (!page.body) return reply.send('[]' as never);
        reply.header('content-length', page.sizeBytes);
        return reply.send(page.body as never);
      },
    );
  });

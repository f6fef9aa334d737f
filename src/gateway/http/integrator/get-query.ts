import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import type { GatewayContext } from '../../context.ts';
import { toQueryObject } from '../../queries/index.ts';
import { callerOf } from '../caller.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { QueryObject, QueryParams } from '../schemas/query.ts';
import { requireUsableSite, siteOf } from '../site-gate.ts';

const schema = {
  operationId: 'getQuery',
  tags: ['Queries'],
  summary: 'Get the status of a query',
  description:
    'Async queries answer with the pages of their result, immediate ones without `result.data` and `result.parameters`.',
  security: [{ subscriptionKey: [] }],
  params: QueryParams,
  response: { 200: QueryObject, ...errorResponses('missingKey', 'notPaired', 'notFound') },
};

/** getQuery (contract §7, §8). */
export const getQuery = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get(
      '/sites/:siteId/queries/:queryId',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const queryId = request.params.queryId.toLowerCase();
        const query = isUuid(queryId)
          ? await context.queries.store.find(callerOf(request), siteOf(request).id, queryId)
          : undefined;
        if (!query) throw new ParhelionError('notFound');
        const pages =
          query.mode === 'async' ? await context.asyncQueries.pages.list([queryId]) : undefined;
        return reply
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(toQueryObject(query, pages)) as never);
      },
    );
  });

import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import type { GatewayContext } from '../../context.ts';
import { toQueryObject } from '../../queries/index.ts';
import { callerOf } from '../caller.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { QueryObject } from '../schemas/query.ts';
import { SiteParams } from '../schemas/site.ts';
import { requireUsableSite, siteOf } from '../site-gate.ts';

const schema = {
  operationId: 'getQuery',
  tags: ['Queries'],
  summary: 'Get the status of a query',
  description: 'Immediate queries answer without `result.data` and `result.parameters`.',
  security: [{ subscriptionKey: [] }],
  params: Type.Object({
    ...SiteParams.properties,
    queryId: Type.String({ description: 'Id of the query.' }),
  }),
  response: { 200: QueryObject, ...errorResponses('missingKey', 'notPaired', 'notFound') },
};

/** getQuery (contract §7). */
export const getQuery = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get(
      '/sites/:siteId/queries/:queryId',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const { queryId } = request.params;
        const query = isUuid(queryId)
          ? await context.queries.store.find(
              callerOf(request).integratorId,
              siteOf(request).id,
              queryId.toLowerCase(),
            )
          : undefined;
        if (!query) throw new ParhelionError('notFound');
        return reply
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(toQueryObject(query)) as never);
      },
    );
  });

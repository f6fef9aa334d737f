import type { GatewayContext } from '../../context.ts';
import { toRegisteredObject } from '../../registered/index.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { RegisteredQueryObject, RegisteredQueryParams } from '../schemas/registered-query.ts';
import { requireUsableSite } from '../site-gate.ts';
import { findRegisteredQuery } from './find-registered-query.ts';

const schema = {
  operationId: 'getRegisteredQuery',
  tags: ['Queries'],
  summary: 'Get a registered query',
  security: [{ subscriptionKey: [] }],
  params: RegisteredQueryParams,
  response: {
    200: RegisteredQueryObject,
    ...errorResponses('missingKey', 'notPaired', 'notFound'),
  },
};

/** getRegisteredQuery (contract §9). */
export const getRegisteredQuery = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get(
      '/sites/:siteId/queries/registered/:queryId',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const query = await findRegisteredQuery(context, request, request.params);
        return reply
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(toRegisteredObject(query)) as never);
      },
    );
  });

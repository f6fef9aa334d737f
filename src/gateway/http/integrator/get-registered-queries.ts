import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { toRegisteredObject } from '../../registered/index.ts';
import { callerOf } from '../caller.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { RegisteredQueryObject } from '../schemas/registered-query.ts';
import { SiteParams } from '../schemas/site.ts';
import { requireUsableSite, siteOf } from '../site-gate.ts';

const schema = {
  operationId: 'getRegisteredQueries',
  tags: ['Queries'],
  summary: 'List the registered queries at a site',
  description: 'Enabled ones come first; ended ones are listed for 24 hours.',
  security: [{ subscriptionKey: [] }],
  params: SiteParams,
  response: {
    200: Type.Object({ registeredQueries: Type.Array(RegisteredQueryObject) }),
    ...errorResponses('missingKey', 'notPaired', 'notFound'),
  },
};

/** getRegisteredQueries (contract §9). */
export const getRegisteredQueries = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get(
      '/sites/:siteId/queries/registered',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const queries = await context.registered.list(callerOf(request), siteOf(request).id);
        return reply
          .type('application/json; charset=utf-8')
          .send(JSON.stringify({ registeredQueries: queries.map(toRegisteredObject) }) as never);
      },
    );
  });

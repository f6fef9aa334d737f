import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { callerOf } from '../caller.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { RegisteredQueryParams } from '../schemas/registered-query.ts';
import { requireUsableSite, siteOf } from '../site-gate.ts';
import { queryIdOf } from './find-registered-query.ts';

const schema = {
  operationId: 'cancelRegisteredQuery',
  tags: ['Queries'],
  summary: 'Cancel a registered query',
  description: 'A query that has ended already stays as it is.',
  security: [{ subscriptionKey: [] }],
  params: RegisteredQueryParams,
  response: {
    204: Type.Null({ description: 'It runs no more.' }),
    ...errorResponses('missingKey', 'notPaired', 'notFound'),
  },
};

/** cancelRegisteredQuery (contract §9). */
export const cancelRegisteredQuery = (context: GatewayContext) =>
  routePlugin((app) => {
    app.delete(
      '/sites/:siteId/queries/registered/:queryId',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const queryId = queryIdOf(request.params);
        if (!(await context.registered.cancel(callerOf(request), siteOf(request).id, queryId))) {
          throw new ParhelionError('notFound');
        }
        return reply.code(204).send(null);
      },
    );
  });

import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { type Page, toQueryObject } from '../../queries/index.ts';
import { callerOf } from '../caller.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { QueryObject } from '../schemas/query.ts';
import { SiteParams } from '../schemas/site.ts';
import { requireUsableSite, siteOf } from '../site-gate.ts';

const schema = {
  operationId: 'getQueryStatusBatch',
  tags: ['Queries'],
  summary: 'Get the status of many queries',
  description: 'Answers for each id, in the order asked.',
  security: [{ subscriptionKey: [] }],
  params: SiteParams,
  body: Type.Object({
    queryIds: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 100 }),
  }),
  response: {
    200: Type.Object({
      results: Type.Array(
        Type.Object({
          queryId: Type.String(),
          status: Type.Enum(['found', 'notFound']),
          query: Type.Optional(QueryObject),
        }),
      ),
    }),
    ...errorResponses('invalidRequest', 'missingKey', 'notPaired', 'notFound'),
  },
};

/** getQueryStatusBatch (contract §8). */
export const getQueryStatusBatch = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post(
      '/sites/:siteId/queries/status',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const { queryIds } = request.body;
        const ids = [...new Set(queryIds.map((id) => id.toLowerCase()))];
        const owner = callerOf(request);
        const found = await context.queries.store.findMany(owner, siteOf(request).id, ids);
        const pages = new Map<string, Page[]>(ids.map((id) => [id, []]));
        for (const page of await context.asyncQueries.pages.list(found.map(({ id }) => id))) {
          pages.get(page.queryId)?.push(page);
        }
        const byId = new Map(found.map((query) => [query.id, query]));
        const results = queryIds.map((queryId) => {
          const query = byId.get(queryId.toLowerCase());
          if (!query) return { queryId, status: 'notFound' };
          return { queryId, status: 'found', query: toQueryObject(query, pages.get(query.id)) };
        });
        return reply
          .type('application/json; charset=utf-8')
          .send(JSON.stringify({ results }) as never);
      },
    );
  });

import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { PageParams, pageHeaders, ResultPageBody } from '../schemas/query.ts';
import { requireUsableSite } from '../site-gate.ts';
import { openRequestedPage } from './page-request.ts';
import { sendBase64 } from './send-base64.ts';

const schema = {
  operationId: 'getResultPage',
  tags: ['Queries'],
  summary: 'Get a result page of an async query',
  description: 'Pages live 24 hours, then 410. Output parameters are on the last page only.',
  security: [{ subscriptionKey: [] }],
  params: PageParams,
  response: {
    200: { ...ResultPageBody, headers: pageHeaders },
    ...errorResponses('invalidRequest', 'missingKey', 'notPaired', 'notFound', 'resultExpired'),
  },
};

/** getResultPage (contract §8). */
export const getResultPage = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get(
      '/sites/:siteId/queries/:queryId/results/:pageNumber',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const page = await openRequestedPage(context, request, reply);
        const members = page.parameters ? { parameters: page.parameters } : {};
        reply.type('application/json; charset=utf-8');
        if (!page.body) return reply.send(JSON.stringify(members) as never);
        const rest = JSON.stringify(members).slice(1);
        return sendBase64(reply, {
          prefix: '{"data":"',
          chunks: page.body,
          sizeBytes: page.sizeBytes,
          suffix: page.parameters ? `",${rest}` : '"}',
        });
      },
    );
  });

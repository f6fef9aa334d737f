import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { RegisteredQueryParams, RegisteredQueryResult } from '../schemas/registered-query.ts';
import { requireUsableSite } from '../site-gate.ts';
import { findRegisteredQuery } from './find-registered-query.ts';
import { sendBase64 } from './send-base64.ts';

const schema = {
  operationId: 'getRegisteredQueryResult',
  tags: ['Queries'],
  summary: 'Get the latest result of a registered query',
  description:
    'The result of the last run that yielded another one than before; 404 before the first.',
  security: [{ subscriptionKey: [] }],
  params: RegisteredQueryParams,
  response: {
    200: RegisteredQueryResult,
    ...errorResponses('missingKey', 'notPaired', 'notFound'),
  },
};

/** getRegisteredQueryResult (contract §9). The rows are streamed, never held whole. */
export const getRegisteredQueryResult = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get(
      '/sites/:siteId/queries/registered/:queryId/results',
      { schema, onRequest: requireUsableSite(context) },
      async (request, reply) => {
        const { opened, result } = await openLatest(() =>
          findRegisteredQuery(context, request, request.params),
        );
        const { parameters, rows, size } = result;
        reply.type('application/json; charset=utf-8');
        return sendBase64(reply, {
          prefix: '{"data":"',
          ...opened,
          suffix: `",${JSON.stringify({ parameters, rows, size }).slice(1)}`,
        });
      },
    );

    /** A newer result may take the place of the one that was just found: then that one is read. */
    async function openLatest(find: () => ReturnType<typeof findRegisteredQuery>) {
      for (let before: number | undefined; ; ) {
        const query = await find();
        const { result } = query;
        const opened = await context.registered.openResult(query);
        if (result && opened) return { result, opened };
        if (!result || result.runNumber === before) throw new ParhelionError('notFound');
        before = result.runNumber;
      }
    }
  });

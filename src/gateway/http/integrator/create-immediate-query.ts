import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { DEFAULT_MAX_TIME_IN_QUEUE_MS, runImmediateQuery } from '../../queries/index.ts';
import { callerOf } from '../caller.ts';
import { bodySize } from '../json-body.ts';
import { checkCatalogue } from '../known-catalogue.ts';
import { limitImmediateQueries, requireQuota } from '../limits-gate.ts';
import { routePlugin } from '../route-plugin.ts';
import { ErrorBody, errorResponses } from '../schemas/errors.ts';
import { ImmediateQueryBody, QueryObject } from '../schemas/query.ts';
import { SiteParams } from '../schemas/site.ts';
import { signalOfCaller } from '../signal-of-caller.ts';
import { requireUsableSite, siteOf } from '../site-gate.ts';
import { sendQuery } from './query-answer.ts';

const schema = {
  operationId: 'createImmediateQuery',
  tags: ['Queries'],
  summary: 'Send an immediate query',
  description:
    'Runs a small, time-sensitive query and answers with its result, at most 8 MB. SQL that fails answers 400 with the query object.',
  security: [{ subscriptionKey: [] }],
  params: SiteParams,
  body: ImmediateQueryBody,
  response: {
    200: QueryObject,
    ...errorResponses('missingKey', 'tooManyRequests', 'notPaired', 'quotaExceeded', 'notFound'),
    ...errorResponses('unsupportedMediaType'),
    ...errorResponses('siteOffline', 'queryTimedOut', 'internal'),
    400: Type.Union([QueryObject, ErrorBody], {
      description: 'An invalid request, or the query whose SQL failed.',
    }),
    413: Type.Union([QueryObject, ErrorBody], {
      description: 'The body, or the result of the query, is too large.',
    }),
  },
};

/** In the order of the contract (§2): 429, 404 and 403 of the site, 403 of the quota. */
const gates = (context: GatewayContext) => [
  limitImmediateQueries(context),
  requireUsableSite(context),
  requireQuota(context),
];

/** createImmediateQuery (contract §7). */
export const createImmediateQuery = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post(
      '/sites/:siteId/queries/immediate',
      { schema, onRequest: gates(context) },
      async (request, reply) => {
        const { command, catalogue, maxTimeInQueue } = request.body;
        const site = siteOf(request);
        checkCatalogue(site, catalogue, 'body.catalogue');
        const completed = await runImmediateQuery(context.queries, {
          owner: callerOf(request),
          siteId: site.id,
          isOnline: site.availability === 'online',
          command,
          catalogue,
          maxTimeInQueueMs: maxTimeInQueue ?? DEFAULT_MAX_TIME_IN_QUEUE_MS,
          requestSize: bodySize(request),
          signal: signalOfCaller(reply),
        });
        return sendQuery(reply, completed);
      },
    );
  });

import type { GatewayContext } from '../../context.ts';
import { callerOf } from '../caller.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { UsageBody, UsageQuery } from '../schemas/usage.ts';
import { answerUsage } from '../usage-answer.ts';

const schema = {
  operationId: 'getUsage',
  tags: ['Limits'],
  summary: 'Get what you used, and your limits',
  description: 'An extension of Parhelion. By day (UTC) and site, at most 31 days at a time.',
  security: [{ subscriptionKey: [] }],
  querystring: UsageQuery,
  response: { 200: UsageBody, ...errorResponses('invalidRequest', 'missingKey') },
};

export const getUsage = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get('/usage', { schema }, (request) =>
      answerUsage(context, callerOf(request).integratorId, request.query),
    );
  });

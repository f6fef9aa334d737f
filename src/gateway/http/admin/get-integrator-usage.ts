import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { IntegratorParams } from '../schemas/integrator.ts';
import { UsageBody, UsageQuery } from '../schemas/usage.ts';
import { answerUsage } from '../usage-answer.ts';

const schema = {
  operationId: 'getIntegratorUsage',
  tags: ['Operator'],
  summary: 'Get what an integrator used, and its limits',
  description: 'By day (UTC) and site, at most 31 days at a time.',
  security: [{ adminKey: [] }],
  params: IntegratorParams,
  querystring: UsageQuery,
  response: {
    200: UsageBody,
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const getIntegratorUsage = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get('/integrators/:integratorId/usage', { schema }, async (request) => {
      const integrator = await context.integrators.get(request.params.integratorId);
      if (!integrator) throw new ParhelionError('notFound');
      return await answerUsage(context, integrator.id, request.query);
    });
  });

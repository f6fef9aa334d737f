import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { IntegratorParams } from '../schemas/integrator.ts';
import { WebhookBody } from '../schemas/webhook.ts';
import { toWebhookBody } from './webhook-body.ts';

const schema = {
  operationId: 'listWebhooks',
  tags: ['Operator'],
  summary: 'List the webhooks of an integrator with their statistics',
  security: [{ adminKey: [] }],
  params: IntegratorParams,
  response: {
    200: Type.Object({ webhooks: Type.Array(WebhookBody) }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const listWebhooks = ({ integrators, webhooks }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/integrators/:integratorId/webhooks', { schema }, async (request) => {
      const { integratorId } = request.params;
      if (!(await integrators.get(integratorId))) throw new ParhelionError('notFound');
      return { webhooks: (await webhooks.registry.list(integratorId)).map(toWebhookBody) };
    });
  });

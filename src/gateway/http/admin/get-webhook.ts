import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { WebhookBody, WebhookParams } from '../schemas/webhook.ts';
import { toWebhookBody } from './webhook-body.ts';

const schema = {
  operationId: 'getWebhook',
  tags: ['Operator'],
  summary: 'Get a webhook with its statistics',
  security: [{ adminKey: [] }],
  params: WebhookParams,
  response: {
    200: WebhookBody,
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const getWebhook = ({ webhooks }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/integrators/:integratorId/webhooks/:source', { schema }, async (request) => {
      const { integratorId, source } = request.params;
      const webhook = await webhooks.registry.find(integratorId, source);
      if (!webhook) throw new ParhelionError('notFound');
      return toWebhookBody(webhook);
    });
  });

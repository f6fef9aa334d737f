import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { WebhookFailureBody, WebhookParams } from '../schemas/webhook.ts';
import { toWebhookFailureBody } from './webhook-body.ts';

const schema = {
  operationId: 'listWebhookFailures',
  tags: ['Operator'],
  summary: 'List the last failures of a webhook',
  description:
    'At most 50 deliveries that had a failed attempt and were not delivered since, the latest first. Those that were given up stay for 24 hours.',
  security: [{ adminKey: [] }],
  params: WebhookParams,
  response: {
    200: Type.Object({ failures: Type.Array(WebhookFailureBody) }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const listWebhookFailures = ({ webhooks }: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/webhooks/:source/failures';
    app.get(path, { schema }, async (request) => {
      const { integratorId, source } = request.params;
      const webhook = await webhooks.registry.find(integratorId, source);
      if (!webhook) throw new ParhelionError('notFound');
      const troubled = await webhooks.deliveries.listTroubled(webhook.id);
      return { failures: troubled.map(toWebhookFailureBody) };
    });
  });

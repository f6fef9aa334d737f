import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { WebhookParams } from '../schemas/webhook.ts';

const schema = {
  operationId: 'redeliverWebhook',
  tags: ['Operator'],
  summary: 'Begin a delivery anew that was given up',
  description: 'It has the same id and all its attempts again.',
  security: [{ adminKey: [] }],
  params: Type.Object({
    ...WebhookParams.properties,
    deliveryId: Type.String({ format: 'uuid' }),
  }),
  response: {
    204: Type.Null({ description: 'It is due now.' }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const redeliverWebhook = (context: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/webhooks/:source/failures/:deliveryId/redeliver';
    app.post(path, { schema }, async (request, reply) => {
      const { integratorId, source, deliveryId } = request.params;
      const { webhooks } = context;
      const note = noteAlong(context, request);
      const webhook = await webhooks.registry.find(integratorId, source);
      if (!webhook || !(await webhooks.deliveries.redeliver(webhook.id, deliveryId, note))) {
        throw new ParhelionError('notFound');
      }
      webhooks.outbox.wake();
      return reply.code(204).send(null);
    });
  });

import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { WebhookParams } from '../schemas/webhook.ts';

const schema = {
  operationId: 'deleteWebhook',
  tags: ['Operator'],
  summary: 'Delete a webhook',
  description: 'Its deliveries that are not over yet, its statistics and its failures go with it.',
  security: [{ adminKey: [] }],
  params: WebhookParams,
  response: {
    204: Type.Null({ description: 'Deleted.' }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const deleteWebhook = (context: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/webhooks/:source';
    app.delete(path, { schema }, async (request, reply) => {
      const { integratorId, source } = request.params;
      const note = noteAlong(context, request);
      const wasThere = await context.webhooks.registry.delete(integratorId, source, note);
      if (!wasThere) throw new ParhelionError('notFound');
      return reply.code(204).send(null);
    });
  });

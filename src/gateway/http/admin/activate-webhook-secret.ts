import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { WebhookParams } from '../schemas/webhook.ts';

const schema = {
  operationId: 'activateWebhookSecret',
  tags: ['Operator'],
  summary: 'Finish replacing the secret of a webhook',
  description: 'From now on the new secret alone signs. Without one, 409.',
  security: [{ adminKey: [] }],
  params: WebhookParams,
  response: {
    204: Type.Null({ description: 'Activated.' }),
    ...errorResponses(
      'invalidRequest',
      'adminKeyRequired',
      'adminDisabled',
      'notFound',
      'conflict',
    ),
  },
};

export const activateWebhookSecret = (context: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/webhooks/:source/next-secret/activate';
    app.post(path, { schema }, async (request, reply) => {
      const { integratorId, source } = request.params;
      const { registry } = context.webhooks;
      const note = noteAlong(context, request, { fields: ['secret'] });
      if (!(await registry.activateSecret(integratorId, source, note))) {
        if (!(await registry.find(integratorId, source))) throw new ParhelionError('notFound');
        throw new ParhelionError('conflict', 'There is no new secret: rotate the secret first.');
      }
      return reply.code(204).send(null);
    });
  });

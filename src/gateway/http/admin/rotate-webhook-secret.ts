import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { WebhookParams } from '../schemas/webhook.ts';

const schema = {
  operationId: 'rotateWebhookSecret',
  tags: ['Operator'],
  summary: 'Begin to replace the secret of a webhook',
  description:
    'The new secret is shown once. Until it is activated the current one goes on signing in `X-Halo-Signature-256`, and the new one signs in `X-Halo-Signature-256-Next`. Done again before that, the new secret is replaced by another.',
  security: [{ adminKey: [] }],
  params: WebhookParams,
  response: {
    201: Type.Object({ secret: Type.String() }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const rotateWebhookSecret = (context: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/webhooks/:source/next-secret';
    app.post(path, { schema }, async (request, reply) => {
      const { integratorId, source } = request.params;
      const note = noteAlong(context, request, { fields: ['nextSecret'] });
      const secret = await context.webhooks.registry.rotateSecret(integratorId, source, note);
      if (secret === undefined) throw new ParhelionError('notFound');
      return reply.code(201).send({ secret });
    });
  });

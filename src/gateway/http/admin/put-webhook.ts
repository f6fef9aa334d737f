import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { WebhookBody, WebhookParams } from '../schemas/webhook.ts';
import { toWebhookBody } from './webhook-body.ts';

const schema = {
  operationId: 'putWebhook',
  tags: ['Operator'],
  summary: 'Set where an integrator is told of a source',
  description:
    'A new webhook gets a secret, which is shown now and never again, unless the body brings one. An existing one keeps its secret unless the body brings another, which then takes its place at once.',
  security: [{ adminKey: [] }],
  params: WebhookParams,
  body: Type.Object({
    url: Type.String({
      description:
        'An https address. {siteId}, {queryId} and {source} are replaced in its path and query.',
      examples: ['https://example.com/halo/{siteId}?query={queryId}'],
    }),
    secret: Type.Optional(
      Type.String({
        minLength: 16,
        maxLength: 200,
        description: 'One that receivers know already.',
      }),
    ),
  }),
  response: {
    200: WebhookBody,
    201: Type.Object({ ...WebhookBody.properties, secret: Type.Optional(Type.String()) }),
    ...errorResponses(
      'invalidRequest',
      'adminKeyRequired',
      'adminDisabled',
      'notFound',
      'conflict',
    ),
  },
};

export const putWebhook = (context: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/webhooks/:source';
    app.put(path, { schema }, async (request, reply) => {
      const { integratorId, source } = request.params;
      const { registry } = context.webhooks;
      if (!(await context.integrators.get(integratorId))) throw new ParhelionError('notFound');
      const note = noteAlong(context, request);
      const { isNew, secret } = await registry.put(integratorId, source, request.body, note);
      const webhook = await registry.find(integratorId, source);
      if (!webhook) throw new ParhelionError('conflict');
      const body = toWebhookBody(webhook);
      if (!isNew) return reply.code(200).send(body);
      return reply.code(201).send({ ...body, ...(secret === undefined ? {} : { secret }) });
    });
  });

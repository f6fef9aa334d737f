import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { TestDeliveryBody, WebhookParams } from '../schemas/webhook.ts';

const schema = {
  operationId: 'testWebhook',
  tags: ['Operator'],
  summary: 'Send one message with made-up ids and say what became of it',
  description: 'It is signed like any other, counts in no statistics and is not repeated.',
  security: [{ adminKey: [] }],
  params: WebhookParams,
  response: {
    200: TestDeliveryBody,
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const testWebhook = ({ webhooks }: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/webhooks/:source/test';
    app.post(path, { schema }, async (request) => {
      const { integratorId, source } = request.params;
      const sent = await webhooks.sendTest(integratorId, source);
      if (!sent) throw new ParhelionError('notFound');
      const { id, durationMs, statusCode, error } = sent;
      return {
        id,
        delivered: error === undefined,
        durationMs,
        ...(statusCode === undefined ? {} : { statusCode }),
        ...(error === undefined ? {} : { error }),
      };
    });
  });

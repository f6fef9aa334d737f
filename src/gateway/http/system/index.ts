import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { errorResponses } from '../schemas/errors.ts';
import { getSigningKeys } from './get-signing-keys.ts';

const healthSchema = (operationId: string, summary: string) => ({
  operationId,
  tags: ['Health'],
  summary,
  response: { 200: Type.Object({ status: Type.Literal('ok') }) },
});

const metricsSchema = {
  operationId: 'metrics',
  tags: ['Health'],
  summary: 'What an operator watches, for Prometheus',
  response: { 200: Type.String({ description: 'The exposition text of Prometheus.' }) },
};

/** Health checks: `healthz` says the process lives, `readyz` that it can serve. And what others need to check tokens. */
export function systemRoutes(context: GatewayContext) {
  const { checkStore, metrics } = context;
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(getSigningKeys(context));
    app.get('/healthz', { schema: healthSchema('healthz', 'Is the gateway alive?') }, () => ({
      status: 'ok',
    }));
    app.get('/metrics', { schema: metricsSchema }, async (_request, reply) => {
      const { contentType, text } = await metrics.expose();
      return reply.type(contentType).send(text);
    });
    const ready = healthSchema('readyz', 'Can the gateway serve?');
    const response = { ...ready.response, ...errorResponses('storeUnavailable') };
    app.get('/readyz', { schema: { ...ready, response } }, async () => {
      await checkStore();
      return { status: 'ok' };
    });
  };
}

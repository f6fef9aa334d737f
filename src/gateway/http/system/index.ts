import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { errorResponses } from '../schemas/errors.ts';

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

/** Health checks: `healthz` says the process lives, `readyz` that it can serve. */
export function systemRoutes({ checkStore, metrics }: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
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

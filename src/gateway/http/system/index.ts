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

/** Health checks: `healthz` says the process lives, `readyz` that it can serve. */
export function systemRoutes({ checkStore }: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/healthz', { schema: healthSchema('healthz', 'Is the gateway alive?') }, () => ({
      status: 'ok',
    }));
    const ready = healthSchema('readyz', 'Can the gateway serve?');
    const response = { ...ready.response, ...errorResponses('storeUnavailable') };
    app.get('/readyz', { schema: { ...ready, response } }, async () => {
      await checkStore();
      return { status: 'ok' };
    });
  };
}

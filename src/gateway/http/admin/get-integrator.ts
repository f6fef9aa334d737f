import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { IntegratorBody, IntegratorParams, KeyBody } from '../schemas/integrator.ts';
import { toIntegratorBody, toKeyBody } from './integrator-body.ts';

const schema = {
  operationId: 'getIntegrator',
  tags: ['Operator'],
  summary: 'Get an integrator and the facts of its keys',
  security: [{ adminKey: [] }],
  params: IntegratorParams,
  response: {
    200: Type.Object({ ...IntegratorBody.properties, keys: Type.Array(KeyBody) }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const getIntegrator = ({ integrators }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/integrators/:integratorId', { schema }, async (request) => {
      const integrator = await integrators.get(request.params.integratorId);
      if (!integrator) throw new ParhelionError('notFound');
      const keys = await integrators.listKeys(integrator.id);
      return { ...toIntegratorBody(integrator), keys: keys.map(toKeyBody) };
    });
  });

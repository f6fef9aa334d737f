import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { IntegratorBody } from '../schemas/integrator.ts';
import { toIntegratorBody } from './integrator-body.ts';

const schema = {
  operationId: 'listIntegrators',
  tags: ['Operator'],
  summary: 'List the integrators',
  security: [{ adminKey: [] }],
  response: {
    200: Type.Object({ integrators: Type.Array(IntegratorBody) }),
    ...errorResponses('adminKeyRequired', 'adminDisabled'),
  },
};

export const listIntegrators = ({ integrators }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/integrators', { schema }, async () => ({
      integrators: (await integrators.list()).map(toIntegratorBody),
    }));
  });

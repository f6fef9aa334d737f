import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import type { Integrator } from '../../integrators/index.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { IntegratorBody } from '../schemas/integrator.ts';
import { toIntegratorBody } from './integrator-body.ts';

const schema = {
  operationId: 'createIntegrator',
  tags: ['Operator'],
  summary: 'Create an integrator with its two subscription keys',
  description: 'The keys are shown now and never again.',
  security: [{ adminKey: [] }],
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }) }),
  response: {
    201: Type.Object({
      ...IntegratorBody.properties,
      primaryKey: Type.String(),
      secondaryKey: Type.String(),
    }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled'),
  },
};

export const createIntegrator = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post('/integrators', { schema }, async (request, reply) => {
      const { integrator, primaryKey, secondaryKey } = await context.integrators.create(
        request.body.name,
        {},
        noteAlong(context, request, ({ id }: Integrator) => ({ integratorId: id })),
      );
      return reply.code(201).send({ ...toIntegratorBody(integrator), primaryKey, secondaryKey });
    });
  });

import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { IntegratorParams, KeySlot } from '../schemas/integrator.ts';

const shared = {
  tags: ['Operator'],
  security: [{ adminKey: [] }],
  params: Type.Object({ ...IntegratorParams.properties, slot: KeySlot }),
};
const failures = errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound');

const rotateSchema = {
  ...shared,
  operationId: 'rotateKey',
  summary: 'Put a new subscription key in a slot',
  description: 'The old key of the slot ends; the other slot goes on. The new key is shown once.',
  response: { 201: Type.Object({ slot: KeySlot, key: Type.String() }), ...failures },
};

const revokeSchema = {
  ...shared,
  operationId: 'revokeKey',
  summary: 'Revoke a subscription key',
  response: { 204: Type.Null({ description: 'Revoked.' }), ...failures },
};

export const subscriptionKeys = (context: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/keys/:slot';
    app.post(path, { schema: rotateSchema }, async (request, reply) => {
      const { integratorId, slot } = request.params;
      const note = noteAlong(context, request, { fields: ['key'] });
      const key = await context.integrators.rotateKey(integratorId, slot, note);
      if (key === undefined) throw new ParhelionError('notFound');
      return reply.code(201).send({ slot, key });
    });
    app.delete(path, { schema: revokeSchema }, async (request, reply) => {
      const { integratorId, slot } = request.params;
      const note = noteAlong(context, request, { fields: ['key'] });
      const wasGood = await context.integrators.revokeKey(integratorId, slot, note);
      if (!wasGood) throw new ParhelionError('notFound');
      return reply.code(204).send(null);
    });
  });

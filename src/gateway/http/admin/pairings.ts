import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { endPairing } from '../end-pairing.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { SiteParams } from '../schemas/site.ts';

const shared = {
  tags: ['Operator'],
  security: [{ adminKey: [] }],
  params: Type.Object({
    ...SiteParams.properties,
    integratorId: Type.String({ description: 'Id of the integrator.' }),
  }),
};
const failures = errorResponses('adminKeyRequired', 'adminDisabled', 'notFound');

const pairSchema = {
  ...shared,
  operationId: 'pairAsOperator',
  summary: 'Pair an integrator with a site',
  response: { 204: Type.Null({ description: 'Paired.' }), ...failures },
};

const unpairSchema = {
  ...shared,
  operationId: 'unpairAsOperator',
  summary: 'End the pairing of an integrator with a site',
  response: { 204: Type.Null({ description: 'No longer paired.' }), ...failures },
};

export const pairings = (context: GatewayContext) =>
  routePlugin((app) => {
    const { sites, integrators } = context;
    const path = '/sites/:siteId/pairings/:integratorId';
    app.put(path, { schema: pairSchema }, async (request, reply) => {
      const { siteId, integratorId } = request.params;
      const [site, integrator] = await Promise.all([
        sites.registry.get(siteId),
        integrators.get(integratorId),
      ]);
      if (!site || !integrator) throw new ParhelionError('notFound');
      await sites.pairing.pair(integratorId, siteId, noteAlong(context, request));
      return reply.code(204).send(null);
    });
    app.delete(path, { schema: unpairSchema }, async (request, reply) => {
      const { siteId, integratorId } = request.params;
      const note = noteAlong(context, request);
      const wasPaired = await endPairing(context, integratorId, siteId, note);
      if (!wasPaired) throw new ParhelionError('notFound');
      return reply.code(204).send(null);
    });
  });

import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { endPairing } from '../end-pairing.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { requireSignature, SignedBody } from './signed-request.ts';

const schema = {
  operationId: 'unpairAsPractice',
  tags: ['Link'],
  summary: 'End the pairing of an integrator',
  description: 'Signed by the site. What the integrator has waiting is refused.',
  body: Type.Object({ ...SignedBody, integratorId: Type.String() }),
  response: {
    204: Type.Null({ description: 'No longer paired.' }),
    ...errorResponses('invalidRequest', 'enrolmentRefused', 'notFound'),
  },
};

/** A practice ends a pairing. */
export const unpair = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post('/unpair', { schema }, async (request, reply) => {
      const { siteId, integratorId } = request.body;
      await requireSignature(context, 'unpair', request.body, [integratorId]);
      const about = { actor: 'practice', integratorId, siteId, fields: [] } as const;
      const note = noteAlong(context, request, about);
      const wasPaired =
        isUuid(integratorId) && (await endPairing(context, integratorId, siteId, note));
      if (!wasPaired) {
        throw new ParhelionError('notFound', 'No integrator of this id is paired with the site.');
      }
      return reply.code(204).send(null);
    });
  });

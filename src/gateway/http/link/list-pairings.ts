import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { requireSignature, SignedBody } from './signed-request.ts';

const schema = {
  operationId: 'listPairingsAsPractice',
  tags: ['Link'],
  summary: 'List the integrators that are paired with the site',
  description: 'Signed by the site.',
  body: Type.Object(SignedBody),
  response: {
    200: Type.Object({
      requiresCode: Type.Boolean({ description: 'Whether pairing asks for a code.' }),
      integrators: Type.Array(
        Type.Object({
          id: Type.String({ format: 'uuid' }),
          name: Type.String(),
          pairedAt: Type.String({ format: 'date-time' }),
        }),
      ),
    }),
    ...errorResponses('invalidRequest', 'enrolmentRefused'),
  },
};

/** A practice asks who is paired with it. */
export const listPairings = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post('/pairings', { schema }, async (request) => {
      const { siteId } = request.body;
      await requireSignature(context, 'pairings', request.body, []);
      const { pairing } = context.sites;
      const paired = await pairing.listIntegrators(siteId);
      return {
        requiresCode: await pairing.asksForCode(siteId),
        integrators: paired.map(({ id, name, pairedAt }) => ({
          id,
          name,
          pairedAt: new Date(pairedAt).toISOString(),
        })),
      };
    });
  });

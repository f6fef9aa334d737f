import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { requireSignature, SignedBody } from './signed-request.ts';

const MAX_VALIDITY_MS = 7 * 24 * 60 * 60_000;

const schema = {
  operationId: 'registerPairingCode',
  tags: ['Link'],
  summary: 'Register the hash of a pairing code',
  description: 'The practice makes the code on its own machine; the gateway only learns its hash.',
  body: Type.Object({
    ...SignedBody,
    codeHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    expiresAt: Type.String({ format: 'date-time' }),
  }),
  response: {
    204: Type.Null({ description: 'Registered.' }),
    ...errorResponses('invalidRequest', 'enrolmentRefused'),
  },
};

/** A site registers a pairing code, signed with its identity. */
export const registerPairingCode = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post('/pairing-codes', { schema }, async (request, reply) => {
      const { siteId, codeHash, expiresAt } = request.body;
      await requireSignature(context, 'pairing-code', request.body, [codeHash, expiresAt]);
      const now = context.clock.now();
      const expires = Date.parse(expiresAt);
      if (!(expires > now && expires <= now + MAX_VALIDITY_MS)) {
        throw new ParhelionError('invalidRequest', 'body.expiresAt must lie within seven days');
      }
      await context.sites.pairing.registerCode(siteId, codeHash, expires);
      return reply.code(204).send(null);
    });
  });

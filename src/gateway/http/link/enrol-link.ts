import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isEd25519PublicKey } from '../../../protocol/challenge.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';

const schema = {
  operationId: 'enrolLink',
  tags: ['Link'],
  summary: 'Exchange a one-time token for an identity',
  body: Type.Object({
    token: Type.String({ minLength: 1, maxLength: 200 }),
    publicKey: Type.String({
      maxLength: 200,
      description: 'Ed25519 public key, base64url of its DER (SPKI) form.',
    }),
  }),
  response: {
    200: Type.Object({ siteId: Type.String({ format: 'uuid' }) }),
    ...errorResponses('invalidRequest'),
    401: errorResponses('enrolmentRefused')[401],
  },
};

/** A link becomes the link of a site. */
export const enrolLink = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post('/enrol', { schema }, async (request) => {
      const { token, publicKey } = request.body;
      if (!isEd25519PublicKey(publicKey)) {
        throw new ParhelionError('invalidRequest', 'body.publicKey must be an Ed25519 public key');
      }
      const note = noteAlong(context, request, (siteId: string) => ({
        actor: 'practice',
        siteId,
        fields: [],
      }));
      const result = await context.sites.enrolment.enrol(token, publicKey, note);
      if (result.outcome === 'refused') throw new ParhelionError('enrolmentRefused');
      context.sessions.revoke(result.revokedIds);
      return { siteId: result.siteId };
    });
  });

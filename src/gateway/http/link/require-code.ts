import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { requireSignature, SignedBody } from './signed-request.ts';

const schema = {
  operationId: 'requireCode',
  tags: ['Link'],
  summary: 'Say whether pairing asks for a code',
  description:
    'Signed by the site. Best Practice always asks for one; Zedmed and D4w do where the practice says so.',
  body: Type.Object({ ...SignedBody, isRequired: Type.Boolean() }),
  response: {
    204: Type.Null({ description: 'Noted.' }),
    ...errorResponses('invalidRequest', 'enrolmentRefused'),
  },
};

/** A practice says whether integrators need a code to pair with it. */
export const requireCode = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post('/require-code', { schema }, async (request, reply) => {
      const { siteId, isRequired } = request.body;
      const parts = [isRequired ? 'on' : 'off'];
      const signedAt = await requireSignature(context, 'require-code', request.body, parts);
      const about = { actor: 'practice', siteId, fields: ['isRequired'] } as const;
      const note = noteAlong(context, request, about);
      await context.sites.pairing.requireCode(siteId, isRequired, signedAt, note);
      return reply.code(204).send(null);
    });
  });

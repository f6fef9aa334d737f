import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import { signingText, verifyChallenge } from '../../../protocol/challenge.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';

/** How far the site's clock may be off, and how long a captured request could be repeated (to no effect). */
const MAX_AGE_MS = 5 * 60_000;
const MAX_VALIDITY_MS = 7 * 24 * 60 * 60_000;

const schema = {
  operationId: 'registerPairingCode',
  tags: ['Link'],
  summary: 'Register the hash of a pairing code',
  description: 'The practice makes the code on its own machine; the gateway only learns its hash.',
  body: Type.Object({
    siteId: Type.String(),
    codeHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    expiresAt: Type.String({ format: 'date-time' }),
    issuedAt: Type.String({ format: 'date-time' }),
    signature: Type.String({ maxLength: 200 }),
  }),
  response: {
    204: Type.Null({ description: 'Registered.' }),
    ...errorResponses('invalidRequest', 'enrolmentRefused'),
  },
};

/** A site registers a pairing code, signed with its identity. */
export const registerPairingCode = ({ sites, clock }: GatewayContext) =>
  routePlugin((app) => {
    app.post('/pairing-codes', { schema }, async (request, reply) => {
      const { siteId, codeHash, expiresAt, issuedAt, signature } = request.body;
      const identity = isUuid(siteId) ? await sites.enrolment.findIdentity(siteId) : undefined;
      const text = signingText('pairing-code', siteId, [codeHash, expiresAt, issuedAt]);
      if (!identity || !verifyChallenge(text, signature, identity.publicKey)) {
        throw new ParhelionError('enrolmentRefused', 'The signature does not fit the site.');
      }
      const now = clock.now();
      if (!(Math.abs(now - Date.parse(issuedAt)) <= MAX_AGE_MS)) {
        throw new ParhelionError(
          'invalidRequest',
          'body.issuedAt is more than five minutes off: check the clock of the site',
        );
      }
      const expires = Date.parse(expiresAt);
      if (!(expires > now && expires <= now + MAX_VALIDITY_MS)) {
        throw new ParhelionError('invalidRequest', 'body.expiresAt must lie within seven days');
      }
      await sites.pairing.registerCode(siteId, codeHash, expires);
      return reply.code(204).send(null);
    });
  });

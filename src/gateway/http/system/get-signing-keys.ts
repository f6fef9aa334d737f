import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';

const Jwk = Type.Object({
  kid: Type.String(),
  kty: Type.String(),
  crv: Type.String(),
  x: Type.String(),
  y: Type.String(),
  alg: Type.String(),
  use: Type.String(),
});

const schema = {
  operationId: 'getSigningKeys',
  tags: ['Desktop'],
  summary: 'Public keys that verify the tokens of desktops',
  description:
    'A JSON Web Key Set (RFC 7517). A key is published before it signs, and until the last token it signed has expired.',
  response: {
    200: Type.Object({ keys: Type.Array(Jwk) }),
    ...errorResponses('storeUnavailable'),
  },
};

export const getSigningKeys = ({ desktopTokens }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/.well-known/jwks.json', { schema }, async (_request, reply) => {
      const { keys, maxAgeS } = await desktopTokens.publishKeys();
      reply.header('cache-control', `public, max-age=${maxAgeS}`);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify({ keys }) as never);
    });
  });

import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { TokenRevocationBody, toRevocationBody } from '../schemas/token-revocation.ts';

const schema = {
  operationId: 'listTokenRevocations',
  tags: ['Operator'],
  summary: 'List the latest revocations of desktop tokens, newest first',
  description: 'At most 100. They are kept for 30 days.',
  security: [{ adminKey: [] }],
  response: {
    200: Type.Object({ revocations: Type.Array(TokenRevocationBody) }),
    ...errorResponses('adminKeyRequired', 'adminDisabled'),
  },
};

export const listTokenRevocations = ({ desktopTokens }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/token-revocations', { schema }, async () => ({
      revocations: (await desktopTokens.listRevocations()).map(toRevocationBody),
    }));
  });

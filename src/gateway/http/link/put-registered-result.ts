import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { acceptBytes, uploadOf } from './upload-request.ts';

const schema = {
  operationId: 'putRegisteredResult',
  tags: ['Link'],
  summary: 'Upload a changed result of a registered query',
  description: 'Takes exactly the bytes that were offered, once, with the token given for them.',
  params: Type.Object({ queryId: Type.String() }),
  response: {
    204: Type.Null({ description: 'Stored.' }),
    ...errorResponses('invalidRequest', 'uploadRefused', 'storeUnavailable'),
  },
};

/** A link uploads a changed result; the body is streamed to the blob store. */
export const putRegisteredResult = ({ registered }: GatewayContext) =>
  routePlugin((app) => {
    acceptBytes(app);
    app.put('/registered-results/:queryId', { schema }, async (request, reply) => {
      const { queryId, token, body } = uploadOf(request);
      await registered.receiveResult(queryId, token, body);
      return reply.code(204).send(null);
    });
  });

import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';

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
    app.addContentTypeParser('application/octet-stream', (_request, body, done) =>
      done(null, body),
    );
    app.put('/registered-results/:queryId', { schema }, async (request, reply) => {
      const { queryId } = request.params;
      const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined || !isUuid(queryId)) throw new ParhelionError('uploadRefused');
      if (!request.body) throw new ParhelionError('invalidRequest', 'The result has no body.');
      await registered.receiveResult(queryId, token, request.body as Readable);
      return reply.code(204).send(null);
    });
  });

import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';

const schema = {
  operationId: 'uploadPage',
  tags: ['Link'],
  summary: 'Upload a result page',
  description:
    'Takes exactly the bytes that the site has announced, with the one-use token that it was given for them.',
  params: Type.Object({
    queryId: Type.String(),
    pageNumber: Type.String({ pattern: '^[1-9]\\d{0,14}$' }),
  }),
  response: {
    204: Type.Null({ description: 'Stored.' }),
    ...errorResponses('invalidRequest', 'uploadRefused', 'storeUnavailable'),
  },
};

/** A site puts a page of an async query. The body is never held in memory. */
export const uploadPage = ({ asyncQueries }: GatewayContext) =>
  routePlugin((app) => {
    app.addContentTypeParser('application/octet-stream', (_request, body, done) =>
      done(null, body),
    );
    app.put('/queries/:queryId/pages/:pageNumber', { schema }, async (request, reply) => {
      const { queryId, pageNumber } = request.params;
      const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined || !isUuid(queryId)) throw new ParhelionError('uploadRefused');
      if (!request.body) throw new ParhelionError('invalidRequest', 'The page has no body.');
      const page = { queryId, pageNumber: Number(pageNumber), token };
      await asyncQueries.pages.upload(page, request.body as Readable);
      return reply.code(204).send(null);
    });
  });

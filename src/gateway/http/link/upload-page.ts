import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { acceptBytes, uploadOf } from './upload-request.ts';

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
    acceptBytes(app);
    app.put('/queries/:queryId/pages/:pageNumber', { schema }, async (request, reply) => {
      const { body, ...page } = uploadOf(request);
      const pageNumber = Number(request.params.pageNumber);
      await asyncQueries.pages.upload({ ...page, pageNumber }, body);
      return reply.code(204).send(null);
    });
  });

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ParhelionError } from '../../../errors/parhelion-error.ts';

/** What a body may be called. Whether the site has a use for it is the site's to say. */
const MEDIA_TYPES = [
  'application/fhir+json',
  'application/json',
  'application/x-www-form-urlencoded',
  'application/json-patch+json',
];

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bodies are the site's to read: they are passed on as they come. */
export function acceptFhirBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(MEDIA_TYPES, { parseAs: 'buffer' }, (request, body, done) => {
    const contentType = request.headers['content-type'] ?? '';
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      done(new ParhelionError('unsupportedMediaType', 'The body must be in UTF-8.'));
    } else {
      done(null, body);
    }
  });
}

/** The text of a body and its size as it came. @throws ParhelionError `invalidRequest` unless it is UTF-8 */
export function readFhirBody({ body }: FastifyRequest): { text?: string; bytes: number } {
  if (!Buffer.isBuffer(body) || body.length === 0) return { bytes: 0 };
  try {
    return { text: utf8.decode(body), bytes: body.length };
  } catch (error) {
    throw new ParhelionError('invalidRequest', 'The body is not UTF-8.', { cause: error });
  }
}

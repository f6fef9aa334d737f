import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ParhelionError } from '../../errors/parhelion-error.ts';

const sizes = new WeakMap<FastifyRequest, number>();
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes of the request's body as it came. */
export function bodySize(request: FastifyRequest): number {
  return sizes.get(request) ?? 0;
}

/** Reads JSON bodies strictly: UTF-8 only, no `__proto__`, and the size is kept for the query's record. */
export function acceptJsonBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(
        request.headers['content-type'] ?? '',
      )?.[1];
      if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
        done(new ParhelionError('unsupportedMediaType', 'The body must be JSON in UTF-8.'));
        return;
      }
      sizes.set(request, body.length);
      // Many HTTP clients name a content type although they send no body, as with DELETE.
      if (body.length === 0) {
        done(null, undefined);
        return;
      }
      let text: string;
      try {
        text = utf8.decode(body);
      } catch {
        done(new ParhelionError('invalidRequest', 'body is not UTF-8'));
        return;
      }
      void parseJson(request, text, (error, parsed) => {
        if (error) done(new ParhelionError('invalidRequest', 'body is not valid JSON'));
        else done(null, parsed);
      });
    },
  );
}

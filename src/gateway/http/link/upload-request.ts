import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';

/** What routes that take bytes need of their app: bodies are handed on as streams, never held in memory. */
interface BodyApp {
  addContentTypeParser(
    contentType: string,
    parser: (
      request: FastifyRequest,
      body: Readable,
      done: (error: Error | null, body?: unknown) => void,
    ) => void,
  ): unknown;
}

export function acceptBytes(app: BodyApp): void {
  app.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
}

export interface UploadRequest {
  readonly queryId: string;
  readonly token: string;
  readonly body: Readable;
}

/** What a link uploads, and with which token. @throws ParhelionError `uploadRefused`, `invalidRequest` */
export function uploadOf({
  params,
  headers,
  body,
}: Pick<FastifyRequest, 'params' | 'headers' | 'body'>): UploadRequest {
  const { queryId } = params as { readonly queryId: string };
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined || !isUuid(queryId)) throw new ParhelionError('uploadRefused');
  if (!body) throw new ParhelionError('invalidRequest', 'The upload has no body.');
  return { queryId, token, body: body as Readable };
}

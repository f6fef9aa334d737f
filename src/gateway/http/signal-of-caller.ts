import type { FastifyReply } from 'fastify';

/** Aborts when the caller closes the connection before the answer. */
export function signalOfCaller(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

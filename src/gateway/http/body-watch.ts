import type { Server } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Ends requests whose body stops coming: Node limits the time of the whole request only. */
export function watchBody(server: Server, stallMs: number) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const { raw } = request;
    const hasBody =
      raw.headers['transfer-encoding'] !== undefined ||
      Number(raw.headers['content-length'] ?? 0) > 0;
    if (hasBody && !raw.complete) {
      const stalled = () => {
        const error = Object.assign(new Error('The body stalled.'), {
          code: 'ERR_HTTP_REQUEST_TIMEOUT',
        });
        if (!raw.complete) server.emit('clientError', error, raw.socket);
      };
      // Any byte that comes or goes on the connection puts it off.
      raw.setTimeout(stallMs, stalled);
      raw.once('end', () => {
        raw.off('timeout', stalled);
        // After the answer the connection has the time limit of an idle one already.
        if (!reply.raw.writableFinished) raw.socket.setTimeout(0);
      });
    }
    done();
  };
}

import type { FastifyReply } from 'fastify';
import { type CompletedQuery, toQueryObject } from '../../queries/index.ts';
import { sendBase64 } from './send-base64.ts';

/** HTTP status of a query that has ended with a record (contract §7). */
function statusOf({ query: { error } }: CompletedQuery): number {
  if (!error) return 200;
  return error.errorType === 'http' && error.errorCode === 413 ? 413 : 400;
}

/**
 * Sends the query with its rows. The rows are JSON text already and may be megabytes: they go out as base64 bytes
 * between a prefix and a suffix, never through `JSON.stringify`.
 */
export function sendQuery(reply: FastifyReply, completed: CompletedQuery): FastifyReply {
  const { result, ...members } = toQueryObject(completed.query);
  reply.code(statusOf(completed)).type('application/json; charset=utf-8');
  if (!completed.data) {
    const whole = result
      ? { ...members, result: { ...result, parameters: completed.parameters } }
      : members;
    return reply.send(JSON.stringify(whole));
  }
  const head = JSON.stringify(members).slice(0, -1);
  const inner = JSON.stringify({ ...(result as object), parameters: completed.parameters }).slice(
    0,
    -1,
  );
  const prefix = `${head},"result":${inner},"data":"`;
  const suffix = '"}}';
  const [only = Buffer.alloc(0)] = completed.data;
  if (completed.data.length <= 1) return reply.send(prefix + only.toString('base64') + suffix);
  const sizeBytes = completed.data.reduce((sum, chunk) => sum + chunk.length, 0);
  return sendBase64(reply, { prefix, chunks: completed.data, sizeBytes, suffix });
}

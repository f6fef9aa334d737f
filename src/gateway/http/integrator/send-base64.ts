import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Bytes that go out as base64 between two pieces of JSON text. */
export interface Base64Answer {
  readonly prefix: string;
  /** A stream among them is closed with the answer, also when nothing of it was read. */
  readonly chunks: Iterable<Buffer> | AsyncIterable<Buffer>;
  /** Of all chunks together. */
  readonly sizeBytes: number;
  readonly suffix: string;
}

/** base64 of all chunks as one text; every piece but the last encodes a multiple of three bytes. */
async function* pieces({ prefix, chunks, suffix }: Base64Answer): AsyncGenerator<Buffer> {
  yield Buffer.from(prefix);
  let carry: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const whole = bytes.length - (bytes.length % 3);
    carry = bytes.subarray(whole);
    yield Buffer.from(bytes.toString('base64', 0, whole), 'latin1');
  }
  yield Buffer.from(carry.toString('base64') + suffix, 'utf8');
}

/** Sends what may be megabytes without ever making one text of it. */
export function sendBase64(reply: FastifyReply, answer: Base64Answer): FastifyReply {
  const { prefix, sizeBytes, suffix } = answer;
  const around = Buffer.byteLength(prefix) + Buffer.byteLength(suffix);
  reply.header('content-length', around + 4 * Math.ceil(sizeBytes / 3));
  const body = Readable.from(pieces(answer), { objectMode: false });
  // A generator that never began has no `finally`: the caller may be gone before the first byte.
  body.once('close', () => {
    if (answer.chunks instanceof Readable) answer.chunks.destroy();
  });
  return reply.send(body);
}

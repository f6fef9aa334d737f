import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { expect, test } from 'vitest';
import { sendBase64 } from './send-base64.ts';

/** Takes what is sent, as a reply does, and lets the test decide what becomes of it. */
function createReply() {
  const sent: Readable[] = [];
  const reply = {
    header: () => reply,
    send: (stream: Readable) => {
      sent.push(stream);
      return reply;
    },
  };
  return { reply: reply as unknown as FastifyReply, sent };
}

test('a caller who left before the first byte leaves no file open', async () => {
  const chunks = Readable.from([Buffer.from('abc')]);
  const { reply, sent } = createReply();
  sendBase64(reply, { prefix: '{"data":"', chunks, sizeBytes: 3, suffix: '"}' });
  sent[0]?.destroy();
  await expect.poll(() => chunks.destroyed).toBe(true);
});

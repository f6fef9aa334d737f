import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeFrame, FrameReader } from './message-frames.ts';

it('messages come out as they went in, however the bytes are cut', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.string({ unit: 'binary' }),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  const messages = fc.array(
    fc.record({ kind: fc.constant('rows'), rows: fc.array(fc.array(value)) }),
  );
  fc.assert(
    fc.property(messages, fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (sent, sizes) => {
      const bytes = Buffer.concat(sent.map(encodeFrame));
      const reader = new FrameReader();
      const received: unknown[] = [];
      for (let start = 0; start < bytes.length; ) {
        const end = start + (sizes.next().value as number);
        received.push(...reader.read(bytes.subarray(start, end)));
        start = end;
      }
      expect(received).toEqual(sent);
    }),
  );
});

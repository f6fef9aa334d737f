import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeGatewayFrame,
  decodeLinkFrame,
  encodeFrame,
  FrameError,
  MAX_FRAME_BYTES,
  MAX_INLINE_BYTES,
} from './codec.ts';
import type { GatewayFrame, LinkFrame } from './frames.ts';

const queryId = 'aaaaaaaa-0000-4000-8000-000000000001';
const result: LinkFrame = { type: 'result', queryId, size: 3, rows: 1, isOnDataStream: false };

describe('a frame', () => {
  it('without a body is JSON text', () => {
    const frame: GatewayFrame = { type: 'cancel', queryId };
    const message = encodeFrame(frame);
    expect(JSON.parse(message)).toEqual(frame);
    expect(decodeGatewayFrame(Buffer.from(message), false)).toEqual({ frame, body: undefined });
  });

  it('carries any bytes behind its header untouched', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (body) => {
        const received = decodeLinkFrame(encodeFrame(result, body), true);
        expect(received.frame).toEqual(result);
        expect(received.body?.equals(Buffer.concat(body))).toBe(true);
      }),
    );
  });

  it('with the largest body fits a message', () => {
    const message = encodeFrame(result, [Buffer.alloc(MAX_INLINE_BYTES)]);
    expect(message.length).toBeLessThan(MAX_FRAME_BYTES);
  });

  it('may have members that this version does not know', () => {
    const message = Buffer.from(JSON.stringify({ type: 'cancel', queryId, colour: 'blue' }));
    expect(decodeGatewayFrame(message, false).frame.type).toBe('cancel');
  });

  it.each([
    { message: 'none', why: 'A frame is not JSON.' },
    { message: 'null', why: 'Unknown frame type undefined.' },
    { message: '{"type":"boom"}', why: 'Unknown frame type "boom".' },
    { message: '{"type":"result"}', why: /^Frame result: / },
    { message: `{"type":"cancel","queryId":"7"}`, why: /^Frame cancel: \/queryId / },
    { message: '{"type":["cancel"]}', why: /^Unknown frame type/ },
  ])('that is none is refused with its reason: $message', ({ message, why }) => {
    const decode = message.includes('result') ? decodeLinkFrame : decodeGatewayFrame;
    expect(() => decode(Buffer.from(message), false)).toThrow(why);
    expect(() => decode(Buffer.from(message), false)).toThrow(FrameError);
  });

  it('of the other side is unknown', () => {
    const message = Buffer.from(encodeFrame({ type: 'openData' }));
    expect(() => decodeLinkFrame(message, false)).toThrow(/Unknown frame type/);
  });

  it.each([
    { name: 'nothing', bytes: Buffer.alloc(0) },
    { name: 'half a length', bytes: Buffer.from([0, 0]) },
    { name: 'less than its length says', bytes: Buffer.from([0, 0, 0, 9, 123]) },
  ])('that is cut short is refused: $name', ({ bytes }) => {
    expect(() => decodeLinkFrame(bytes, true)).toThrow('A binary frame is cut short.');
  });

  it('made of any bytes is refused and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (bytes, isBinary) => {
        expect(() => decodeLinkFrame(Buffer.from(bytes), isBinary)).toThrow(FrameError);
      }),
    );
  });

  it.each([
    '2024-13-01T00:00:00.000Z',
    '2024-01-32T00:00:00.000Z',
    '2024-01-01T24:00:00.000Z',
    '2024-01-01T00:60:00.000Z',
  ])('is refused with the clock at %s, which is no time', (clientTime) => {
    const heartbeat = { type: 'heartbeat', linkVersion: '26.1.0', clientTime, catalogues: [] };
    const message = Buffer.from(JSON.stringify(heartbeat));
    expect(() => decodeLinkFrame(message, false)).toThrow(FrameError);
  });
});

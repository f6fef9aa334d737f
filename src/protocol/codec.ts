import type { Static, TUnion } from 'typebox';
import { Compile } from 'typebox/compile';
import { GatewayFrame, LinkFrame } from './frames.ts';

/** Largest message on either socket. A result that fits rides in its control frame. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Most bytes that travel as the body of one control frame, which leaves room for its header. */
export const MAX_INLINE_BYTES = 48 * 1024;

/** A control frame as it came in: the header, and opaque bytes behind it where it has any. */
export interface ReceivedFrame<F> {
  readonly frame: F;
  readonly body: Buffer | undefined;
}

/** A message that is no frame of the protocol. The message of the error is fit to be sent back. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/**
 * Writes a control frame: JSON text; with a body a binary message of header length (uint32, big endian), header
 * JSON and the bytes as they are.
 */
export function encodeFrame(frame: GatewayFrame | LinkFrame): string;
export function encodeFrame(frame: LinkFrame, body: readonly Uint8Array[]): Buffer;
export function encodeFrame(
  frame: GatewayFrame | LinkFrame,
  body?: readonly Uint8Array[],
): string | Buffer {
  const json = JSON.stringify(frame);
  if (!body) return json;
  const header = Buffer.from(json);
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, ...body]);
}

function split(message: Buffer, isBinary: boolean): { json: string; body: Buffer | undefined } {
  if (!isBinary) return { json: message.toString(), body: undefined };
  const headerEnd = message.length < 4 ? Number.NaN : 4 + message.readUInt32BE(0);
  if (!(headerEnd <= message.length)) throw new FrameError('A binary frame is cut short.');
  return { json: message.toString('utf8', 4, headerEnd), body: message.subarray(headerEnd) };
}

function decoder<T extends TUnion>(
  union: T,
): (message: Buffer, isBinary: boolean) => ReceivedFrame<Static<T>> {
  const byType = new Map<
    unknown,
    { check: (value: unknown) => boolean; whyNot: (value: unknown) => string }
  >();
  for (const schema of union.anyOf) {
    const validator = Compile(schema);
    const { const: type } = (schema as unknown as { properties: { type: { const: string } } })
      .properties.type;
    byType.set(type, {
      check: (value) => validator.Check(value),
      whyNot: (value) => {
        const [first] = validator.Errors(value);
        return first ? `${first.instancePath || '/'} ${first.message}` : 'is malformed';
      },
    });
  }
  return (message, isBinary) => {
    const { json, body } = split(message, isBinary);
    let parsed: unknown;
    try {
      parsed = JSON.parse(json);
    } catch {
      throw new FrameError('A frame is not JSON.');
    }
    const type = (parsed as { type?: unknown } | null)?.type;
    const schema = byType.get(type);
    if (!schema) throw new FrameError(`Unknown frame type ${JSON.stringify(type)?.slice(0, 60)}.`);
    if (!schema.check(parsed))
      throw new FrameError(`Frame ${String(type)}: ${schema.whyNot(parsed)}.`);
    return { frame: parsed as Static<T>, body };
  };
}

/** Reads a frame that a gateway sent. @throws FrameError */
export const decodeGatewayFrame = decoder(GatewayFrame);

/** Reads a frame that a link sent. @throws FrameError */
export const decodeLinkFrame = decoder(LinkFrame);

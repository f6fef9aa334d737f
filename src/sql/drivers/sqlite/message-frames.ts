import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;

/** Makes the frame of one message, in one piece: its length, then the message in V8's structured-clone form. */
export function encodeFrame(message: unknown): Buffer {
  const body = serialize(message);
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + body.length);
  frame.writeUInt32BE(body.length);
  frame.set(body, LENGTH_BYTES);
  return frame;
}

/** Cuts a byte stream into the messages of {@link encodeFrame}. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;
  #wantedBytes = LENGTH_BYTES;
  #isInBody = false;

  /** Takes bytes, and gives the messages that they complete. */
  *read(chunk: Buffer): Generator<unknown, void, void> {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes >= this.#wantedBytes) {
      const part = this.#take(this.#wantedBytes);
      this.#wantedBytes = this.#isInBody ? LENGTH_BYTES : part.readUInt32BE(0);
      this.#isInBody = !this.#isInBody;
      if (!this.#isInBody) yield deserialize(part);
    }
  }

  #take(bytes: number): Buffer {
    const [first] = this.#chunks;
    const all = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#bytes -= bytes;
    this.#chunks = this.#bytes > 0 ? [all.subarray(bytes)] : [];
    return all.subarray(0, bytes);
  }
}

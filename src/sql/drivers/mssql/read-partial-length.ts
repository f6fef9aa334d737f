import { type ByteSource, INCOMPLETE } from './byte-source.ts';

const NULL_HIGH = 0xffff_ffff;

/** Reads a value that comes in chunks, each behind its length, ended by an empty one. */
export function readPartialLength(source: ByteSource): Buffer | null | typeof INCOMPLETE {
  const { buffer, position } = source;
  if (position + 8 > buffer.length) return INCOMPLETE;
  const low = buffer.readUInt32LE(position);
  if (buffer.readUInt32LE(position + 4) === NULL_HIGH && low === NULL_HIGH) {
    source.position = position + 8;
    return null;
  }
  const chunks: Buffer[] = [];
  let at = position + 8;
  for (;;) {
    if (at + 4 > buffer.length) return INCOMPLETE;
    const length = buffer.readUInt32LE(at);
    at += 4;
    if (length === 0) break;
    if (at + length > buffer.length) return INCOMPLETE;
    chunks.push(buffer.subarray(at, at + length));
    at += length;
  }
  source.position = at;
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

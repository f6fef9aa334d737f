import type { BytesReader } from './byte-source.ts';

export const readUtf16: BytesReader = (buffer, start, length) =>
  buffer.toString('utf16le', start, start + length);

export const readBinary: BytesReader = (buffer, start, length) =>
  buffer.subarray(start, start + length);

export const readBit: BytesReader = (buffer, start) => buffer[start] !== 0;

/** The first three groups of a GUID are stored with their bytes turned round. */
export const readGuid: BytesReader = (buffer, start) => {
  const hex = buffer.toString('hex', start, start + 16);
  const byte = (index: number): string => hex.slice(index * 2, index * 2 + 2);
  const first = byte(3) + byte(2) + byte(1) + byte(0);
  const middle = `${byte(5)}${byte(4)}-${byte(7)}${byte(6)}`;
  return `${first}-${middle}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

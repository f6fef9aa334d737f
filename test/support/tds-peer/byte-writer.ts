export function uint8(value: number): Buffer {
  return Buffer.of(value & 0xff);
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

export function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return bytes;
}

/** A number of any width, lowest byte first. */
export function unsigned(value: bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let rest = value;
  for (let index = 0; index < length; index += 1) {
    bytes[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

export function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

/** Text behind one byte of length in characters. */
export function shortText(text: string): Buffer {
  return Buffer.concat([uint8(text.length), utf16(text)]);
}

/** Text behind two bytes of length in characters. */
export function longText(text: string): Buffer {
  return Buffer.concat([uint16(text.length), utf16(text)]);
}

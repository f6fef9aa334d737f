/** An integer of 1 (unsigned), 2, 4 or 8 bytes. */
export function encodeInteger(value: number | bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (length === 8) bytes.writeBigInt64LE(BigInt(value));
  else if (length === 1) bytes.writeUInt8(Number(value));
  else bytes.writeIntLE(Number(value), 0, length);
  return bytes;
}

export function encodeFloat(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (length === 4) bytes.writeFloatLE(value);
  else bytes.writeDoubleLE(value);
  return bytes;
}

/** Digits without sign and point, and how many stand after the point. */
interface DecimalDigits {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly scale: number;
}

export function readDigits(text: string): DecimalDigits {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  return { isNegative: text.startsWith('-'), digits, scale: fraction.length };
}

/** `decimal(38, scale)`: the sign, then sixteen bytes. `scale` must hold the value's own. */
export function encodeDecimal(text: string, scale: number): Buffer {
  const { isNegative, digits, scale: ownScale } = readDigits(text);
  const magnitude = BigInt(digits + '0'.repeat(scale - ownScale));
  const bytes = Buffer.alloc(17);
  bytes[0] = isNegative ? 0 : 1;
  bytes.writeBigUInt64LE(magnitude & 0xffff_ffff_ffff_ffffn, 1);
  bytes.writeBigUInt64LE(magnitude >> 64n, 9);
  return bytes;
}

/** `money` in eight bytes, its upper half first, or `smallmoney` in four. */
export function encodeMoney(text: string, length: number): Buffer {
  const { isNegative, digits, scale } = readDigits(text);
  const magnitude = BigInt(digits + '0'.repeat(4 - scale));
  const units = isNegative ? -magnitude : magnitude;
  const bytes = Buffer.alloc(length);
  if (length === 4) {
    bytes.writeInt32LE(Number(units));
  } else {
    bytes.writeInt32LE(Number(units >> 32n), 0);
    bytes.writeUInt32LE(Number(units & 0xffff_ffffn), 4);
  }
  return bytes;
}

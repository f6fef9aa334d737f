import { canonicalInteger } from '../../../protocol/value-grammar.ts';

/** Puts the point into the digits of an unscaled number. */
function withScale(digits: string, isNegative: boolean, scale: number): string {
  const padded = scale > 0 && digits.length <= scale ? digits.padStart(scale + 1, '0') : digits;
  const point = padded.length - scale;
  const text = scale > 0 ? `${padded.slice(0, point)}.${padded.slice(point)}` : padded;
  return isNegative ? `-${text}` : text;
}

/** Digits of an unsigned number of 4, 8, 12 or 16 bytes. */
function magnitudeDigits(buffer: Buffer, start: number, length: number): string {
  const low = buffer.readUInt32LE(start);
  if (length === 4) return String(low);
  const second = buffer.readUInt32LE(start + 4);
  if (length === 8 && second < 0x20_0000) return String(second * 0x1_0000_0000 + low);
  let value = 0n;
  for (let at = start + length - 8; at >= start; at -= 8) {
    value = (value << 64n) | buffer.readBigUInt64LE(at);
  }
  if (length % 8 === 0) return value.toString();
  // Twelve bytes: the loop has taken the upper eight.
  return ((value << 32n) | BigInt(low)).toString();
}

/** `decimal` and `numeric`: a sign byte, then the magnitude. */
export function readDecimal(buffer: Buffer, start: number, length: number, scale: number): string {
  const digits = magnitudeDigits(buffer, start + 1, length - 1);
  return withScale(digits, buffer[start] === 0 && digits !== '0', scale);
}

/** `money`: the upper half comes first. */
export function readMoney(buffer: Buffer, start: number): string {
  const units = (BigInt(buffer.readInt32LE(start)) << 32n) | BigInt(buffer.readUInt32LE(start + 4));
  return withScale((units < 0n ? -units : units).toString(), units < 0n, 4);
}

/** `smallmoney`. */
export function readSmallMoney(buffer: Buffer, start: number): string {
  const units = buffer.readInt32LE(start);
  return withScale(String(Math.abs(units)), units < 0, 4);
}

/** `bigint`. */
function readBigInt(buffer: Buffer, start: number): number | bigint {
  const high = buffer.readInt32LE(start + 4);
  return high > -0x20_0000 && high < 0x20_0000
    ? high * 0x1_0000_0000 + buffer.readUInt32LE(start)
    : canonicalInteger(buffer.readBigInt64LE(start));
}

/** An integer of 1 (unsigned), 2, 4 or 8 bytes. */
export function readInteger(buffer: Buffer, start: number, length: number): number | bigint {
  switch (length) {
    case 1:
      return buffer[start] as number;
    case 2:
      return buffer.readInt16LE(start);
    case 4:
      return buffer.readInt32LE(start);
    default:
      return readBigInt(buffer, start);
  }
}

/**
 * `float` and `real`. A real is widened by its shortest decimal form, so that 0.1 reads as 0.1 and not as the digits of
 * the nearest double.
 */
export function readFloat(buffer: Buffer, start: number, length: number): number {
  return length === 4 ? shortestReal(buffer.readFloatLE(start)) : buffer.readDoubleLE(start);
}

/** Below it a real has fewer digits than the six that any other keeps. */
const LEAST_NORMAL_REAL = 2 ** -126;

function shortestReal(value: number): number {
  for (let digits = Math.abs(value) < LEAST_NORMAL_REAL ? 1 : 6; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return Number(value.toPrecision(9));
}

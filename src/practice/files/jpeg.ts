/** The standard's own table for the DC coefficient: how many codes of each length, and what they stand for. */
const dcLengths = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const dcSizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/** All AC coefficients are nought, so one symbol is enough: end of block, the code `0`. */
const acLengths = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** Code of each DC size, as text of bits, built as the standard says: counting up, doubling at each length. */
const dcCodes = dcSizes.map((_, index) => {
  let code = 0;
  let seen = 0;
  for (const [i, count] of dcLengths.entries()) {
    if (index < seen + count) return (code + index - seen).toString(2).padStart(i + 1, '0');
    code = (code + count) * 2;
    seen += count;
  }
  throw new RangeError('more sizes than codes');
});

function segment(marker: number, data: readonly number[]): Buffer {
  const length = data.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...data]);
}

/** Difference of one block's grey from the last one's, and the end of the block. */
function blockBits(difference: number): string {
  const size = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
  const bits = difference < 0 ? difference + 2 ** size - 1 : difference;
  return `${dcCodes[size]}${size === 0 ? '' : bits.toString(2).padStart(size, '0')}0`;
}

/** A baseline greyscale JPEG of flat squares of 8 × 8 pixels; `greys` (0–255) are given row by row. */
export function jpegImage(columns: number, rows: number, greys: Uint8Array): Buffer {
  let bits = '';
  let last = 0;
  for (const grey of greys) {
    // The DC coefficient of a flat block is eight times its level; quantised by 8 it is the level.
    const level = grey - 128;
    bits += blockBits(level - last);
    last = level;
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const scan: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    const byte = Number.parseInt(bits.slice(i, i + 8), 2);
    scan.push(byte);
    if (byte === 0xff) scan.push(0);
  }
  const [width, height] = [columns * 8, rows * 8];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0', 'latin1'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    segment(0xc4, [0, ...dcLengths, ...dcSizes]),
    segment(0xc4, [0x10, ...acLengths, 0]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    Buffer.from(scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

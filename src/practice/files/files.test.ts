import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { jpegImage } from './jpeg.ts';
import { pdfLetter, pdfScan } from './pdf.ts';
import { pngImage } from './png.ts';

describe('pngImage', () => {
  it('holds the pixels, in chunks whose check sums are right', () => {
    const pixels = Buffer.from([0, 50, 100, 150, 200, 250]);
    const png = pngImage(3, 2, pixels);
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    const chunks = new Map<string, Buffer>();
    for (let at = 8; at < png.length; ) {
      const length = png.readUInt32BE(at);
      expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
      chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
      at += 12 + length;
    }
    expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect(inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))).toEqual(
      Buffer.from([0, 0, 50, 100, 0, 150, 200, 250]),
    );
  });
});

/** Reads back the blocks' greys: Huffman codes looked up bit by bit, differences added up. */
function decodeGreys(jpeg: Buffer): number[] {
  let table = new Map<string, number>();
  let at = 2;
  for (;;) {
    const marker = jpeg[at + 1];
    const length = jpeg.readUInt16BE(at + 2);
    const body = jpeg.subarray(at + 4, at + 2 + length);
    at += 2 + length;
    if (marker === 0xc4 && body[0] === 0) table = huffmanTable(body.subarray(1));
    if (marker === 0xda) break;
  }
  const scan = jpeg
    .subarray(at, jpeg.length - 2)
    .toString('latin1')
    .replaceAll('\xff\0', '\xff');
  const bits = Array.from(Buffer.from(scan, 'latin1'), (b) => b.toString(2).padStart(8, '0')).join(
    '',
  );
  const greys: number[] = [];
  let level = 0;
  for (let i = 0; ; ) {
    let code = '';
    while (!table.has(code) && i < bits.length) code += bits[i++];
    const size = table.get(code);
    if (size === undefined || i + size >= bits.length + 1) return greys;
    const raw = size === 0 ? 0 : Number.parseInt(bits.slice(i, i + size), 2);
    level += size > 0 && raw < 2 ** (size - 1) ? raw - 2 ** size + 1 : raw;
    i += size;
    if (bits[i++] !== '0') return greys;
    greys.push(level + 128);
  }
}

function huffmanTable(body: Buffer): Map<string, number> {
  const table = new Map<string, number>();
  let code = 0;
  let next = 16;
  for (let length = 1; length <= 16; length += 1) {
    for (let k = 0; k < (body[length - 1] ?? 0); k += 1) {
      table.set(code.toString(2).padStart(length, '0'), body[next++] ?? -1);
      code += 1;
    }
    code *= 2;
  }
  return table;
}

describe('jpegImage', () => {
  it('decodes to the greys it was made of', () => {
    const greys = [0, 255, 128, 128, 127, 3, 250, 66];
    const jpeg = jpegImage(4, 2, Uint8Array.from(greys));
    expect(jpeg.subarray(0, 4).toString('hex')).toBe('ffd8ffe0');
    expect(jpeg.subarray(-2).toString('hex')).toBe('ffd9');
    expect(decodeGreys(jpeg).slice(0, 8)).toEqual(greys);
  });
});

function expectWellFormed(pdf: Buffer): void {
  const text = pdf.toString('latin1');
  expect(text.startsWith('%PDF-1.4')).toBe(true);
  expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  const start = Number(/startxref\n(\d+)\n/.exec(text)?.[1]);
  const table = text.slice(start);
  expect(table.startsWith('xref\n')).toBe(true);
  const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));
  expect(offsets.length).toBe(5);
  for (const [index, offset] of offsets.entries()) {
    expect(text.slice(offset).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
  }
}

describe('pdf', () => {
  it('writes a letter whose cross-reference table is right', () => {
    const pdf = pdfLetter(['Re: Zoë (no. 1)', 'Łukasz']);
    expectWellFormed(pdf);
    expect(pdf.toString('latin1')).toContain(String.raw`(Re: Zoë \(no. 1\)) Tj`);
    expect(pdf.toString('latin1')).toContain('(?ukasz) Tj');
  });

  it('writes a scan whose picture unpacks to the pixels', () => {
    const pixels = Buffer.from([1, 2, 3, 4, 5, 6]);
    const pdf = pdfScan(3, 2, pixels);
    expectWellFormed(pdf);
    const text = pdf.toString('latin1');
    const [, length] = /FlateDecode \/Length (\d+) >>\nstream\n/.exec(text) ?? [];
    const at = text.indexOf('stream\n', text.indexOf('FlateDecode')) + 7;
    expect(inflateSync(pdf.subarray(at, at + Number(length)))).toEqual(pixels);
  });
});

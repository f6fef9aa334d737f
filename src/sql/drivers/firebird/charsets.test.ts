import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Charset, decodeText, encodeText } from './charsets.ts';

const read = (charset: Charset, ...bytes: number[]) =>
  decodeText(charset, Buffer.from(bytes), 0, bytes.length);

describe('WIN1252', () => {
  it('reads every byte as one character, and writes it back', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      const text = read('WIN1252', byte);
      expect(text).toHaveLength(1);
      expect(encodeText('WIN1252', text ?? '')).toEqual(Buffer.from([byte]));
    }
  });

  it('has typographic characters where Latin-1 has controls', () => {
    expect(read('WIN1252', 0x80, 0x92, 0xe9)).toBe('€’é');
  });

  it('says what it cannot hold', () => {
    expect(encodeText('WIN1252', 'naïve')).toEqual(Buffer.from('naïve', 'latin1'));
    expect(encodeText('WIN1252', '日')).toBeUndefined();
    expect(encodeText('WIN1252', 'a\u0080')).toBeUndefined();
  });
});

describe('UTF8', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bytes = encodeText('UTF8', text) as Buffer;
        expect(decodeText('UTF8', bytes, 0, bytes.length)).toBe(text);
      }),
    );
  });

  it('tells bytes that are no text from the replacement character', () => {
    expect(read('UTF8', 0x41, 0xe9)).toBeUndefined();
    expect(read('UTF8', 0xef, 0xbf, 0xbd)).toBe('\ufffd');
  });

  it('cannot hold half a character', () => {
    expect(encodeText('UTF8', '\ud800')).toBeUndefined();
  });
});

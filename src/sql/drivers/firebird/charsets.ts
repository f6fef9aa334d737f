/** Character set of a connection: what text is written in, both ways. */
export type Charset = 'UTF8' | 'WIN1252';

/** What Windows-1252 has at 0x80 to 0x9F, where Latin-1 has control characters. */
const WIN1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const HIGH_CONTROLS = /[\u0080-\u009f]/g;
const WIN1252_CODES = new Map(
  Array.from(WIN1252_HIGH, (character, index) => [character, 0x80 + index] as const),
);

/** Firebird's numbers of the character sets. */
export const CHARSET_NUMBERS: Readonly<Record<Charset, number>> = { UTF8: 4, WIN1252: 53 };

/** Bytes a character can take. */
export const BYTES_PER_CHARACTER: Readonly<Record<Charset, number>> = { UTF8: 4, WIN1252: 1 };

/** Reads text from a part of a buffer; undefined when the bytes are no text of the character set. */
export function decodeText(
  charset: Charset,
  buffer: Buffer,
  start: number,
  end: number,
): string | undefined {
  if (charset === 'UTF8') {
    const text = buffer.toString('utf8', start, end);
    if (!text.includes('\ufffd')) return text;
    // The replacement character may stand in the text itself. What lies beyond the end has not arrived yet.
    const isWhole = end > buffer.length || Buffer.from(text).equals(buffer.subarray(start, end));
    return isWhole ? text : undefined;
  }
  const text = buffer.toString('latin1', start, end);
  return text.replace(
    HIGH_CONTROLS,
    (control) => WIN1252_HIGH[control.charCodeAt(0) - 0x80] as string,
  );
}

/** The bytes of a text; undefined when the character set cannot hold it. */
export function encodeText(charset: Charset, text: string): Buffer | undefined {
  if (charset === 'UTF8') return /\p{Surrogate}/u.test(text) ? undefined : Buffer.from(text);
  const bytes = Buffer.allocUnsafe(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isLatin1 = code < 0x80 || (code > 0x9f && code < 0x100);
    const byte = isLatin1 ? code : WIN1252_CODES.get(text[index] as string);
    if (byte === undefined) return undefined;
    bytes[index] = byte;
  }
  return bytes;
}

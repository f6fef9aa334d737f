import iconv from 'iconv-lite';

const MULTI_BYTE = /^(?:utf-?8|CP9(?:32|36|49|50))$/i;

const tables = new Map<string, readonly string[]>();

/**
 * The characters of a single-byte code page. A byte that the page leaves undefined is the control character of the same
 * number, as it is to SQL Server.
 */
function singleByteTable(codePage: string): readonly string[] {
  const known = tables.get(codePage);
  if (known) return known;
  const table = Array.from({ length: 256 }, (_, byte) => {
    const character = iconv.decode(Buffer.of(byte), codePage);
    return character === '\ufffd' ? String.fromCharCode(byte) : character;
  });
  tables.set(codePage, table);
  return table;
}

function isAscii(buffer: Buffer, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1)
    if ((buffer[index] as number) > 0x7f) return false;
  return true;
}

/** Reads character data of a collation's code page. @throws Error when the code page is not known */
export function decodeCharacters(
  buffer: Buffer,
  start: number,
  end: number,
  codePage: string | undefined,
): string {
  if (isAscii(buffer, start, end)) return buffer.toString('latin1', start, end);
  if (codePage === undefined || !iconv.encodingExists(codePage)) {
    throw new Error('The collation of a text has a code page that is not known.');
  }
  if (MULTI_BYTE.test(codePage)) return iconv.decode(buffer.subarray(start, end), codePage);
  const table = singleByteTable(codePage);
  let text = '';
  for (let index = start; index < end; index += 1) text += table[buffer[index] as number] as string;
  return text;
}

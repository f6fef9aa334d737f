import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const blockSize = 512;

/** Texts of the files in a `.tgz`, by their path. */
export function* readTarball(path: string): Generator<{ readonly name: string; text(): string }> {
  const bytes = gunzipSync(readFileSync(path));
  const field = (offset: number, length: number) => {
    const raw = bytes.toString('utf8', offset, offset + length);
    return raw.slice(0, raw.indexOf('\0') >= 0 ? raw.indexOf('\0') : length);
  };
  for (let at = 0; at + blockSize <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(field(at + 124, 12), 8);
    const isFile = ['0', ''].includes(field(at + 156, 1));
    const prefix = field(at + 345, 155);
    const content = at + blockSize;
    if (isFile) {
      const name = prefix === '' ? field(at, 100) : `${prefix}/${field(at, 100)}`;
      yield { name, text: () => bytes.toString('utf8', content, content + size) };
    }
    at = content + Math.ceil(size / blockSize) * blockSize;
  }
}

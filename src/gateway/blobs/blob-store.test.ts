import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Blob, BlobStore } from './blob-store.ts';
import { openBlobStore } from './open-blob-store.ts';

const MAX = { maxBytes: 10_000_000 };
const HOUR = 3_600_000;

/** One row per engine: an empty store, removed afterwards. */
const ENGINES = [
  {
    name: 'folder',
    create: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'parhelion-blobs-'));
      const blobs = await openBlobStore(`file:${join(folder, 'not', 'made', 'yet')}`);
      return { blobs, remove: () => rm(folder, { recursive: true }) };
    },
  },
];

async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

async function* failingAfter(part: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(part);
  throw new Error('the upload broke off');
}

async function contentOf(blob: Blob | undefined): Promise<string | undefined> {
  if (!blob) return undefined;
  const parts: Uint8Array[] = [];
  for await (const chunk of blob.body) parts.push(Buffer.from(chunk));
  const content = Buffer.concat(parts);
  expect(blob.size).toBe(content.length);
  return content.toString('latin1');
}

test.skipIf(process.platform === 'win32')(
  'only its owner may read a page in a folder',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parhelion-blobs-'));
    const blobs = await openBlobStore(`file:${join(folder, 'pages')}`);
    await blobs.put('site/query/1', chunks('[]'), MAX);
    const open = await Promise.all(
      ['', 'site', 'site/query', 'site/query/1'].map(
        async (path) => (await stat(join(folder, 'pages', path))).mode & 0o077,
      ),
    );
    expect(open).toEqual([0, 0, 0, 0]);
    await rm(folder, { recursive: true });
  },
);

describe.each(ENGINES)('the blob store: $name', ({ create }) => {
  let blobs: BlobStore;
  let remove: () => Promise<void>;

  beforeEach(async () => {
    ({ blobs, remove } = await create());
  });

  afterEach(async () => {
    await blobs[Symbol.asyncDispose]();
    await remove();
  });

  const read = async (key: string) => contentOf(await blobs.get(key));

  test('what was put comes back, of any size', async () => {
    const large = randomBytes(3_000_000);
    expect(await blobs.put('site/query/1', chunks('a', '', 'bc'), MAX)).toEqual({
      outcome: 'stored',
      size: 3,
    });
    await blobs.put(
      'site/query/2',
      chunks(large.subarray(0, 1_000_001), large.subarray(1_000_001)),
      MAX,
    );
    await blobs.put('empty', chunks(), MAX);
    expect(await read('site/query/1')).toBe('abc');
    expect((await read('site/query/2')) === large.toString('latin1')).toBe(true);
    expect(await read('empty')).toBe('');
  });

  test('what was not put is not there', async () => {
    await blobs.put('site/query/1', chunks('a'), MAX);
    for (const key of ['site/query/2', 'site', 'site/query', 'site/query/1/1', 'other']) {
      expect(await blobs.get(key)).toBeUndefined();
      expect(await blobs.delete(key)).toBe(false);
    }
  });

  test('a blob that is too large is not stored, and the one before stays', async () => {
    await blobs.put('page', chunks('before'), MAX);
    expect(await blobs.put('page', chunks('12345', '6'), { maxBytes: 5 })).toEqual({
      outcome: 'tooLarge',
    });
    expect(await read('page')).toBe('before');
    expect(await blobs.put('page', chunks('12345'), { maxBytes: 5 })).toMatchObject({
      outcome: 'stored',
    });
    expect(await read('page')).toBe('12345');
  });

  test('an upload that breaks off stores nothing and rejects with its own error', async () => {
    await expect(blobs.put('page', failingAfter('half'), MAX)).rejects.toThrow('broke off');
    expect(await blobs.get('page')).toBeUndefined();
  });

  test('the body of a blob that is too large is not read to its end', async () => {
    let isReturned = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(1000);
      } finally {
        isReturned = true;
      }
    }
    await blobs.put('page', endless(), { maxBytes: 5000 });
    expect(isReturned).toBe(true);
  });

  test('a blob put again is replaced as a whole; who is reading gets the one he opened', async () => {
    await blobs.put('page', chunks('old'), MAX);
    const opened = await blobs.get('page');
    await blobs.put('page', chunks('newer'), MAX);
    expect(await contentOf(opened)).toBe('old');
    expect(await read('page')).toBe('newer');
  });

  test('a blob that nobody reads is given up by destroying it', async () => {
    await blobs.put('page', chunks('abc'), MAX);
    const body = (await blobs.get('page'))?.body.destroy();
    if (body && !body.closed) await new Promise((resolve) => body.once('close', resolve));
    expect(body?.closed).toBe(true);
    expect(await read('page')).toBe('abc');
  });

  test('parallel puts of one key leave one of them whole', async () => {
    const contents = Array.from({ length: 10 }, (_, n) => String(n).repeat(100_000));
    await Promise.all(contents.map((content) => blobs.put('page', chunks(content), MAX)));
    expect(contents).toContain(await read('page'));
  });

  test('a deleted blob is gone', async () => {
    await blobs.put('site/page', chunks('a'), MAX);
    expect(await blobs.delete('site/page')).toBe(true);
    expect(await blobs.delete('site/page')).toBe(false);
    expect(await blobs.get('site/page')).toBeUndefined();
  });

  test('puts and deletes beside each other do not disturb each other', async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        await blobs.put(`site/query/${n}`, chunks('x'), MAX);
        await blobs.delete(`site/query/${n}`);
        await blobs.deleteOlderThan(Date.now() - HOUR);
        await blobs.put(`site/query/${n}`, chunks(`${n}`), MAX);
      }),
    );
    for (let n = 0; n < 30; n += 1) expect(await read(`site/query/${n}`)).toBe(`${n}`);
  });

  test('old blobs are deleted, younger ones stay', async () => {
    await blobs.put('a/1', chunks('1'), MAX);
    await blobs.put('b/2', chunks('2'), MAX);
    expect(await blobs.deleteOlderThan(Date.now() - HOUR)).toBe(0);
    expect(await read('a/1')).toBe('1');
    expect(await blobs.deleteOlderThan(Date.now() + HOUR)).toBe(2);
    expect([await blobs.get('a/1'), await blobs.get('b/2')]).toEqual([undefined, undefined]);
    await blobs.put('a/1', chunks('again'), MAX);
    expect(await read('a/1')).toBe('again');
  });

  test.each([
    '',
    '/',
    '..',
    '../x',
    'a/../../x',
    'a//b',
    '/etc/passwd',
    'a/.',
    '.incoming/x',
    'a\\b',
    'a\0',
    'ä',
  ])('the key %j is refused', async (key) => {
    const refused = { code: 'invalidRequest' };
    await expect(blobs.put(key, chunks('x'), MAX)).rejects.toMatchObject(refused);
    await expect(blobs.get(key)).rejects.toMatchObject(refused);
    await expect(blobs.delete(key)).rejects.toMatchObject(refused);
  });
});

describe('the folder of blobs', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parhelion-blobs-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  test('is the one the address names, in both spellings', async () => {
    const first = await openBlobStore(`file:${folder}`);
    await first.put('page', chunks('a'), MAX);
    const second = await openBlobStore(pathToFileURL(folder).href);
    expect(await contentOf(await second.get('page'))).toBe('a');
  });

  test('is empty again after everything was deleted or failed, and tidied up', async () => {
    const blobs = await openBlobStore(`file:${folder}`);
    await blobs.put('site/query/1', chunks('a'), MAX);
    await blobs.delete('site/query/1');
    await blobs.put('site/query/1', chunks('too large'), { maxBytes: 1 });
    await blobs.put('site/query/1', failingAfter('half'), MAX).catch(() => {});
    expect(await blobs.deleteOlderThan(Date.now() + HOUR)).toBe(0);
    expect(await readdir(folder, { recursive: true })).toEqual(['.incoming']);
  });

  test('may be tidied up while blobs are put into its old and empty folders', async () => {
    const blobs = await openBlobStore(`file:${folder}`);
    const names = Array.from({ length: 50 }, (_, n) => String(n));
    for (const name of names) {
      await mkdir(join(folder, 'site', name), { recursive: true });
      await utimes(join(folder, 'site', name), new Date(0), new Date(0));
    }
    const tidyUp = () => blobs.deleteOlderThan(Date.now() - HOUR);
    await Promise.all([
      tidyUp(),
      ...names.map((name) => blobs.put(`site/${name}/1`, chunks(name), MAX)),
      tidyUp(),
    ]);
    for (const name of names) {
      expect(await contentOf(await blobs.get(`site/${name}/1`))).toBe(name);
    }
  });

  test('is freed of what a crash left half written', async () => {
    const blobs = await openBlobStore(`file:${folder}`);
    const leftover = join(folder, '.incoming', 'leftover');
    await writeFile(leftover, 'half');
    await utimes(leftover, new Date(0), new Date(0));
    expect(await blobs.deleteOlderThan(Date.now() - HOUR)).toBe(0);
    expect(await readdir(folder, { recursive: true })).toEqual(['.incoming']);
  });

  test('cannot be a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openBlobStore(`file:${join(folder, 'file')}`)).rejects.toMatchObject({
      code: 'configInvalid',
      message: expect.stringContaining('cannot be made'),
    });
  });
});

test.each([
  ['s3://bucket?endpoint=http://k:s3cret@host', 'An S3 blob store is not supported yet'],
  ['ftp://host', 'not understood'],
  ['', 'not understood'],
  ['file:', 'not understood'],
])('the address "%s" is refused with a sentence', async (url, sentence) => {
  const error: unknown = await openBlobStore(url).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'configInvalid',
    message: expect.stringContaining(sentence),
  });
  expect(String(error)).not.toContain('s3cret');
});

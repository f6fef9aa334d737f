import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { newId } from '../../lib/ids.ts';
import { checkBlobKey } from './blob-key.ts';
import type { Blob, BlobStore, PutOutcome } from './blob-store.ts';

/** Inside the root, so that renaming never crosses file systems; no key can name it. */
const INCOMING = '.incoming';

/** A folder may vanish between being made and being used: a delete tidies up empty ones. */
const RENAME_ATTEMPTS = 10;

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function ignoring<T>(codes: string[], task: Promise<T>): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    if (hasCode(error, ...codes)) return undefined;
    throw error;
  }
}

class FolderBlobStore implements BlobStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async put(
    key: string,
    body: AsyncIterable<Uint8Array>,
    { maxBytes }: { readonly maxBytes: number },
  ): Promise<PutOutcome> {
    const path = this.#path(key);
    const incoming = join(this.#root, INCOMING, newId());
    try {
      const size = await writeAll(incoming, body, maxBytes);
      if (size === undefined) return { outcome: 'tooLarge' };
      await this.#moveInto(path, incoming);
      return { outcome: 'stored', size };
    } finally {
      await rm(incoming, { force: true });
    }
  }

  async get(key: string): Promise<Blob | undefined> {
    const file = await ignoring(['ENOENT', 'ENOTDIR', 'EISDIR'], open(this.#path(key), 'r'));
    if (!file) return undefined;
    const facts = await file.stat();
    if (!facts.isFile()) {
      await file.close();
      return undefined;
    }
    // Opened already: a blob that is deleted or replaced meanwhile is still read to its end.
    return { size: facts.size, body: file.createReadStream({ highWaterMark: 256 * 1024 }) };
  }

  async delete(key: string): Promise<boolean> {
    return await this.#remove(this.#path(key));
  }

  async deleteOlderThan(time: number): Promise<number> {
    let deleted = 0;
    for await (const path of this.#files()) {
      const facts = await ignoring(['ENOENT'], stat(path));
      if (!facts || facts.mtimeMs >= time) continue;
      const isRemoved = await this.#remove(path);
      // What a crash left half written is no blob.
      if (isRemoved && dirname(path) !== join(this.#root, INCOMING)) deleted += 1;
    }
    return deleted;
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #path(key: string): string {
    return join(this.#root, ...checkBlobKey(key).split('/'));
  }

  async #moveInto(path: string, incoming: string): Promise<void> {
    const folder = dirname(path);
    for (let attempt = 1; ; attempt += 1) {
      await mkdir(folder, { recursive: true });
      try {
        await rename(incoming, path);
        await syncFolder(folder);
        return;
      } catch (error) {
        if (attempt === RENAME_ATTEMPTS || !hasCode(error, 'ENOENT')) throw error;
      }
    }
  }

  async #remove(path: string): Promise<boolean> {
    const isRemoved = await ignoring(
      ['ENOENT', 'ENOTDIR'],
      rm(path).then(() => true),
    );
    if (!isRemoved) return false;
    for (let folder = dirname(path); folder !== this.#root; folder = dirname(folder)) {
      if (folder === join(this.#root, INCOMING)) break;
      const isEmpty = await ignoring(
        ['ENOTEMPTY', 'EEXIST', 'ENOENT'],
        rmdir(folder).then(() => true),
      );
      if (!isEmpty) break;
    }
    return true;
  }

  async *#files(folder = this.#root): AsyncGenerator<string> {
    const entries = await ignoring(['ENOENT'], readdir(folder, { withFileTypes: true }));
    for (const entry of entries ?? []) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) yield* this.#files(path);
      else yield path;
    }
  }
}

/** Undefined when there are more bytes than allowed. */
async function writeAll(
  path: string,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<number | undefined> {
  await using file = await open(path, 'wx');
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    await writeChunk(file, chunk);
  }
  await file.datasync();
  return size;
}

/** A write may take a part of the bytes only. */
async function writeChunk(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let offset = 0; offset < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, offset);
    offset += bytesWritten;
  }
}

/** Makes the new name durable, where folders can be opened (not on Windows). */
async function syncFolder(path: string): Promise<void> {
  const folder = await ignoring(['EISDIR', 'EPERM', 'EACCES', 'ENOENT'], open(path, 'r'));
  if (!folder) return;
  try {
    await ignoring(['EPERM', 'EINVAL'], folder.sync());
  } finally {
    await folder.close();
  }
}

export async function openFolderBlobStore(root: string): Promise<BlobStore> {
  try {
    await mkdir(join(root, INCOMING), { recursive: true });
  } catch (error) {
    throw new ParhelionError(
      'configInvalid',
      `The folder for result pages, ${root}, cannot be made.`,
      { cause: error },
    );
  }
  return new FolderBlobStore(root);
}

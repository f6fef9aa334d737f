import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { newId } from '../../lib/ids.ts';
import { checkBlobKey } from './blob-key.ts';
import type { Blob, BlobStore, PutOutcome } from './blob-store.ts';

/** Inside the root, so that renaming never crosses file systems; no key can name it. */
const INCOMING = '.incoming';

/** A folder may vanish between being made and being used, when old ones are tidied up just then. */
const MOVE_ATTEMPTS = 10;

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

/** False when the task failed with one of the codes. */
async function isDone(task: Promise<void>, ...codes: string[]): Promise<boolean> {
  const done = await ignoring(
    codes,
    task.then(() => true),
  );
  return done === true;
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

  /** Leaves the folder: {@link deleteOlderThan} tidies up where nobody has been for a while. */
  async delete(key: string): Promise<boolean> {
    return await isDone(rm(this.#path(key)), 'ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_FS_EISDIR');
  }

  async deleteFolder(key: string): Promise<void> {
    await rm(this.#path(key), { recursive: true, force: true });
  }

  async deleteOlderThan(time: number): Promise<number> {
    await sweep(join(this.#root, INCOMING), time);
    let deleted = 0;
    for (const entry of await readdir(this.#root)) {
      if (entry === INCOMING) continue;
      const path = join(this.#root, entry);
      deleted += await sweep(path, time);
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
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await rename(incoming, path);
        await syncFolder(folder);
        return;
      } catch (error) {
        if (attempt === MOVE_ATTEMPTS || !hasCode(error, 'ENOENT')) throw error;
      }
    }
  }
}

/** Removes what is older: files, and folders that are empty then. Resolves to the number of files. */
async function sweep(path: string, time: number): Promise<number> {
  const facts = await ignoring(['ENOENT'], stat(path));
  if (!facts) return 0;
  const isOld = facts.mtimeMs < time;
  if (!facts.isDirectory()) return isOld && (await isDone(rm(path), 'ENOENT')) ? 1 : 0;
  let deleted = 0;
  const entries = (await ignoring(['ENOENT'], readdir(path))) ?? [];
  for (const entry of entries) deleted += await sweep(join(path, entry), time);
  if (isOld && basename(path) !== INCOMING)
    await isDone(rmdir(path), 'ENOTEMPTY', 'EEXIST', 'ENOENT');
  return deleted;
}

/** Undefined when there are more bytes than allowed. */
async function writeAll(
  path: string,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<number | undefined> {
  await using file = await open(path, 'wx', 0o600);
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
    await mkdir(join(root, INCOMING), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ParhelionError(
      'configInvalid',
      `The folder for result pages, ${root}, cannot be made.`,
      { cause: error },
    );
  }
  return new FolderBlobStore(root);
}

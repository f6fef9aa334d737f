import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import type { NewFile } from '../cli/io.ts';

/** The file that a path leads to in the end: renaming onto a symbolic link would replace the link. */
async function resolveTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return path;
    throw error;
  }
}

/** Whether the path is a device or a pipe, which has no other name to be renamed from. */
async function isSpecial(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && !facts.isFile() && !facts.isDirectory();
}

class SpecialFile implements NewFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(text: string): Promise<void> {
    await this.#handle.writeFile(text);
  }

  async commit(): Promise<void> {
    // What was written has arrived.
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

class PartialFile implements NewFile {
  readonly #target: string;
  readonly #partial: string;
  readonly #handle: FileHandle;
  #isOpen = true;

  constructor(target: string, partial: string, handle: FileHandle) {
    this.#target = target;
    this.#partial = partial;
    this.#handle = handle;
  }

  async write(text: string): Promise<void> {
    await this.#handle.writeFile(text);
  }

  async commit(): Promise<void> {
    await this.#handle.sync();
    await this.#close();
    await rename(this.#partial, this.#target);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    await rm(this.#partial, { force: true });
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
  }
}

/** Begins a file beside its place, under a name of its own that ends in `.partial`. */
export async function createFile(path: string): Promise<NewFile> {
  if (await isSpecial(path)) return new SpecialFile(await open(path, constants.O_WRONLY));
  const target = await resolveTarget(path);
  const facts = await stat(target).catch(() => undefined);
  if (facts?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  const partial = `${target}.${randomBytes(4).toString('hex')}.partial`;
  return new PartialFile(target, partial, await open(partial, 'wx'));
}

import { fstatSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { auditFileName, headPath } from './audit-files.ts';
import { openHeadFile, readHead, type Signer, writeHead } from './audit-head.ts';
import { type ChainEnd, sealLine } from './audit-line.ts';
import type { AuditRecord } from './audit-record.ts';
import { openChain } from './open-chain.ts';

export interface ChainFileOptions {
  readonly folder: string;
  /** A file that has grown to this size is followed by another; so is one of an earlier month. */
  readonly maxFileBytes: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly signer: () => Signer;
  readonly onHeadFailed: (error: unknown) => void;
}

interface CurrentFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** The files of a trail, open for writing. One call at a time. */
export class ChainFile {
  readonly #options: ChainFileOptions;
  #end: ChainEnd;
  #file: CurrentFile | undefined;
  #size: number;
  readonly #head: FileHandle;

  private constructor(
    options: ChainFileOptions,
    opened: { end: ChainEnd; size: number; file: CurrentFile | undefined; head: FileHandle },
  ) {
    this.#options = options;
    this.#end = opened.end;
    this.#size = opened.size;
    this.#file = opened.file;
    this.#head = opened.head;
  }

  /** Goes on where the files end, and writes first what was found of them. */
  static async open(options: ChainFileOptions): Promise<ChainFile> {
    const path = headPath(options.folder);
    const known = await readHead(path);
    const { findings, path: last, ...rest } = await openChain(options.folder, known);
    const head = await openHeadFile(path);
    const file =
      last === undefined ? undefined : { path: last, handle: await open(last, 'a', 0o600) };
    const chain = new ChainFile(options, { ...rest, file, head });
    try {
      if (findings.length > 0) {
        await chain.write(findings);
        await chain.writeHead();
      }
    } catch (error) {
      await chain.close();
      throw error;
    }
    return chain;
  }

  /** @returns the numbers of the entries once they are durable. @throws when they are not; the files are as before */
  async write(records: readonly AuditRecord[]): Promise<number[]> {
    const at = new Date(this.#options.clock()).toISOString();
    const { handle } = await this.#fileFor(at);
    const sequences: number[] = [];
    let text = '';
    let end = this.#end;
    for (const record of records) {
      const sealed = sealLine(record, at, end);
      text += sealed.line;
      end = sealed.end;
      sequences.push(end.sequence);
    }
    const bytes = Buffer.from(text);
    try {
      writeAll(handle, bytes);
      await handle.datasync();
    } catch (error) {
      // A part of it may be there: the next attempt begins where this one did, or not at all.
      await handle.truncate(this.#size);
      throw error;
    }
    this.#size += bytes.length;
    this.#end = end;
    return sequences;
  }

  /** Signs where the files end. A head that stays behind them covers less, and no more than that. */
  async writeHead(): Promise<void> {
    const { signer, onHeadFailed } = this.#options;
    await writeHead(this.#head, this.#end, signer()).catch(onHeadFailed);
  }

  async close(): Promise<void> {
    await this.#file?.handle.close();
    await this.#head.close();
  }

  async #fileFor(at: string): Promise<CurrentFile> {
    const file = this.#file;
    if (file && !this.#isOver(file, at)) return file;
    const { folder } = this.#options;
    const path = join(folder, auditFileName(this.#end.sequence + 1, at));
    const next = { path, handle: await open(path, 'a', 0o600) };
    await file?.handle.close();
    this.#file = next;
    this.#size = (await next.handle.stat()).size;
    await syncFolder(dirname(path));
    return next;
  }

  #isOver({ path, handle }: CurrentFile, at: string): boolean {
    if (this.#size >= this.#options.maxFileBytes) return true;
    if (!path.endsWith(`-${at.slice(0, 7)}.jsonl`)) return true;
    // What is written to a file that somebody has deleted would be gone with it.
    return fstatSync(handle.fd).nlink === 0;
  }
}

/** To the system's memory, which is faster done than handed to a thread. */
function writeAll({ fd }: FileHandle, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders, and needs none synced.
  const folder = await open(path, 'r').catch(() => undefined);
  try {
    await folder?.sync();
  } catch {
    // As above.
  } finally {
    await folder?.close();
  }
}

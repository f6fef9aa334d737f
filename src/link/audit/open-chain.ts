import { type FileHandle, mkdir, open, truncate } from 'node:fs/promises';
import { listAuditFiles } from './audit-files.ts';
import type { Head } from './audit-head.ts';
import { type ChainEnd, NO_HASH, readLine } from './audit-line.ts';
import type { AuditEntry, AuditRecord } from './audit-record.ts';

/** Longer than any line. */
const TAIL_BYTES = 2 * 1024 * 1024;

/** Where a trail goes on, and what its files have to tell first. */
export interface OpenedChain {
  /** The file that the last entry is in; undefined when there is none. */
  readonly path: string | undefined;
  readonly size: number;
  readonly end: ChainEnd;
  readonly findings: readonly AuditRecord[];
}

/**
 * Finds the end of a trail. A line that is not whole is taken away: it was never confirmed. When the files end
 * before the head does, the chain goes on behind the head, so that the gap stays to be seen.
 */
export async function openChain(
  folder: string,
  head: Head | 'unreadable' | undefined,
): Promise<OpenedChain> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = (await listAuditFiles(folder)).at(-1);
  const tail = path === undefined ? EMPTY : await readTail(path);
  const findings: AuditRecord[] = [];
  if (tail.tornBytes > 0) findings.push({ kind: 'tornLineRemoved', bytes: tail.tornBytes });
  const known: ChainEnd =
    head === undefined || head === 'unreadable' ? { sequence: 0, hash: NO_HASH } : head;
  const last = tail.entries.at(-1);
  const found: ChainEnd = last ?? { sequence: 0, hash: NO_HASH };
  const isAsLeft =
    head !== 'unreadable' &&
    (head === undefined) === (path === undefined) &&
    leadsTo(tail.entries, known);
  if (!isAsLeft) {
    findings.push({
      kind: 'foundChanged',
      expectedSequence: known.sequence,
      foundSequence: found.sequence,
    });
  }
  const end = found.sequence >= known.sequence ? toEnd(found) : toEnd(known);
  return { path, size: tail.size, end, findings };
}

const toEnd = ({ sequence, hash }: ChainEnd): ChainEnd => ({ sequence, hash });

/** Whether the entries end with a known one, or go on from it: a crash leaves the head behind them. */
function leadsTo(entries: readonly AuditEntry[], known: ChainEnd): boolean {
  const next = entries.find(({ sequence }) => sequence === known.sequence + 1);
  const hash = next ? next.previousHash : (entries.at(-1)?.hash ?? NO_HASH);
  return hash === known.hash;
}

interface Tail {
  readonly size: number;
  /** The last entries; none when the last line is no entry. */
  readonly entries: readonly AuditEntry[];
  readonly tornBytes: number;
}

const EMPTY: Tail = { size: 0, entries: [], tornBytes: 0 };

async function readTail(path: string): Promise<Tail> {
  const file = await open(path, 'r');
  let bytes: Buffer;
  let fileBytes: number;
  try {
    fileBytes = (await file.stat()).size;
    bytes = await readEnd(file, fileBytes);
  } finally {
    await file.close();
  }
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const tornBytes = bytes.length - wholeBytes;
  const size = fileBytes - tornBytes;
  if (tornBytes > 0) await truncate(path, size);
  const lines = bytes
    .subarray(0, Math.max(0, wholeBytes - 1))
    .toString()
    .split('\n');
  const entries: AuditEntry[] = [];
  for (const line of lines.toReversed()) {
    const entry = readLine(line);
    if (!entry) break;
    entries.push(entry);
  }
  return { size, entries: entries.toReversed(), tornBytes };
}

async function readEnd(file: FileHandle, fileBytes: number): Promise<Buffer> {
  const start = Math.max(0, fileBytes - TAIL_BYTES);
  const buffer = Buffer.alloc(fileBytes - start);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}

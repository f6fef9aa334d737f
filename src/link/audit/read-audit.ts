import { createReadStream } from 'node:fs';
import { listAuditFiles } from './audit-files.ts';
import { readLine } from './audit-line.ts';
import type { AuditEntry } from './audit-record.ts';

/** A line of a trail as its file has it. */
export interface AuditLine {
  readonly file: string;
  /** From 1. */
  readonly lineNumber: number;
  /** Undefined when it is no entry, or not as it was written. */
  readonly entry: AuditEntry | undefined;
}

/** The lines of all files, oldest first. One that is being written at the moment is left out. */
export async function* readAuditLines(folder: string): AsyncGenerator<AuditLine, void, void> {
  for (const file of await listAuditFiles(folder)) {
    let lineNumber = 0;
    for await (const line of wholeLines(file)) {
      lineNumber += 1;
      yield { file, lineNumber, entry: readLine(line) };
    }
  }
}

/** Only a line feed ends a line: what JSON leaves unescaped may count as an end elsewhere. */
async function* wholeLines(file: string): AsyncGenerator<string, void, void> {
  let held: Buffer[] = [];
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      yield Buffer.concat([...held, chunk.subarray(start, end)]).toString();
      held = [];
      start = end + 1;
    }
    if (start < chunk.length) held.push(chunk.subarray(start));
  }
}

import type { KeyObject } from 'node:crypto';
import { basename } from 'node:path';
import { headPath } from './audit-files.ts';
import { type Head, isSignedBy, readHead } from './audit-head.ts';
import { type ChainEnd, NO_HASH } from './audit-line.ts';
import type { AuditEntry } from './audit-record.ts';
import { type AuditLine, readAuditLines } from './read-audit.ts';

export interface VerifyOptions {
  readonly folder: string;
  readonly siteId: string;
  readonly publicKey: KeyObject;
}

/** What became of a look at every entry. */
export interface AuditFindings {
  readonly entries: number;
  /** The last entry that fits. */
  readonly end: ChainEnd;
  /** Sentences about the first thing of each kind that does not fit; none when all do. */
  readonly problems: readonly string[];
}

/** Reads a trail from its first entry to its last, and compares its end with the signed one. */
export async function verifyAudit(options: VerifyOptions): Promise<AuditFindings> {
  // Before the lines: a link at work writes the lines first.
  const head = await readHead(headPath(options.folder));
  const problems: string[] = [];
  let end: ChainEnd = { sequence: 0, hash: NO_HASH };
  let entries = 0;
  let hashAtHead: string | undefined;
  for await (const line of readAuditLines(options.folder)) {
    const problem = lineProblem(line, end);
    if (problem !== undefined) problems.push(problem);
    if (!line.entry || (problem !== undefined && line.entry.kind !== 'foundChanged')) break;
    const { sequence, hash } = line.entry;
    end = { sequence, hash };
    entries += 1;
    if (isHead(head) && head.sequence === sequence) hashAtHead = hash;
  }
  if (problems.length === 0) problems.push(...headProblems(head, end, hashAtHead, options));
  return { entries, end, problems };
}

const isHead = (head: Head | 'unreadable' | undefined): head is Head => typeof head === 'object';

function lineProblem({ file, lineNumber, entry }: AuditLine, end: ChainEnd): string | undefined {
  const place = `${basename(file)}, line ${lineNumber}`;
  if (!entry) return `${place}: not as it was written.`;
  const { sequence } = entry;
  if (entry.kind === 'foundChanged') return changeSentence(place, entry);
  if (sequence !== end.sequence + 1) {
    const missing =
      sequence > end.sequence + 1
        ? `entries ${end.sequence + 1} to ${sequence - 1} are missing before it`
        : `entry ${sequence} comes after entry ${end.sequence}`;
    return `${place}: ${missing}.`;
  }
  if (entry.previousHash !== end.hash) {
    return `${place}: entry ${sequence} does not follow the one before it.`;
  }
  return undefined;
}

function changeSentence(
  place: string,
  { at, expectedSequence, foundSequence }: Extract<AuditEntry, { kind: 'foundChanged' }>,
): string {
  const found =
    foundSequence < expectedSequence
      ? `entries ${foundSequence + 1} to ${expectedSequence} missing`
      : 'the end of the trail not as it had left it';
  return `${place}: at ${at} the link found ${found}.`;
}

function headProblems(
  head: Head | 'unreadable' | undefined,
  end: ChainEnd,
  hashAtHead: string | undefined,
  { siteId, publicKey }: VerifyOptions,
): string[] {
  if (head === undefined) {
    return end.sequence === 0 ? [] : ['head.json is missing: nobody knows whether the end is cut.'];
  }
  if (head === 'unreadable') return ['head.json cannot be read.'];
  if (head.sequence > end.sequence) {
    return [`entries ${end.sequence + 1} to ${head.sequence} are missing at the end.`];
  }
  if (hashAtHead !== head.hash)
    return [`entry ${head.sequence} is not the one that head.json names.`];
  if (!isSignedBy(head, siteId, publicKey)) {
    return ["head.json does not have this site's signature. Was the link enrolled anew since?"];
  }
  return [];
}

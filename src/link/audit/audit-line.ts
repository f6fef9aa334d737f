import { createHash } from 'node:crypto';
import type { AuditEntry, AuditRecord } from './audit-record.ts';

/** What stands for the hash before the first entry. */
export const NO_HASH = '0'.repeat(64);

const LINE = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/s;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Where the chain stands. */
export interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Makes the line of a record. Its hash is the SHA-256 of the line itself without its last member, and so covers the
 * hash of the line before.
 */
export function sealLine(
  record: AuditRecord,
  at: string,
  { sequence, hash: previousHash }: ChainEnd,
): { readonly line: string; readonly end: ChainEnd } {
  const { kind, ...facts } = record;
  const body = JSON.stringify({ sequence: sequence + 1, at, kind, ...facts, previousHash });
  const hash = sha256(body);
  const line = `${body.slice(0, -1)},"hash":"${hash}"}\n`;
  return { line, end: { sequence: sequence + 1, hash } };
}

/** Reads a line without its line feed; undefined when it is none, or its hash does not fit it. */
export function readLine(line: string): AuditEntry | undefined {
  const [, body, hash] = LINE.exec(line) ?? [];
  if (body === undefined || sha256(`${body}}`) !== hash) return undefined;
  try {
    // The hash says that the link has written it, so that it has the shape of an entry.
    return JSON.parse(line) as AuditEntry;
  } catch {
    return undefined;
  }
}

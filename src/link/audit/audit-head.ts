import { type KeyObject, sign, verify } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { signingText } from '../../protocol/challenge.ts';
import type { ChainEnd } from './audit-line.ts';

/** Written over in place: one write of a size that never changes. */
const FILE_BYTES = 512;

const Head = Type.Object({
  sequence: Type.Integer({ minimum: 1 }),
  hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  signature: Type.String(),
});
/** Where the trail ends, kept apart from it: what is cut off its end shows. */
export type Head = Static<typeof Head>;

const headSchema = Compile(Head);

/** Who the link is, for the signature of the head. */
export interface Signer {
  readonly siteId: string;
  readonly privateKey: KeyObject;
}

const textOf = (siteId: string, { sequence, hash }: ChainEnd) =>
  signingText('audit-head', siteId, [String(sequence), hash]);

export async function openHeadFile(path: string): Promise<FileHandle> {
  // 'r+' does not create, 'w+' would empty.
  return open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return open(path, 'wx+', 0o600);
  });
}

export async function writeHead(
  file: FileHandle,
  end: ChainEnd,
  { siteId, privateKey }: Signer,
): Promise<void> {
  const signature = sign(null, textOf(siteId, end), privateKey).toString('base64url');
  const text = JSON.stringify({ ...end, signature });
  await file.write(`${text.padEnd(FILE_BYTES - 1)}\n`, 0);
}

/** @returns undefined when there is none; `unreadable` when there is something else in its place */
export async function readHead(path: string): Promise<Head | 'unreadable' | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return headSchema.Check(parsed) ? parsed : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

export function isSignedBy(head: Head, siteId: string, publicKey: KeyObject): boolean {
  const signature = Buffer.from(head.signature, 'base64url');
  return verify(null, textOf(siteId, head), publicKey, signature);
}

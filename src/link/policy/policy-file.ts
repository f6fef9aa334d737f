import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { writePrivateFile } from '../config/write-private-file.ts';
import { ALLOW_ALL, type Policy, policyProblem } from './policy.ts';

export const policyPath = (dataDir: string) => join(dataDir, 'policy.json');

/** A policy as its file has it. */
export interface ReadPolicy {
  readonly policy: Policy;
  /** Lower-case hex SHA-256 of the file; undefined when there is none. */
  readonly fileHash: string | undefined;
}

/** Reads a policy; a missing file allows everything. @throws ParhelionError `configInvalid` that names file and field */
export function readPolicy(path: string): ReadPolicy {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { policy: ALLOW_ALL, fileHash: undefined };
    throw invalid(path, `cannot be read (${code})`, error);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw invalid(path, 'is not JSON', error);
  }
  const fileHash = createHash('sha256').update(text).digest('hex');
  return { policy: checked(path, parsed), fileHash };
}

/** Writes a policy whole, readable by its owner only. @throws ParhelionError `configInvalid` */
export async function writePolicy(path: string, policy: Policy): Promise<void> {
  await writePrivateFile(path, `${JSON.stringify(checked(path, policy), undefined, 2)}\n`);
}

function checked(path: string, value: unknown): Policy {
  const problem = policyProblem(value);
  if (problem !== undefined) throw invalid(path, problem);
  return value as Policy;
}

function invalid(path: string, why: string, cause?: unknown): ParhelionError {
  return new ParhelionError('configInvalid', `${path}: ${why}.`, { cause });
}
